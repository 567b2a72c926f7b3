import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { AppError } from '#core/errors/app-error.ts';
import {
  associatedTokenAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import type { Participant, Run } from '#core/layouts/generated/treasurer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { type KnownAccounts, planReads, type ReadPlan } from './read-plan.ts';
import { readMintDecimals, readTokenAmount } from './token-fields.ts';

const RUN_DISCRIMINATOR = accountInterface('treasurer', 'Run').discriminator;

/** Which run to look at, and whose place in it. */
export type RunQuestion = {
  readonly runId: string;
  readonly programs: ProgramIds;
  /** When it was chosen by hand; saves a round trip, never decides what is found. */
  readonly treasurerIndex?: bigint;
  readonly user?: Address;
};

/** The treasurer's side of a run. */
export type TreasurerFacts = {
  readonly address: Address;
  readonly run: Run;
  readonly decimals: number;
  /** Native units in the run's token account. */
  readonly funded: bigint;
};

/** One wallet's side of a run. */
export type UserFacts = {
  readonly address: Address;
  readonly lamports: bigint;
  /** Native units in the wallet's token account for the run's mint; 0 without one. */
  readonly collateral: bigint;
  readonly participant: Participant | null;
};

/** Everything the dumps show of a run. */
export type RunFacts = {
  readonly instance: { readonly address: Address; readonly value: CoordinatorInstance };
  readonly account: { readonly address: Address; readonly value: CoordinatorAccount };
  /** `null` for a run without treasurer. */
  readonly treasurer: TreasurerFacts | null;
  readonly user: UserFacts | null;
};

/**
 * The reads behind both dumps: two round trips. First what follows from the run id (instance, the treasurer's Run under
 * the index derived from it, the wallet, its participant record), then what those name (the run's account, mint, token
 * accounts). Only a Run under an index chosen by hand, and not given here, costs a third: its address is known from the
 * instance, its mint only from itself.
 *
 * A run is the treasurer's when the account at `main_authority` is a Run of the treasurer program; a balance proves nothing,
 * anybody can send lamports to the derived address (PROTOCOL.md §10).
 *
 * @throws AppError `run-id/too-long`; from the plan `run/not-found`, `run/account-missing`, `dump/wrong-account`,
 *   `dump/account-missing`, `account/size`, `account/discriminator`, `account/version`, `codec/…`
 */
export function planRunFacts(question: RunQuestion): ReadPlan<RunFacts> {
  const instanceAddress = coordinatorInstanceAddress(question.runId, question.programs.coordinator).address;
  const index = question.treasurerIndex ?? treasurerIndexOf(question.runId);
  const likelyRun = treasurerRunAddress(index, question.programs.treasurer).address;
  return planReads(wanted, factsFrom);

  function wanted(known: KnownAccounts): readonly Address[] {
    const instanceAccount = known.get(instanceAddress);
    if (!instanceAccount)
      return [instanceAddress, ...addressesUnder(likelyRun), ...(question.user ? [question.user] : [])];
    const instance = instanceOf(instanceAccount, question.programs);
    const mainAuthority = addressFromBytes(instance.main_authority);
    return [
      addressFromBytes(instance.coordinator_account),
      ...(mainAuthority === likelyRun ? [] : [mainAuthority]),
      ...(treasurerRunAt(known, mainAuthority, question.programs) ? treasurerAddresses(known, mainAuthority) : []),
    ];
  }

  function addressesUnder(run: Address): readonly Address[] {
    return question.user ? [run, participantAddress(run, question.user, question.programs.treasurer).address] : [run];
  }

  function treasurerAddresses(known: KnownAccounts, address: Address): readonly Address[] {
    const run = treasurerRunAt(known, address, question.programs);
    if (!run) return [];
    const mint = addressFromBytes(run.collateral_mint);
    const owners = question.user ? [address, question.user] : [address];
    return [mint, ...owners.map((owner) => associatedTokenAddress(owner, mint).address), ...addressesUnder(address)];
  }

  function factsFrom(known: KnownAccounts): RunFacts {
    const instanceAccount = known.get(instanceAddress);
    if (!instanceAccount) throw new AppError('run/not-found', { runId: question.runId });
    const instance = instanceOf(instanceAccount, question.programs);
    const treasurer = treasurerFacts(known, addressFromBytes(instance.main_authority), question.programs);
    return {
      instance: { address: instanceAddress, value: instance },
      account: coordinatorAccountOf(known, addressFromBytes(instance.coordinator_account), question),
      treasurer,
      user: question.user ? userFacts(known, question.user, treasurer, question.programs) : null,
    };
  }
}

function instanceOf(account: Account, programs: ProgramIds): CoordinatorInstance {
  if (account.owner !== programs.coordinator) {
    throw new AppError('dump/wrong-account', { account: 'coordinator instance', address: account.address });
  }
  return decodeAccount('coordinator', 'CoordinatorInstance', account.data).value as CoordinatorInstance;
}

function coordinatorAccountOf(
  known: KnownAccounts,
  address: Address,
  { runId, programs }: RunQuestion,
): RunFacts['account'] {
  const account = known.get(address);
  if (!account) throw new AppError('run/account-missing', { runId, account: address });
  if (account.owner !== programs.coordinator) {
    throw new AppError('dump/wrong-account', { account: 'coordinator account', address });
  }
  return { address, value: decodeCoordinatorAccount(account.data) };
}

/** `main_authority` may be any account at all, so what does not look like a Run is not one. */
function treasurerRunAt(known: KnownAccounts, address: Address, programs: ProgramIds): Run | undefined {
  const account = known.get(address);
  const isRun = account && account.owner === programs.treasurer && startsWith(account.data, RUN_DISCRIMINATOR);
  if (!isRun) return undefined;
  return decodeAccount('treasurer', 'Run', account.data).value as Run;
}

function treasurerFacts(known: KnownAccounts, address: Address, programs: ProgramIds): TreasurerFacts | null {
  const run = treasurerRunAt(known, address, programs);
  if (!run) return null;
  const mint = addressFromBytes(run.collateral_mint);
  const collateral = associatedTokenAddress(address, mint).address;
  return {
    address,
    run,
    decimals: readMintDecimals(existing(known, mint, 'collateral mint'), programs),
    funded: readTokenAmount(existing(known, collateral, 'run’s token account'), programs),
  };
}

function userFacts(
  known: KnownAccounts,
  user: Address,
  treasurer: TreasurerFacts | null,
  programs: ProgramIds,
): UserFacts {
  const wallet = { address: user, lamports: known.get(user)?.lamports ?? 0n };
  if (!treasurer) return { ...wallet, collateral: 0n, participant: null };
  const mint = addressFromBytes(treasurer.run.collateral_mint);
  const tokens = known.get(associatedTokenAddress(user, mint).address);
  const participant = known.get(participantAddress(treasurer.address, user, programs.treasurer).address);
  return {
    ...wallet,
    collateral: tokens ? readTokenAmount(tokens, programs) : 0n,
    participant:
      participant?.owner === programs.treasurer
        ? (decodeAccount('treasurer', 'Participant', participant.data).value as Participant)
        : null,
  };
}

function existing(known: KnownAccounts, address: Address, account: string): Account {
  const found = known.get(address);
  if (!found) throw new AppError('dump/account-missing', { account, address });
  return found;
}
