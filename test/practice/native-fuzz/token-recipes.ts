import { type Address, addressToBytes } from '#core/solana/address.ts';
import { RENT_SYSVAR } from '#core/solana/program-ids.ts';
import type { AccountMeta } from '#practice/runtime/native/native-executor.ts';
import { ANYBODY, associated, CAST, NATIVE_MINT } from './fuzz-world.ts';
import { meta, pack, type Recipe, token, type World } from './instruction-parts.ts';

function amountIn({ random }: World): bigint {
  return random.pick([0n, 1n, 500n, 1_000n, 2_000n, 5_000n, 1_000_000n, (1n << 64n) - 1n]);
}

const someAccount = ({ random }: World) =>
  random.chance(0.75)
    ? random.pick(CAST.tokenAccounts)
    : associated(random.pick(CAST.wallets), random.pick(CAST.mints));

/** The address in a stored account's bytes, where there is one. */
function stored({ accounts, random }: World, address: Address, at: number): Address {
  const bytes = accounts.get(address)?.data.subarray(at, at + 32);
  const named = ANYBODY.find((other) => bytes?.length === 32 && Buffer.compare(addressToBytes(other), bytes) === 0);
  return named ?? random.pick(CAST.wallets);
}

/** Whoever may act for an address, with the signers behind it when it is a multisig. */
function signing({ random }: World, authority: Address): AccountMeta[] {
  if (!CAST.multisigs.includes(authority)) return [meta(authority, 's')];
  const members = CAST.wallets.slice(0, random.below(5)).map((wallet) => meta(wallet, random.chance(0.9) ? 's' : ''));
  return [meta(authority), ...members];
}

const ownerOf = (world: World, account: Address) =>
  signing(world, stored(world, account, world.random.chance(0.25) ? 76 : 32));
const mintOf = (world: World, account: Address) => stored(world, account, 0);
const mintAuthorityOf = (world: World, mint: Address) => signing(world, stored(world, mint, 4));
const freezeAuthorityOf = (world: World, mint: Address) => signing(world, stored(world, mint, 50));
const decimalsOf = ({ accounts, random }: World, mint: Address) =>
  random.chance(0.9) ? (accounts.get(mint)?.data[44] ?? 0) : random.byte();

/** A token account of the same mint, if there is one. */
function peerOf(world: World, account: Address): Address {
  const mint = mintOf(world, account);
  const peers = CAST.tokenAccounts.filter((other) => mintOf(world, other) === mint);
  return world.random.chance(0.8) && peers.length > 0 ? world.random.pick(peers) : someAccount(world);
}

const newborn = (world: World, ...usual: readonly Address[]) => world.random.pick([...CAST.empty, ...usual]);

