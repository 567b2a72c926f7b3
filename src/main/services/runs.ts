import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface } from '#core/codec/program-interface.ts';
import { writeConfig } from '#core/config/write-config.ts';
import { dumpRun } from '#core/dump/dump-run.ts';
import { dumpUser } from '#core/dump/dump-user.ts';
import { followPlan } from '#core/dump/read-plan.ts';
import { planRunFacts } from '#core/dump/run-facts.ts';
import { stringifyJson } from '#core/dump/stringify-json.ts';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { authorizationAddress, coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Account, Clock } from '#core/ports.ts';
import { ownerOf, ownershipOf } from '#core/operations/run-facts.ts';
import { readRunSlices, RUN_SLICES } from '#core/runs/run-slices.ts';
import type { RunRow, RunView } from '#core/runs/run-row.ts';
import { ownersOfRuns } from '#core/runs/treasury-owners.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import type { Dialogs, Sleep, TextFiles } from '#main/ports.ts';
import type { Connections } from './connections.ts';
import { inTurns } from './in-turns.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = {
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly dialogs: Dialogs;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly sleep: Sleep;
};

const INSTANCE_DISCRIMINATOR = accountInterface('coordinator', 'CoordinatorInstance').discriminator;
const TREASURY_DISCRIMINATOR = accountInterface('treasurer', 'Run').discriminator;

export type Runs = ReturnType<typeof createRuns>;

/** Runs as the chain has them: list, one in full, dump. */
export function createRuns({ connections, signers, dialogs, files, clock, sleep }: Deps) {
  async function dump(runId: string): Promise<string> {
    const { node, profile } = connections.current();
    return stringifyJson(dumpRun(await followPlan(planRunFacts({ runId, programs: profile.programs }), node)));
  }

  async function userDump(runId: string, user: Address): Promise<string> {
    const { node, profile } = connections.current();
    const facts = await followPlan(planRunFacts({ runId, programs: profile.programs, user }), node);
    if (!facts.user) throw new Error('a plan with a user answered without one');
    return stringifyJson(dumpUser(facts, facts.user));
  }

  async function saveJson(
    json: string,
    name: string,
  ): Promise<{ kind: 'cancelled' } | { kind: 'saved'; fileName: string }> {
    const path = await dialogs.chooseTarget({
      title: 'Save the dump',
      button: 'Save',
      fileName: `${name.replace(/[^\p{L}\p{N}._-]+/gu, '_') || 'run'}.json`,
      filters: [{ name: 'JSON', extensions: ['json'] }],
    });
    if (path === undefined) return { kind: 'cancelled' };
    await files.write(path, `${json}\n`);
    return { kind: 'saved', fileName: path.split(/[\\/]/).at(-1) ?? '' };
  }

  return {
    /** Every run of the cluster: the small instances whole, of the large accounts only slices. */
    async list(): Promise<{ slot: bigint; rows: RunRow[] }> {
      const { node, profile } = connections.current();
      const { coordinator, treasurer } = profile.programs;
      const [{ slot, accounts }, treasuries] = await Promise.all([
        node.readProgramAccounts({
          program: coordinator,
          space: ACCOUNT_SIZES.CoordinatorInstance,
          prefix: INSTANCE_DISCRIMINATOR,
        }),
        node.readProgramAccounts({ program: treasurer, space: ACCOUNT_SIZES.Run, prefix: TREASURY_DISCRIMINATOR }),
      ]);
      const ownerOfRun = ownersOfRuns(treasuries.accounts);
      // There may be ten thousand of them.
      const found = await inTurns(accounts, readInstance, { clock, sleep });
      const instances = found.flat().map((instance) => ({ ...instance, mainAuthority: ownerOfRun(instance) }));
      const addresses = instances.map(({ account }) => account);
      const slices = await Promise.all(RUN_SLICES.map((slice) => node.readAccounts(addresses, slice)));
      const own = new Set(signers.addresses());
      const rowOf = ([index, instance]: [number, Instance]) => ({
        ...instance,
        mine: own.has(instance.mainAuthority) || own.has(instance.joinAuthority),
        reading: readRunSlices(slices.map((slice) => slice.accounts[index])),
      });
      const rows = await inTurns(instances.entries(), rowOf, { clock, sleep });
      return { slot, rows };
    },

    /** Two round trips: the instance, then what it names. @throws AppError `run/not-found`, `run/account-missing` */
    async read(runId: string): Promise<RunView> {
      const { node, profile } = connections.current();
      const { programs } = profile;
      const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
      const [{ accounts }, clusterTime] = await Promise.all([
        node.readAccounts([instance]),
        node.readClusterTime().catch(() => Math.floor(clock.now() / 1000)),
      ]);
      const [found] = accounts.flatMap((each) => (each?.owner === programs.coordinator ? readInstance(each) : []));
      if (!found) throw new AppError('run/not-found', { runId });
      const { account, mainAuthority, joinAuthority } = found;
      const anyone = authorizationAddress(joinAuthority, SYSTEM_PROGRAM, programs.authorizer).address;
      const second = await node.readAccounts([account, mainAuthority, anyone]);
      const [data, authority, authorization] = second.accounts;
      if (!data || data.owner !== programs.coordinator) throw new AppError('run/account-missing', { runId, account });
      const ownership = ownershipOf(authority, { instance, account }, programs);
      return {
        slot: second.slot,
        readAt: clock.now(),
        runId,
        instance,
        account,
        mainAuthority: ownerOf(mainAuthority, ownership),
        joinAuthority,
        accountData: data.data,
        accountLamports: data.lamports,
        ...(ownership.kind === 'treasurer' ? { treasurerRun: mainAuthority } : {}),
        openToAnyone: isActive(authorization, programs),
        clusterTime,
      };
    },

    dump,

    /** What the chain has as a `config.toml`. @throws AppError `config/not-writable`, `run/…` */
    async configText(runId: string): Promise<string> {
      const { node, profile } = connections.current();
      const { account } = await followPlan(planRunFacts({ runId, programs: profile.programs }), node);
      return writeConfig(account.value.state.coordinator);
    },

    async saveDump(runId: string) {
      return saveJson(await dump(runId), runId);
    },

    /** One wallet's side of a run. @throws AppError `run/…`, `dump/…` */
    dumpUser: userDump,

    async saveUserDump(runId: string, user: Address) {
      return saveJson(await userDump(runId, user), `${runId} ${user}`);
    },
  };
}

type Instance = { runId: string; instance: Address; account: Address; mainAuthority: Address; joinAuthority: Address };

/** Nothing for an account that only looks like an instance. */
function readInstance({ address, data }: Account): Instance[] {
  try {
    const value = decodeAccount('coordinator', 'CoordinatorInstance', data).value as CoordinatorInstance;
    return [
      {
        runId: value.run_id,
        instance: address,
        account: addressFromBytes(value.coordinator_account),
        mainAuthority: addressFromBytes(value.main_authority),
        joinAuthority: addressFromBytes(value.join_authority),
      },
    ];
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return [];
  }
}

function isActive(account: Account | undefined, programs: ProgramIds): boolean {
  if (!account || account.owner !== programs.authorizer) return false;
  try {
    return (decodeAccount('authorizer', 'Authorization', account.data).value as Authorization).active;
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return false;
  }
}
