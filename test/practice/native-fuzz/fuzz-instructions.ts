import { RENT_SYSVAR, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountMeta, Instruction } from '#practice/runtime/native/native-executor.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { ASSOCIATED_RECIPES } from './associated-recipes.ts';
import { ANYBODY, CAST, NATIVE_MINT } from './fuzz-world.ts';
import { LOOKUP_TABLE_RECIPES } from './lookup-table-recipes.ts';
import { meta, system, token, type World } from './instruction-parts.ts';
import type { RandomSource } from './random-source.ts';
import { SYSTEM_RECIPES } from './system-recipes.ts';
import { TOKEN_RECIPES } from './token-recipes.ts';

const RECIPES = [...SYSTEM_RECIPES, ...TOKEN_RECIPES, ...ASSOCIATED_RECIPES, ...LOOKUP_TABLE_RECIPES];

/** One transaction: a few instructions, most of them sensible, some spoilt in one place. */
export function fuzzTransaction(world: World): Instruction[] {
  const { random } = world;
  const count = random.pick([1, 1, 1, 2, 3]);
  const instructions = random.chance(0.1)
    ? birth(world)
    : Array.from({ length: count }, () => random.pick(RECIPES)(world));
  return instructions.map((instruction) => (random.chance(0.3) ? spoil(instruction, random) : instruction));
}

function spoil(instruction: Instruction, random: RandomSource): Instruction {
  const { accounts, data } = instruction;
  const at = random.below(Math.max(accounts.length, 1));
  const replaced = (change: (meta: AccountMeta) => AccountMeta) => ({
    ...instruction,
    accounts: accounts.map((meta, index) => (index === at ? change(meta) : meta)),
  });
  switch (random.below(8)) {
    case 0:
      return replaced((meta) => ({ ...meta, address: random.pick(ANYBODY) }));
    case 1:
      return replaced((meta) => ({ ...meta, isSigner: !meta.isSigner }));
    case 2:
      return replaced((meta) => ({ ...meta, isWritable: !meta.isWritable }));
    case 3:
      return { ...instruction, accounts: accounts.slice(0, at) };
    case 4:
      return { ...instruction, accounts: [...accounts, meta(random.pick(ANYBODY), random.pick(['', 's', 'w']))] };
    case 5:
      return { ...instruction, data: data.slice(0, random.below(data.length + 1)) };
    case 6:
      return { ...instruction, data: Uint8Array.of(...data, random.byte()) };
    default:
      return { ...instruction, data: data.map((byte, i) => (i === at % data.length ? random.byte() : byte)) };
  }
}

/** A mint, token account or multisig made as clients make one: allocated and initialized in one transaction. */
function birth({ random }: World): Instruction[] {
  const [payer, born, authority] = [random.pick(CAST.wallets), random.pick(CAST.empty), random.pick(CAST.wallets)];
  const [account, rent] = [meta(born, 'w'), meta(RENT_SYSVAR)];
  const [size, initialize] = random.pick([
    [82, token([account, rent], 0, 6, authority, 0)],
    [82, token([account], 20, 9, authority, 1, authority)],
    [165, token([account, meta(random.pick(CAST.mints)), meta(authority), rent], 1)],
    [165, token([account, meta(NATIVE_MINT), rent], 16, authority)],
    [355, token([account, rent, meta(authority), meta(payer)], 2, 1)],
  ] as const);
  const accounts = [meta(payer, 'sw'), meta(born, 'sw')];
  return [system(0, accounts, rentExemptMinimum(size) + 5n, BigInt(size), TOKEN_PROGRAM), initialize];
}
