import { decodeAccount } from '#core/codec/account-codec.ts';
import { AppError } from '#core/errors/app-error.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';

import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { RunPlace } from '#core/programs/coordinator.ts';
import type { Facts } from './define-operation.ts';
import { fail, pass } from './checks.ts';
import type { Check } from './prepared.ts';

/** An existing run as one pair of reads found it. */
export type RunFacts = Facts & {
  readonly place: RunPlace;
  readonly mainAuthority: Address;
  readonly joinAuthority: Address;
  readonly run: CoordinatorAccount;
  /** The main authority is an account of the treasurer program: only the treasurer can change this run. */
  readonly ownedByTreasurer: boolean;
};

/**
 * Reads a run in two round trips: instance and payer, then the account the instance names.
 *
 * @throws AppError `run/not-found`, `account/size`, `account/discriminator`, `account/version`
 */
export async function readRunFacts(
  runId: string,
  payer: Address,
  { chain, programs }: { chain: ChainReader; programs: ProgramIds },
): Promise<RunFacts> {
  const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
  const first = await chain.readAccounts([instance, payer]);
  const decoded = decodeInstance(first.accounts[0], programs);
  if (!decoded) throw new AppError('run/not-found', { runId });
  const account = addressFromBytes(decoded.coordinator_account);
  const mainAuthority = addressFromBytes(decoded.main_authority);
  const second = await chain.readAccounts([account, mainAuthority]);
  const found = second.accounts[0];
  if (!found || found.owner !== programs.coordinator) throw new AppError('run/account-missing', { runId, account });
  return {
    slot: second.slot,
    payerLamports: first.accounts[1]?.lamports ?? 0n,
    place: { instance, account, programs },
    mainAuthority,
    joinAuthority: addressFromBytes(decoded.join_authority),
    run: decodeCoordinatorAccount(found.data),
    ownedByTreasurer: second.accounts[1]?.owner === programs.treasurer,
  };
}

/** The instance in an account, `undefined` when the address only holds SOL or nothing: anyone can fund an address. */
export function decodeInstance(account: Account | undefined, programs: ProgramIds): CoordinatorInstance | undefined {
  if (!account || account.owner === SYSTEM_PROGRAM) return undefined;
  if (account.owner !== programs.coordinator) return undefined;
  return decodeAccount('coordinator', 'CoordinatorInstance', account.data).value as CoordinatorInstance;
}

/** Whether this key may change this run with the coordinator's own instructions. */
export function ownerCheck(facts: RunFacts, authority: Address): Check {
  if (facts.ownedByTreasurer) {
    return fail(
      'Main authority',
      `The run belongs to the treasurer account ${facts.mainAuthority}: it has rewards and is changed through the treasurer program`,
      'Use run-manager for runs with rewards: this version changes plain runs only',
    );
  }
  if (facts.mainAuthority === authority) return pass('Main authority', `${authority} owns the run`);
  return fail(
    'Main authority',
    `The run belongs to ${facts.mainAuthority}, not to ${authority}`,
    'Choose that key as authority',
    'authority',
  );
}

/** A halted run is one nobody trains on; most changes need it. Source: PROTOCOL.md §8. */
export function isHalted(state: string): boolean {
  return state === 'Uninitialized' || state === 'Paused' || state === 'Finished';
}
