import { AppError } from '#core/errors/app-error.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import type { ChainReader } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import type { Facts, OperationContext } from '../define-operation.ts';
import {
  AUTHORIZATION_BYTES,
  authorizationState,
  joinAuthorizationFor,
  type AuthorizationState,
} from '../join-authorization.ts';
import { decodeInstance } from '../run-facts.ts';
import type { CreateRunInput } from './input.ts';

/** What the chain has of the run already, and what the rest costs. */
export type CreateFacts = Facts & {
  readonly instance: Address;
  readonly authorization: AuthorizationState;
  /** The run, when the id is taken, ours or not. */
  readonly existing: ExistingRun | undefined;
  /** Rent floors in lamports. */
  readonly rent: {
    readonly account: bigint;
    readonly instance: bigint;
    readonly authorization: bigint;
    readonly empty: bigint;
  };
};

export type ExistingRun = {
  readonly account: Address;
  readonly mainAuthority: Address;
  readonly joinAuthority: Address;
  readonly run: CoordinatorAccount;
};

/**
 * Two round trips: everything with a known address, then the account of a run that exists.
 *
 * @throws AppError `run/account-missing`, `account/…` when the id is taken by a run this app cannot read
 */
export async function gatherCreateFacts(
  { runId, whoMayJoin }: CreateRunInput,
  { chain, programs, signers }: OperationContext & { chain: ChainReader },
): Promise<CreateFacts> {
  const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
  const authorization = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
  const [{ slot, accounts }, account, instanceRent, authorizationRent, empty] = await Promise.all([
    chain.readAccounts([instance, authorization.address, signers.payer]),
    chain.readRentFloor(COORDINATOR_ACCOUNT_SIZE),
    chain.readRentFloor(ACCOUNT_SIZES.CoordinatorInstance),
    chain.readRentFloor(AUTHORIZATION_BYTES),
    chain.readRentFloor(0),
  ]);
  const decoded = decodeInstance(accounts[0], programs);
  return {
    slot,
    payerLamports: accounts[2]?.lamports ?? 0n,
    instance,
    authorization: authorizationState(accounts[1], programs),
    existing: decoded && (await readExisting(chain, runId, decoded)),
    rent: { account, instance: instanceRent, authorization: authorizationRent, empty },
  };
}

/** Whether somebody gave it a configuration: a zero epoch time is refused by every update. Source: PROTOCOL.md §7.1. */
export function isConfigured({ run }: ExistingRun): boolean {
  return run.state.coordinator.config.epoch_time !== 0n;
}

async function readExisting(
  chain: ChainReader,
  runId: string,
  instance: NonNullable<ReturnType<typeof decodeInstance>>,
): Promise<ExistingRun> {
  const account = addressFromBytes(instance.coordinator_account);
  const found = (await chain.readAccounts([account])).accounts[0];
  if (!found) throw new AppError('run/account-missing', { runId, account });
  return {
    account,
    mainAuthority: addressFromBytes(instance.main_authority),
    joinAuthority: addressFromBytes(instance.join_authority),
    run: decodeCoordinatorAccount(found.data),
  };
}