/** One per instruction of the Token program; common ones more often. */
export const TOKEN_RECIPES: readonly Recipe[] = [
  // Token: opening
  ({ random }) => {
    const freeze = random.chance(0.5) ? pack(1, random.pick(CAST.wallets)) : pack(0);
    return token(
      [meta(random.pick([...CAST.empty, ...CAST.mints]), 'w'), meta(RENT_SYSVAR)],
      0,
      6,
      random.pick(CAST.wallets),
      freeze,
    );
  },
  ({ random }) => {
    const freeze = random.chance(0.5) ? pack(1, random.pick(CAST.multisigs)) : pack(0);
    return token([meta(random.pick([...CAST.empty, ...CAST.mints]), 'w')], 20, 9, random.pick(CAST.wallets), freeze);
  },
  (world) => {
    const { random } = world;
    const accounts = [
      meta(newborn(world, ...CAST.tokenAccounts), 'w'),
      meta(random.pick([...CAST.mints, NATIVE_MINT])),
    ];
    const owner = random.pick([...CAST.wallets, ...CAST.multisigs]);
    switch (random.below(3)) {
      case 0:
        return token([...accounts, meta(owner), meta(RENT_SYSVAR)], 1);
      case 1:
        return token([...accounts, meta(RENT_SYSVAR)], 16, owner);
      default:
        return token(accounts, 18, owner);
    }
  },
  (world) => {
    const { random } = world;
    const signers = CAST.wallets.slice(0, random.below(6)).map((wallet) => meta(wallet));
    const account = meta(newborn(world, ...CAST.multisigs), 'w');
    if (random.chance(0.5)) return token([account, meta(RENT_SYSVAR), ...signers], 2, random.below(5));
    return token([account, ...signers], 19, random.below(5));
  },
  (world) => token([meta(someAccount(world), 'w')], 22),
  // Token: moving
  ...[3, 3, 12, 12].map((number) => (world: World) => {
    const from = someAccount(world);
    const to = peerOf(world, from);
    const mint = mintOf(world, from);
    if (number === 3) return token([meta(from, 'w'), meta(to, 'w'), ...ownerOf(world, from)], 3, amountIn(world));
    const accounts = [meta(from, 'w'), meta(mint), meta(to, 'w'), ...ownerOf(world, from)];
    return token(accounts, 12, amountIn(world), decimalsOf(world, mint));
  }),
  ...[7, 14].map((number) => (world: World) => {
    const to = someAccount(world);
    const mint = mintOf(world, to);
    const accounts = [meta(mint, 'w'), meta(to, 'w'), ...mintAuthorityOf(world, mint)];
    return token(accounts, number, amountIn(world), ...(number === 14 ? [decimalsOf(world, mint)] : []));
  }),
  ...[8, 15].map((number) => (world: World) => {
    const from = someAccount(world);
    const mint = mintOf(world, from);
    const accounts = [meta(from, 'w'), meta(mint, 'w'), ...ownerOf(world, from)];
    return token(accounts, number, amountIn(world), ...(number === 15 ? [decimalsOf(world, mint)] : []));
  }),
  // Token: authorities
  ...[4, 13].map((number) => (world: World) => {
    const from = someAccount(world);
    const mint = mintOf(world, from);
    const checked = number === 13 ? [meta(mint)] : [];
    const accounts = [meta(from, 'w'), ...checked, meta(world.random.pick(CAST.wallets)), ...ownerOf(world, from)];
    return token(accounts, number, amountIn(world), ...(number === 13 ? [decimalsOf(world, mint)] : []));
  }),
  (world) => {
    const from = someAccount(world);
    return token([meta(from, 'w'), ...ownerOf(world, from)], 5);
  },
  (world) => {
    const { random } = world;
    const kind = random.below(random.chance(0.95) ? 4 : 6);
    const isMint = random.chance(kind < 2 ? 0.9 : 0.1);
    const target = isMint ? random.pick(CAST.mints) : someAccount(world);
    const authority = isMint
      ? stored(world, target, kind === 0 ? 4 : 50)
      : stored(world, target, kind === 3 ? 133 : 32);
    const next = random.chance(0.6) ? pack(1, random.pick([...CAST.wallets, ...CAST.multisigs])) : pack(0);
    return token([meta(target, 'w'), ...signing(world, authority)], 6, kind, next);
  },
  ...[10, 11].map((number) => (world: World) => {
    const account = someAccount(world);
    const mint = mintOf(world, account);
    return token([meta(account, 'w'), meta(mint), ...freezeAuthorityOf(world, mint)], number);
  }),
  // Token: lamports
  (world) => {
    const from = someAccount(world);
    const authority = signing(world, stored(world, from, world.random.pick([32, 133])));
    return token([meta(from, 'w'), meta(world.random.pick(ANYBODY), 'w'), ...authority], 9);
  },
  (world) => token([meta(world.random.pick(CAST.tokenAccounts), 'w')], 17),
  (world) => {
    const from = world.random.pick([...CAST.tokenAccounts, ...CAST.mints, ...CAST.multisigs, ...CAST.wallets]);
    const authority = world.random.pick([stored(world, from, 32), stored(world, from, 4), from]);
    return token([meta(from, 'w'), meta(world.random.pick(CAST.wallets), 'w'), ...signing(world, authority)], 38);
  },
  (world) => {
    const from = world.random.pick(CAST.tokenAccounts);
    const part = world.random.chance(0.5) ? pack(1, amountIn(world)) : pack(0);
    return token([meta(from, 'w'), meta(world.random.pick(CAST.wallets), 'w'), ...ownerOf(world, from)], 45, part);
  },
  // Token: questions
  (world) => token([meta(world.random.pick([...CAST.mints, ...CAST.tokenAccounts]))], 21),
  (world) => token([meta(world.random.pick(CAST.mints))], 23, amountIn(world)),
  (world) => {
    const words = world.random.pick([
      '',
      '.',
      '0',
      '1',
      '1.5',
      '1.50',
      '.5',
      '+1',
      '-1',
      '1.2.3',
      '0.123456789',
      '1e3',
      '99999999999999999999',
    ]);
    return token([meta(world.random.pick(CAST.mints))], 24, new TextEncoder().encode(words));
  },
  (world) => token([], world.random.byte()),
  (world) => {
    const [first, second] = [someAccount(world), someAccount(world)];
    const transfer = [meta(first, 'w'), meta(peerOf(world, first), 'w'), ...ownerOf(world, first)];
    const revoke = [meta(second, 'w'), ...ownerOf(world, second)];
    const bytes = pack(3, amountIn(world));
    return token([...transfer, ...revoke], 255, transfer.length, bytes.length, bytes, revoke.length, 1, 5);
  },
];
