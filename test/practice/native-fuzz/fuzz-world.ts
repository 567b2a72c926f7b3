import { createHash } from 'node:crypto';
import { type Address, addressFromBytes, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { nativeProgramAccounts } from '#practice/genesis/program-accounts.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { testAddress } from '../stage.ts';
import type { RandomSource } from './random-source.ts';

/** Wrapped SOL. */
export const NATIVE_MINT = parseAddress('So11111111111111111111111111111111111111112');
const INCINERATOR = parseAddress('1nc1nerator11111111111111111111111111111111');

const range = (count: number, first: number) => Array.from({ length: count }, (_, index) => testAddress(first + index));

/** The slot all transactions of the fuzz run in. */
export const FUZZ_SLOT = 400_000_000n;

/** Addresses of the fuzz by what usually lives there. */
export const CAST = {
  wallets: range(5, 1),
  mints: range(3, 20),
  tokenAccounts: range(8, 40),
  multisigs: range(2, 60),
  nonces: range(3, 70),
  empty: range(5, 80),
  tables: range(4, 90),
  seeds: ['', 'a', 'seed', 'x'.repeat(33)],
} as const;

/** Everything an instruction may name by mistake. */
export const ANYBODY: readonly Address[] = [
  ...CAST.wallets,
  ...CAST.mints,
  ...CAST.tokenAccounts,
  ...CAST.multisigs,
  ...CAST.nonces,
  ...CAST.empty,
  ...CAST.tables,
  NATIVE_MINT,
  INCINERATOR,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  RENT_SYSVAR,
  RECENT_BLOCKHASHES_SYSVAR,
];

/** A token account of a token account: what `RecoverNested` is for. */
export const NESTED = { wallet: testAddress(1), ownerMint: testAddress(20), nestedMint: testAddress(21) } as const;

const derived = new Map<string, Address>();

/** The associated token account, found once: finding one takes longer than a transaction. */
export function associated(wallet: Address, mint: Address): Address {
  const key = wallet + mint;
  const known = derived.get(key);
  if (known !== undefined) return known;
  const seeds = [wallet, TOKEN_PROGRAM, mint].map(addressToBytes);
  const { address } = findProgramAddress(seeds, ASSOCIATED_TOKEN_PROGRAM);
  derived.set(key, address);
  return address;
}

/** The address `…WithSeed` instructions derive. */
export function seeded(base: Address, seed: string, owner: Address): Address {
  const hash = createHash('sha256').update(addressToBytes(base)).update(seed).update(addressToBytes(owner));
  return addressFromBytes(Uint8Array.from(hash.digest()));
}

/** Accounts to begin with: most instructions have something to succeed on, and something to stumble over. */
export function fuzzWorld(random: RandomSource): Map<Address, StoredAccount> {
  const accounts = new Map<Address, StoredAccount>(nativeProgramAccounts());
  const put = (address: Address, owner: Address, data: Uint8Array, extra = 0n) => {
    // Here and there a byte that no program would have written.
    const isProgramData = owner === TOKEN_PROGRAM || owner === LOOKUP_TABLE_PROGRAM;
    if (isProgramData && random.chance(0.04)) data[random.below(data.length)] = random.byte();
    accounts.set(address, { lamports: rentExemptMinimum(data.length) + extra, data, owner, executable: false });
  };
  for (const wallet of CAST.wallets) put(wallet, SYSTEM_PROGRAM, new Uint8Array(0), 50_000_000_000n);
  const authorities = [...CAST.wallets, ...CAST.multisigs];
  for (const mint of CAST.mints) put(mint, TOKEN_PROGRAM, mintBytes(random, authorities));
  for (const [index, address] of CAST.tokenAccounts.entries()) {
    const extra = BigInt(random.below(3)) * 1_000_000n;
    const data = tokenAccountBytes(random, authorities, index >= 6 ? extra : undefined);
    put(address, TOKEN_PROGRAM, random.chance(0.1) ? new Uint8Array(165) : data, extra);
  }
  for (const address of CAST.multisigs) put(address, TOKEN_PROGRAM, multisigBytes(random));
  for (const address of CAST.nonces) put(address, SYSTEM_PROGRAM, nonceBytes(random), BigInt(random.below(2)) * 5_000n);
  for (const address of CAST.tables) put(address, LOOKUP_TABLE_PROGRAM, tableBytes(random));
  if (random.chance(0.5))
    put(associated(random.pick(CAST.wallets), random.pick(CAST.mints)), SYSTEM_PROGRAM, new Uint8Array(0));
  if (random.chance(0.5)) {
    const { wallet, ownerMint, nestedMint } = NESTED;
    const between = associated(wallet, ownerMint);
    put(between, TOKEN_PROGRAM, plainAccountBytes(ownerMint, wallet, 5n));
    put(associated(between, nestedMint), TOKEN_PROGRAM, plainAccountBytes(nestedMint, between, 700n));
    put(associated(wallet, nestedMint), TOKEN_PROGRAM, plainAccountBytes(nestedMint, wallet, 1n));
  }
  return accounts;
}

function plainAccountBytes(mint: Address, owner: Address, amount: bigint): Uint8Array {
  const data = new Uint8Array(165);
  data.set(addressToBytes(mint), 0);
  data.set(addressToBytes(owner), 32);
  setU64(data, 64, amount);
  data[108] = 1;
  return data;
}

function mintBytes(random: RandomSource, authorities: readonly Address[]): Uint8Array {
  const data = new Uint8Array(82);
  setOption(data, 0, random.chance(0.85) ? random.pick(authorities) : undefined);
  setU64(data, 36, random.chance(0.9) ? BigInt(random.below(1_000_000)) + 10_000n : (1n << 64n) - 100n);
  data[44] = random.pick([0, 2, 6, 9]);
  data[45] = 1;
  setOption(data, 46, random.chance(0.7) ? random.pick(authorities) : undefined);
  return data;
}

/** @param wrapped - lamports of a wrapped SOL account; a plain one without */
function tokenAccountBytes(random: RandomSource, authorities: readonly Address[], wrapped?: bigint): Uint8Array {
  const data = new Uint8Array(165);
  data.set(addressToBytes(wrapped === undefined ? random.pick(CAST.mints) : NATIVE_MINT), 0);
  const owner = random.chance(0.08) ? random.pick([SYSTEM_PROGRAM, INCINERATOR]) : random.pick(authorities);
  data.set(addressToBytes(owner), 32);
  setU64(data, 64, wrapped ?? BigInt(random.below(3)) * 1_000n);
  if (random.chance(0.4)) {
    setOption(data, 72, random.pick(authorities));
    setU64(data, 121, BigInt(random.below(3)) * 500n);
  }
  data[108] = random.chance(0.12) ? 2 : 1;
  if (wrapped !== undefined) {
    data[109] = 1;
    setU64(data, 113, rentExemptMinimum(165));
  }
  if (random.chance(0.3)) setOption(data, 129, random.pick(authorities));
  return data;
}

function multisigBytes(random: RandomSource): Uint8Array {
  const data = new Uint8Array(355);
  const signers = CAST.wallets.slice(0, 1 + random.below(4));
  data.set([1 + random.below(signers.length), signers.length, random.chance(0.9) ? 1 : 0]);
  signers.forEach((signer, index) => data.set(addressToBytes(signer), 3 + 32 * index));
  return data;
}

function nonceBytes(random: RandomSource): Uint8Array {
  const data = new Uint8Array(80);
  const view = new DataView(data.buffer);
  view.setUint32(0, random.chance(0.8) ? 1 : 0, true);
  if (random.chance(0.25)) return data;
  view.setUint32(4, 1, true);
  data.set(addressToBytes(random.pick(CAST.wallets)), 8);
  data.fill(random.byte(), 40, 72);
  setU64(data, 72, 5_000n);
  return data;
}

/** A lookup table: empty, with a few addresses or nearly full; working, frozen, or switched off now, lately or long ago. */
function tableBytes(random: RandomSource): Uint8Array {
  const count = random.pick([0, 1, 2, 254, 255, 256]);
  const data = new Uint8Array(56 + 32 * count + (random.chance(0.05) ? 7 : 0));
  if (random.chance(0.05)) return data;
  data[0] = 1;
  const age = random.pick([0n, 1n, 300n, 511n, 512n, 9_999n]);
  setU64(data, 4, random.chance(0.6) ? (1n << 64n) - 1n : FUZZ_SLOT - age);
  setU64(data, 12, random.pick([0n, FUZZ_SLOT - 9n, FUZZ_SLOT]));
  data[20] = random.below(count + 1);
  if (random.chance(0.85)) {
    data[21] = 1;
    data.set(addressToBytes(random.pick(CAST.wallets)), 22);
  }
  data.fill(random.byte(), 56);
  return data;
}

function setU64(data: Uint8Array, at: number, value: bigint): void {
  new DataView(data.buffer).setBigUint64(at, value, true);
}

function setOption(data: Uint8Array, at: number, address: Address | undefined): void {
  if (address === undefined) return;
  data[at] = 1;
  data.set(addressToBytes(address), at + 4);
}
