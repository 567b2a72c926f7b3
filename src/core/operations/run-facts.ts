import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { AppError } from '#core/errors/app-error.ts';
import { coordinatorInstanceAddress, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import type { Run } from '#core/layouts/generated/treasurer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { OwnedPlace } from '#core/programs/change-run.ts';
import type { Reading } from './define-operation.ts';
import { fail, pass, withAction } from './checks.ts';
import type { Check } from './prepared.ts';

const TREASURER_RUN = accountInterface('treasurer', 'Run');

/**
 * Through which program a run is changed. A treasury is recognised by the account at the main authority, its owner,
 * discriminator, index and the run it names: SOL at an address proves nothing, anybody can send it there. Source:
 * PROTOCOL.md §10.
 */
export type Ownership =
  | { readonly kind: 'plain' }
  | { readonly kind: 'treasurer'; readonly treasurerRun: Address; readonly value: Run }
  /** The main authority is a Run that belongs to another run: nobody can ever change this one. */
  | { readonly kind: 'foreign-treasurer'; readonly treasurerRun: Address };

/** An existing run as one pair of reads found it. */
export type RunFacts = Reading & {
  readonly place: OwnedPlace;
  /** The key that signs for the run: of a run with rewards, the one its treasury names. */
  readonly mainAuthority: Address;
  readonly joinAuthority: Address;
  readonly run: CoordinatorAccount;
  readonly ownership: Ownership;
  /** Lamports its two accounts hold. */
  readonly held: { readonly instance: bigint; readonly account: bigint };
  /** What was read along with the first and the second read, in the order asked for. */
  readonly along: {
    readonly first: readonly (Account | undefined)[];
    readonly second: readonly (Account | undefined)[];
  };
};

/** What a run's instance names. */
type Named = { readonly instance: Address; readonly account: Address; readonly mainAuthority: Address };

/** Addresses to read along, so that more facts cost no further round trip. */
type Along = {
  readonly first?: readonly Address[];
  readonly second?: (first: readonly (Account | undefined)[], named: Named) => readonly Address[];
};

/**
 * Reads a run in two round trips: instance and payer, then the account the instance names.
 *
 * @param payer - whose lamports are wanted; without one they are 0
 * @param along - further accounts of the same two reads
 * @throws AppError `run/not-found`, `account/size`, `account/discriminator`, `account/version`
 */
export async function readRunFacts(
  runId: string,
  payer: Address | undefined,
  { chain, programs }: { chain: ChainReader; programs: ProgramIds },
  along: Along = {},
): Promise<RunFacts> {
  const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
  const payers = payer === undefined ? [] : [payer];
  const first = await chain.readAccounts([instance, ...payers, ...(along.first ?? [])]);
  const alongFirst = first.accounts.slice(1 + payers.length);
  const decoded = decodeInstance(first.accounts[0], programs);
  if (!decoded) throw new AppError('run/not-found', { runId });
  const account = addressFromBytes(decoded.coordinator_account);
  const mainAuthority = addressFromBytes(decoded.main_authority);
  const more = along.second?.(alongFirst, { instance, account, mainAuthority }) ?? [];
  const second = await chain.readAccounts([account, mainAuthority, ...more]);
  const [found, authority] = second.accounts;
  if (!found || found.owner !== programs.coordinator) throw new AppError('run/account-missing', { runId, account });
  const ownership = ownershipOf(authority, { instance, account }, programs);
  return {
    slot: second.slot,
    payerLamports: (payer === undefined ? undefined : first.accounts[1]?.lamports) ?? 0n,
    place: placeOf({ instance, account, programs }, ownership),
    mainAuthority: ownerOf(mainAuthority, ownership),
    joinAuthority: addressFromBytes(decoded.join_authority),
    run: decodeCoordinatorAccount(found.data),
    ownership,
    held: { instance: first.accounts[0]?.lamports ?? 0n, account: found.lamports },
    along: { first: alongFirst, second: second.accounts.slice(2) },
  };
}

/** The instance in an account, `undefined` when the address only holds SOL or nothing: anyone can fund an address. */
export function decodeInstance(account: Account | undefined, programs: ProgramIds): CoordinatorInstance | undefined {
  if (!account || account.owner === SYSTEM_PROGRAM) return undefined;
  if (account.owner !== programs.coordinator) return undefined;
  return decodeAccount('coordinator', 'CoordinatorInstance', account.data).value as CoordinatorInstance;
}

/**
 * What the account at a run's main authority makes of it.
 *
 * @param authority - that account, as it was read
 */
export function ownershipOf(
  authority: Account | undefined,
  { instance, account }: { instance: Address; account: Address },
  programs: ProgramIds,
): Ownership {
  if (authority?.owner !== programs.treasurer || !startsWith(authority.data, TREASURER_RUN.discriminator)) {
    return { kind: 'plain' };
  }
  const treasurerRun = authority.address;
  const { value } = decodeAccount('treasurer', 'Run', authority.data);
  const isOfThisRun =
    treasurerRunAddress(value.index, programs.treasurer).address === treasurerRun &&
    addressFromBytes(value.coordinator_instance) === instance &&
    addressFromBytes(value.coordinator_account) === account;
  return isOfThisRun ? { kind: 'treasurer', treasurerRun, value } : { kind: 'foreign-treasurer', treasurerRun };
}

/** The key that signs for a run whose instance names this main authority. */
export function ownerOf(mainAuthority: Address, ownership: Ownership): Address {
  return ownership.kind === 'treasurer' ? addressFromBytes(ownership.value.main_authority) : mainAuthority;
}

/** Where a run lives, with the treasury that owns it. */
export function placeOf(place: OwnedPlace, ownership: Ownership): OwnedPlace {
  return ownership.kind === 'treasurer' ? { ...place, treasurerRun: ownership.treasurerRun } : place;
}

/** The treasurer's index of a run with rewards. */
export function indexOf(ownership: Ownership): bigint | undefined {
  return ownership.kind === 'treasurer' ? ownership.value.index : undefined;
}

/** Whether this key may change this run. */
export function ownerCheck({ mainAuthority, ownership }: RunFacts, authority: Address): Check {
  if (ownership.kind === 'foreign-treasurer') return foreignTreasurer(ownership.treasurerRun);
  if (mainAuthority === authority) {
    const through = ownership.kind === 'treasurer' ? ` through its treasury ${ownership.treasurerRun}` : '';
    return pass('Main authority', `${authority} owns the run${through}`);
  }
  const stranger = fail(
    'Main authority',
    `The run belongs to ${mainAuthority}, not to ${authority} (ConstraintRaw 2003)`,
    'Choose that key as authority',
    'authority',
  );
  return withAction(stranger, 'Choose signers', { kind: 'signers' });
}

/** A stranger can name any account as the owner of a new run, also somebody's treasury. */
export function foreignTreasurer(treasurerRun: Address): Check {
  return fail(
    'Main authority',
    `The run names the treasury ${treasurerRun} as its owner, but that treasury belongs to another run: nobody can change this one, and nothing paid there is for it`,
    'Check the run id: this looks like an imitation',
    'runId',
  );
}

/** A halted run is one nobody trains on; most changes need it. Source: PROTOCOL.md §8. */
export function isHalted(state: string): boolean {
  return state === 'Uninitialized' || state === 'Paused' || state === 'Finished';
}
