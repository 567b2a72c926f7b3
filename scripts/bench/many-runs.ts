import { readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';

/** A coordinator account with everything in it, in the place of every run's. */
export const FULL_ACCOUNT: Uint8Array = readFileSync('test/fixtures/psyche/fixtures/full.bin');

const keyOf = (what: string, index: number) => sha256(new TextEncoder().encode(`${what} ${index}`));

/** Where the coordinator account of the run with this number is. */
export function accountAddressOf(index: number): Address {
  return addressFromBytes(keyOf('account', index));
}

/** The instance of the run with this number. */
export function instanceOf(index: number): Account {
  const data = new Uint8Array(ACCOUNT_SIZES.CoordinatorInstance);
  data.set(
    encodeAccount('coordinator', 'CoordinatorInstance', {
      bump: 255,
      main_authority: keyOf('owner', index),
      join_authority: keyOf('join', index),
      coordinator_account: keyOf('account', index),
      run_id: `run-${String(index).padStart(5, '0')}`,
    }),
  );
  return coordinatorsAccount(addressFromBytes(keyOf('instance', index)), data, data.length);
}

/** An account of the coordinator program with these bytes, or this slice of its bytes. */
export function coordinatorsAccount(address: Address, data: Uint8Array, space: number): Account {
  return { address, lamports: 1n, owner: DEFAULT_PROGRAM_IDS.coordinator, executable: false, data, space };
}
