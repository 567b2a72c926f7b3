import { encodeAccount } from '#core/codec/account-codec.ts';
import { authorizationAddress, coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { startsWith } from '#core/codec/program-interface.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { accountBytes } from './sample-accounts.ts';
import { addressOf, DEMO, JOIN, OWNER } from './sample-addresses.ts';
import { NAMED_RUNS, type NamedRun } from './sample-runs.ts';
import { nonceAccounts } from './sample-nonces.ts';
import { SAMPLE_BALANCES } from './sample-signers.ts';
import type { SampleAccount } from './sample-account.ts';
import { mainAuthorityOf, tokenAccounts, treasuryAccounts } from './sample-treasury.ts';
import type { Scenario } from './scenario.ts';

/** A join authorization of the operator's, with the delegates it lets in. */
type SampleAuthorization = {
  readonly grantee: Address;
  readonly active: boolean;
  readonly delegates: readonly Address[];
  /** Days since it was switched; two months when absent, past the thirty days after which it may be closed. */
  readonly updatedDaysAgo?: number;
};

const AUTHORIZATIONS: readonly SampleAuthorization[] = [
  { grantee: SYSTEM_PROGRAM, active: true, delegates: [] },
  { grantee: OWNER, active: true, delegates: [addressOf('delegate 1'), addressOf('delegate 2')] },
  { grantee: JOIN, active: false, delegates: [] },
  { grantee: addressOf('lab 1'), active: true, delegates: manyDelegates(24), updatedDaysAgo: 3 },
  { grantee: addressOf('lab 2'), active: true, delegates: [], updatedDaysAgo: 0 },
  { grantee: addressOf('lab 3'), active: false, delegates: manyDelegates(2), updatedDaysAgo: 12 },
  { grantee: addressOf('lab 4'), active: false, delegates: [], updatedDaysAgo: 40 },
];

function manyDelegates(count: number): readonly Address[] {
  return Array.from({ length: count }, (_, index) => addressOf(`lab delegate ${index}`));
}

/** Accounts whose keys this app made: the operator's own runs. */
export const OWN_ACCOUNTS: ReadonlySet<Address> = new Set(
  NAMED_RUNS.filter(({ mine }) => mine).map(({ runId }) => addressOf(`account ${runId}`)),
);

/**
 * A cluster in memory: the named runs with their treasuries, the wallets, who may join. Every byte comes from the
 * project's codecs, so what reads it is the app's own code.
 *
 * @param paidIn - native units that arrived in a run's vault meanwhile
 */
export function createSampleChain(
  scenario: Scenario,
  { slot, paidIn }: { slot: () => bigint; paidIn: (runId: string) => bigint },
): ChainReader {
  const isEmpty = scenario.state === 'empty';
  const stored: readonly SampleAccount[] = isEmpty
    ? tokenAccounts()
    : [
        ...tokenAccounts(),
        ...NAMED_RUNS.flatMap((run) => [...runAccounts(run, scenario), ...treasuryAccounts(run.runId, paidIn)]),
        ...AUTHORIZATIONS.map(authorizationAccount),
        ...nonceAccounts(),
      ];
  const byAddress = new Map(stored.map((account) => [account.address, account]));

  function read(address: Address): Account | undefined {
    const found = byAddress.get(address);
    if (found) return accountOf(found);
    const lamports = SAMPLE_BALANCES[address] ?? 0n;
    if (lamports === 0n) return undefined;
    return { address, lamports, owner: SYSTEM_PROGRAM, executable: false, data: new Uint8Array(), space: 0 };
  }

  return {
    readAccounts: async (addresses) => ({ slot: slot(), accounts: addresses.map(read) }),
    readProgramAccounts: async ({ program, space, prefix, matching = [] }) => ({
      slot: slot(),
      accounts: stored
        .filter(({ owner }) => owner === program)
        .map(accountOf)
        .filter(({ data }) => (space === undefined || data.length === space) && startsWith(data, prefix))
        .filter(({ data }) => matching.every(({ offset, bytes }) => startsWith(data.subarray(offset), bytes))),
    }),
    readClusterTime: async () => Math.floor(Date.now() / 1_000),
    readRentFloor: async (sizeBytes) => rentExemptMinimum(sizeBytes),
  };
}

function accountOf({ address, owner, data: bytes }: SampleAccount): Account {
  const data = bytes();
  const lamports = rentExemptMinimum(data.length);
  return { address, lamports, owner, executable: false, data, space: data.length };
}

function runAccounts({ runId, state, mine }: NamedRun, scenario: Scenario): SampleAccount[] {
  const { address, bump } = coordinatorInstanceAddress(runId);
  const account = addressOf(`account ${runId}`);
  const owner = DEFAULT_PROGRAM_IDS.coordinator;
  const instance = padded(
    encodeAccount('coordinator', 'CoordinatorInstance', {
      bump,
      main_authority: addressToBytes(mainAuthorityOf(runId, mine ? DEMO : OWNER)),
      join_authority: addressToBytes(mine ? DEMO : JOIN),
      coordinator_account: addressToBytes(account),
      run_id: runId,
    }),
    ACCOUNT_SIZES.CoordinatorInstance,
  );
  let bytes: Uint8Array | undefined;
  return [
    { address, owner, data: () => instance },
    { address: account, owner, data: () => (bytes ??= accountBytes(runId, state, scenario)) },
  ];
}

function authorizationAccount({ grantee, active, delegates, updatedDaysAgo = 60 }: SampleAuthorization): SampleAccount {
  const { address, bump } = authorizationAddress(DEMO, grantee);
  const data = encodeAccount('authorizer', 'Authorization', {
    bump,
    grantor: addressToBytes(DEMO),
    grantee: addressToBytes(grantee),
    scope: JOIN_SCOPE,
    active,
    delegates: delegates.map(addressToBytes),
    grantor_update_unix_timestamp: BigInt(Math.floor(Date.now() / 1_000) - updatedDaysAgo * 86_400),
  });
  return { address, owner: DEFAULT_PROGRAM_IDS.authorizer, data: () => data };
}

function padded(data: Uint8Array, sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  whole.set(data);
  return whole;
}
