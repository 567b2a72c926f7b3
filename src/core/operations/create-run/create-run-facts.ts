import { AppError } from '#core/errors/app-error.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { AccountSeed } from '#core/programs/coordinator.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import type { Facts, OperationContext } from '../define-operation.ts';
import {
  AUTHORIZATION_BYTES,
  creationLamports,
  foundAuthorization,
  joinAuthorizationFor,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { decodeInstance, ownerOf, ownershipOf, type Ownership } from '../run-facts.ts';
import { missingLamports } from '../step-costs.ts';
import { gatherRewards, type RewardsFacts } from './rewards-facts.ts';
import type { CreateRunInput } from './input.ts';

/** What the chain has of the run already, and what the rest costs. */
export type CreateFacts = Facts & {
  readonly instance: Address;
  /** The account's address, when it is derived from a text. */
  readonly seeded:
    | { readonly address: Address; readonly seed: AccountSeed; readonly found: Account | undefined }
    | undefined;
  readonly authorization: FoundAuthorization;
  /** The run, when the id is taken, ours or not. */
  readonly existing: ExistingRun | undefined;
  /** What the chain has for the rewards asked for. */
  readonly rewards: RewardsFacts | undefined;
  /** Lamports the account of a new run is made with. */
  readonly accountRent: bigint;
  /** What the payer puts in for what does not exist yet, lamports. */
  readonly missing: { readonly authorization: bigint; readonly run: bigint };
};

export type ExistingRun = {
  readonly account: Address;
  /** The key that owns it, of a run with rewards through its treasury. */
  readonly mainAuthority: Address;
  readonly ownership: Ownership;
  readonly joinAuthority: Address;
  readonly run: CoordinatorAccount;
};

/**
 * Two round trips: everything with a known address, then the account of a run that exists.
 *
 * @throws AppError `run/account-missing`, `account/…` when the id is taken by a run this app cannot read
 */
export async function gatherCreateFacts(
  { runId, whoMayJoin, rewards: wanted, accountSeed }: CreateRunInput,
  context: OperationContext & { chain: ChainReader },
): Promise<CreateFacts> {
  const { chain, programs, signers } = context;
  const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
  const authorization = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
  const seed = accountSeed === undefined ? undefined : { base: signers.authority, text: accountSeed };
  const address = seed && addressWithSeed(seed.base, seed.text, programs.coordinator);
  const [{ slot, accounts }, accountRent, instanceRent, authorizationRent, floorLamports, rewards] = await Promise.all([
    chain.readAccounts([instance, authorization.address, signers.payer, ...(address ? [address] : [])]),
    chain.readRentFloor(COORDINATOR_ACCOUNT_SIZE),
    chain.readRentFloor(ACCOUNT_SIZES.CoordinatorInstance),
    chain.readRentFloor(AUTHORIZATION_BYTES),
    chain.readRentFloor(0),
    wanted && gatherRewards(runId, wanted, context),
  ]);
  const decoded = decodeInstance(accounts[0], programs);
  const found = foundAuthorization(accounts[1], programs);
  const run = accountRent + missingLamports(instanceRent, accounts[0]) + (rewards?.missingLamports ?? 0n);
  return {
    slot,
    payerLamports: accounts[2]?.lamports ?? 0n,
    instance,
    seeded: seed && address && { address, seed, found: accounts[3] },
    authorization: found,
    existing: decoded && (await readExisting(runId, { instance, decoded }, context)),
    rewards,
    floorLamports,
    accountRent,
    missing: { authorization: creationLamports(found, authorizationRent), run: decoded ? 0n : run },
  };
}

/**
 * Whether the account of an existing run was made by this operator: this app did it, or it lies where only the main authority
 * could put it, because an account with a seed is made with its base's signature.
 */
export function isOwnAccount(
  { existing, seeded }: CreateFacts,
  { ownAccounts }: Pick<OperationContext, 'ownAccounts'>,
): boolean {
  return existing !== undefined && (ownAccounts.has(existing.account) || existing.account === seeded?.address);
}

/** Whether somebody gave it a configuration: a zero epoch time is refused by every update. Source: PROTOCOL.md §7.1. */
export function isConfigured({ run }: ExistingRun): boolean {
  return run.state.coordinator.config.epoch_time !== 0n;
}

async function readExisting(
  runId: string,
  { instance, decoded }: { instance: Address; decoded: NonNullable<ReturnType<typeof decodeInstance>> },
  { chain, programs }: OperationContext & { chain: ChainReader },
): Promise<ExistingRun> {
  const account = addressFromBytes(decoded.coordinator_account);
  const mainAuthority = addressFromBytes(decoded.main_authority);
  const [found, authority] = (await chain.readAccounts([account, mainAuthority])).accounts;
  if (!found) throw new AppError('run/account-missing', { runId, account });
  const ownership = ownershipOf(authority, { instance, account }, programs);
  return {
    account,
    mainAuthority: ownerOf(mainAuthority, ownership),
    ownership,
    joinAuthority: addressFromBytes(decoded.join_authority),
    run: decodeCoordinatorAccount(found.data),
  };
}
