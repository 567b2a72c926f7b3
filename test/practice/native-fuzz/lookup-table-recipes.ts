import { type Address, addressToBytes } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import { LOOKUP_TABLE_PROGRAM, SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountMeta, Instruction } from '#practice/runtime/native/native-executor.ts';
import { CAST, FUZZ_SLOT } from './fuzz-world.ts';
import { meta, pack, type Part, type Recipe, type World } from './instruction-parts.ts';

const table = (tag: number, accounts: AccountMeta[], ...parts: readonly Part[]): Instruction => ({
  programId: LOOKUP_TABLE_PROGRAM,
  accounts,
  data: pack({ u32: tag }, ...parts),
});

/** A slot a table may be made for, most of the time. */
const slotIn = ({ random }: World): bigint => FUZZ_SLOT - random.pick([0n, 1n, 2n, 511n, 512n, -1n]);

const derived = new Map<string, { readonly address: Address; readonly bump: number }>();

/** The table of an authority and a slot, found once. */
function tableOf(authority: Address, slot: bigint): { readonly address: Address; readonly bump: number } {
  const key = `${authority} ${slot}`;
  const known = derived.get(key);
  if (known !== undefined) return known;
  const found = findProgramAddress([addressToBytes(authority), pack(slot)], LOOKUP_TABLE_PROGRAM);
  derived.set(key, found);
  return found;
}

/** A table of the world, or one made in it, with the authority it has. */
function existingTable({ random, accounts }: World): { address: Address; authority: Address } {
  const made = [...accounts].flatMap(([address, { owner }]) => (owner === LOOKUP_TABLE_PROGRAM ? [address] : []));
  const address = random.pick([...made, random.pick(CAST.tables)]);
  const bytes = accounts.get(address)?.data.slice(22, 54);
  const own = CAST.wallets.find((wallet) => Buffer.compare(addressToBytes(wallet), bytes ?? pack()) === 0);
  return { address, authority: own ?? random.pick(CAST.wallets) };
}

/** One per instruction of the lookup table program, and one that makes and fills a table as clients do. */
export const LOOKUP_TABLE_RECIPES: readonly Recipe[] = [
  (world) => {
    const { random } = world;
    const [authority, slot] = [random.pick(CAST.wallets), slotIn(world)];
    const { address, bump } = tableOf(authority, slot);
    const accounts = [meta(address, 'w'), meta(authority, random.chance(0.5) ? 's' : '')];
    const payer = meta(random.pick(CAST.wallets), 'sw');
    return table(0, [...accounts, payer, meta(SYSTEM_PROGRAM)], slot, random.chance(0.9) ? bump : random.byte());
  },
  (world) => {
    const { address, authority } = existingTable(world);
    return table(1, [meta(address, 'w'), meta(authority, 's')]);
  },
  ...[1, 2].map((): Recipe => (world) => {
    const { random } = world;
    const { address, authority } = existingTable(world);
    const added = Array.from({ length: random.pick([0, 1, 2, 5]) }, () => random.pick(CAST.wallets));
    const payer = random.chance(0.85) ? [meta(random.pick(CAST.wallets), 'sw'), meta(SYSTEM_PROGRAM)] : [];
    const count = random.chance(0.95) ? BigInt(added.length) : random.pick([1n << 40n, (1n << 64n) - 1n, 7n]);
    return table(2, [meta(address, 'w'), meta(authority, 's'), ...payer], count, ...added);
  }),
  (world) => {
    const { address, authority } = existingTable(world);
    return table(3, [meta(address, 'w'), meta(authority, 's')]);
  },
  (world) => {
    const { address, authority } = existingTable(world);
    const recipient = world.random.pick([...CAST.wallets, ...CAST.empty, address]);
    return table(4, [meta(address, 'w'), meta(authority, 's'), meta(recipient, 'w')]);
  },
];
