import { encodeAccount } from '#core/codec/account-codec.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';

/** The two accounts of a run: an instance for this id, and the given bytes as its coordinator account. */
export function runAccounts(runId: string, coordinatorAccount: Uint8Array): [Address, StoredAccount][] {
  const { address: instance, bump } = coordinatorInstanceAddress(runId);
  const account = sha256(new TextEncoder().encode(runId));
  const data = new Uint8Array(ACCOUNT_SIZES.CoordinatorInstance);
  const authority = new Uint8Array(32).fill(3);
  data.set(
    encodeAccount('coordinator', 'CoordinatorInstance', {
      bump,
      main_authority: authority,
      join_authority: authority,
      coordinator_account: account,
      run_id: runId,
    }),
  );
  return [
    [instance, ownedByCoordinator(data)],
    [addressFromBytes(account), ownedByCoordinator(coordinatorAccount)],
  ];
}

function ownedByCoordinator(data: Uint8Array): StoredAccount {
  return { lamports: rentExemptMinimum(data.length), data, owner: DEFAULT_PROGRAM_IDS.coordinator, executable: false };
}
