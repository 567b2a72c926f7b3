import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface } from '#core/codec/program-interface.ts';
import { isAppError } from '#core/errors/app-error.ts';
import { JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES, type ProgramIds } from '#core/layouts/programs.ts';
import type { Account, BytesAt, ChainReader } from '#core/ports.ts';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { AuthorizationList, AuthorizationQuestion, AuthorizationRow } from './authorization-view.ts';
import { closingOf } from './closing.ts';

const AUTHORIZATION = accountInterface('authorizer', 'Authorization').discriminator;
const INSTANCE = accountInterface('coordinator', 'CoordinatorInstance').discriminator;

/** Where fields begin that filters compare: discriminator 8, bump 1, then keys of 32. Source: PROTOCOL.md §5.1. */
const GRANTOR_OFFSET = 9;
const GRANTEE_OFFSET = 41;
const SCOPE_OFFSET = 73;
const INSTANCE_JOIN_AUTHORITY_OFFSET = 41;

/**
 * Authorizations to join runs, and the runs that accept them: one round trip. Nothing large is read, and of the runs only
 * their instances.
 *
 * @param own - the operator's keys; without a question the authorizations that one of them gave or got
 * @throws AppError `rpc/…`
 */
export async function listAuthorizations(
  { grantor, grantee }: AuthorizationQuestion,
  { chain, programs, own }: { chain: ChainReader; programs: ProgramIds; own: ReadonlySet<Address> },
): Promise<AuthorizationList> {
  const [found, instances, clusterTime] = await Promise.all([
    chain.readProgramAccounts({
      program: programs.authorizer,
      prefix: AUTHORIZATION,
      matching: authorizationFilters(grantor, grantee),
    }),
    chain.readProgramAccounts({
      program: programs.coordinator,
      space: ACCOUNT_SIZES.CoordinatorInstance,
      prefix: INSTANCE,
      matching:
        grantor === undefined ? [] : [{ offset: INSTANCE_JOIN_AUTHORITY_OFFSET, bytes: addressToBytes(grantor) }],
    }),
    chain.readClusterTime(),
  ]);
  const runs = runsByJoinAuthority(instances.accounts);
  const isWanted = (row: AuthorizationRow) =>
    grantor !== undefined || grantee !== undefined || row.mineToGrant || row.mineToUse;
  const rows = found.accounts.flatMap((account) => rowOf(account, { runs, own, clusterTime })).filter(isWanted);
  return { slot: found.slot, clusterTime, rows: rows.toSorted(compareRows) };
}

/** Grantee and scope lie side by side: two filters say all three. */
function authorizationFilters(grantor: Address | undefined, grantee: Address | undefined): BytesAt[] {
  const scope = new Uint8Array(4 + JOIN_SCOPE.length);
  new DataView(scope.buffer).setUint32(0, JOIN_SCOPE.length, true);
  scope.set(JOIN_SCOPE, 4);
  const forGrantee =
    grantee === undefined
      ? { offset: SCOPE_OFFSET, bytes: scope }
      : { offset: GRANTEE_OFFSET, bytes: Uint8Array.of(...addressToBytes(grantee), ...scope) };
  return grantor === undefined
    ? [forGrantee]
    : [{ offset: GRANTOR_OFFSET, bytes: addressToBytes(grantor) }, forGrantee];
}

function rowOf(
  { address, data, lamports }: Account,
  {
    runs,
    own,
    clusterTime,
  }: { runs: ReadonlyMap<Address, readonly string[]>; own: ReadonlySet<Address>; clusterTime: number },
): AuthorizationRow[] {
  const value = readOr(() => decodeAccount('authorizer', 'Authorization', data).value);
  if (!value) return [];
  const [grantor, grantee] = [addressFromBytes(value.grantor), addressFromBytes(value.grantee)];
  const updatedAt = Number(value.grantor_update_unix_timestamp);
  return [
    {
      address,
      grantor,
      grantee,
      active: value.active,
      delegates: value.delegates.map(addressFromBytes),
      ...(updatedAt === 0 ? {} : { updatedAt }),
      closing: closingOf(value, clusterTime),
      lamports,
      runs: [...(runs.get(grantor) ?? [])],
      mineToGrant: own.has(grantor),
      mineToUse: own.has(grantee),
    },
  ];
}

function runsByJoinAuthority(instances: readonly Account[]): Map<Address, string[]> {
  const runs = new Map<Address, string[]>();
  for (const { data } of instances) {
    const instance = readOr(() => decodeAccount('coordinator', 'CoordinatorInstance', data).value);
    if (!instance) continue;
    const authority = addressFromBytes(instance.join_authority);
    runs.set(authority, [...(runs.get(authority) ?? []), instance.run_id].toSorted());
  }
  return runs;
}

/** Nothing for an account that only looks like one. */
function readOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return undefined;
  }
}

/** Active ones first, among them those for everyone; then as the addresses sort. */
function compareRows(one: AuthorizationRow, other: AuthorizationRow): number {
  const rank = ({ active, grantee }: AuthorizationRow) => (active ? 0 : 2) + (grantee === SYSTEM_PROGRAM ? 0 : 1);
  return rank(one) - rank(other) || (one.address < other.address ? -1 : 1);
}
