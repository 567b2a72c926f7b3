import type { ProgramIds } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { authorizationAddress } from '#core/layouts/addresses.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Chain } from '../chain/chain.ts';
import { signTransaction } from '../genesis/sign-transaction.ts';
import { callInstruction, type ClientCall, unitLimitInstruction } from './client-calls.ts';
import type { ClientRecord, ClientScript } from './client-record.ts';
import type { ClientsFile } from './clients-file.ts';
import { type ClientReport, isInEpoch, type Refused, reportOn } from './client-report.ts';
import { type Actor, isSilent, nameOf, planCalls } from './plan-calls.ts';
import { IN_EPOCH, phaseIn, phaseOf } from './run-phase.ts';
import { createAuthorizationFinder, createRunReader, type RunView } from './run-view.ts';

/** Transactions of all clients together in one beat: with more, people's own would wait for them. */
const CALLS_PER_BEAT = 16;

/** Transactions and steps of one jump of the clock that the clients live through; whatever is left of it passes at once. */
const CALLS_PER_JUMP = 1_000;

/** A client below this gets lamports from the faucet: enough for 200 fees. Lamports. */
const LOW_LAMPORTS = 2_000_000n;

/** What it gets. Lamports. */
const POCKET_MONEY = 1_000_000_000n;

/** How long a client that was refused waits before it tries the same again. Slots: five seconds. */
const RETRY_SLOTS = 25n;

/** Clients on one network, whatever their runs. */
export const MAX_SIMULATED_CLIENTS = 1_024;

export type SimulatedClients = ReturnType<typeof createSimulatedClients>;

type Refusal = Refused & { readonly slot: bigint; readonly during: string };

/** What is remembered of a run between two looks at it. */
type Memory = {
  idle?: {
    readonly source: RunView['source'];
    readonly dueAt: bigint | undefined;
    readonly retrySlot: bigint | undefined;
  };
  savedEpoch?: number;
};

/**
 * Headless clients that take part in runs of this network: they join when the program lets them, warm up, train, report,
 * save the model, leave or drop out. All they do is send signed transactions, as participants anywhere do. Their
 * transactions end no slots, so a person's blockhash lives as long as without them.
 */
export function createSimulatedClients(
  chain: Chain,
  { programIds, file }: { programIds: ProgramIds; file?: ClientsFile | undefined },
) {
  const readRun = createRunReader(chain, programIds);
  const authorizationsOf = createAuthorizationFinder(chain, programIds);
  let actors = new Map<number, Actor>();
  let nextNumber = 0;
  let sequence = 0;
  let turn = 0;
  const refusals = new Map<number, Refusal>();
  const memories = new Map<string, Memory>();

  const saved = file?.load();
  if (saved?.genesisHash === chain.genesisHash()) {
    nextNumber = saved.nextNumber;
    actors = new Map(saved.clients.map((record) => [record.number, actorOf(record)]));
  }

  function actorOf(record: ClientRecord): Actor {
    const key = chain.keyFor(`client ${record.number}`);
    return { record, key, wallet: addressToBytes(key.address) };
  }

  function changed(): void {
    for (const memory of memories.values()) delete memory.idle;
    const clients = [...actors.values()].map(({ record }) => record);
    file?.save({ version: 1, genesisHash: chain.genesisHash(), nextNumber, clients });
  }

  function clientsOf(runId: string): Actor[] {
    return [...actors.values()].filter(({ record }) => record.runId === runId);
  }

  /** One call of one client; `false` when it was refused. */
  function send({ record, key }: Actor, call: ClientCall, view: RunView, authorization: Address): boolean {
    if ((chain.account(key.address)?.lamports ?? 0n) < LOW_LAMPORTS) {
      chain.pour(key.address, POCKET_MONEY, { endsSlot: false });
    }
    sequence += 1;
    const instruction = callInstruction(call, view, { user: key.address, authorization, programs: programIds });
    const { blockhash } = chain.latestBlockhash();
    const wire = signTransaction([unitLimitInstruction(sequence), instruction], [key], blockhash);
    const submission = chain.submit(wire, { preflight: true, endsSlot: false });
    if (submission.kind === 'taken') {
      refusals.delete(record.number);
      return true;
    }
    const failed = submission.kind === 'unsigned' ? undefined : submission.simulation.processed;
    refusals.set(record.number, {
      slot: chain.time().slot,
      during: phaseOf(view),
      instruction: call.name,
      error: failed?.err ?? 'SignatureFailure',
      logs: failed?.kind === 'landed' ? failed.execution.logs : [],
    });
    return false;
  }

  /** Lets a run's clients do what they have to, up to a number of transactions; the answer is how many they sent. */
  function actIn(runId: string, budget: number): number {
    const memory = memories.get(runId) ?? {};
    memories.set(runId, memory);
    let sent = 0;
    while (sent < budget) {
      const view = readRun(runId);
      if (view === undefined) return sent;
      const { slot, unixTimestamp: now } = chain.time();
      if (isStillIdle(memory, view, { slot, now })) return sent;
      const clients = clientsOf(runId);
      const mayAct = clients.filter(({ record }) => !isWaitingToRetry(refusals.get(record.number), view, slot));
      const { savedEpoch } = memory;
      const { calls, dueAt } = planCalls(view, mayAct, { now, savedEpoch });
      if (calls.length > 0) sent += performCalls(calls, view, budget - sent, memory);
      else if (!dismiss(runId, view)) {
        const retrySlot = mayAct.length < clients.length ? slot + RETRY_SLOTS : undefined;
        memory.idle = { source: view.source, dueAt, retrySlot };
        return sent;
      }
    }
    return sent;
  }

  function performCalls(
    calls: readonly { actor: Actor; call: ClientCall }[],
    view: RunView,
    budget: number,
    memory: Memory,
  ): number {
    const everybody = authorizationAddress(view.joinAuthority, SYSTEM_PROGRAM, programIds.authorizer).address;
    const findAuthorization =
      calls[0]?.call.name === 'join_run' ? authorizationsOf(view.joinAuthority, everybody) : () => everybody;
    let sent = 0;
    for (const { actor, call } of calls.slice(0, budget)) {
      send(actor, call, view, findAuthorization(actor.key.address));
      sent += 1;
      if (call.name === 'checkpoint') memory.savedEpoch = view.state.coordinator.progress.epoch;
      if (phaseIn(chain.account(view.account)?.data ?? view.source.data) !== phaseOf(view)) break;
    }
    return sent;
  }

  /** Strikes those off the list who have left, or of whom the run has noticed that they dropped out. */
  function dismiss(runId: string, { state: { coordinator } }: RunView): boolean {
    const { clients } = coordinator.epoch_state;
    const isRunning = IN_EPOCH.has(coordinator.run_state);
    const members = new Set(
      isRunning ? clients.filter(({ state }) => state === 'Healthy').map(({ id }) => nameOf(id.signer)) : [],
    );
    const gone = clientsOf(runId).filter(
      ({ record, wallet }) =>
        !members.has(nameOf(wallet)) &&
        (isSilent(record, coordinator.progress.step) || (record.lastEpoch ?? Infinity) < coordinator.progress.epoch),
    );
    if (gone.length === 0) return false;
    for (const { record } of gone) actors.delete(record.number);
    changed();
    return true;
  }

  function act(budget: number): number {
    let sent = 0;
    const runIds = [...new Set([...actors.values()].map(({ record }) => record.runId))];
    // Each run has its share, and another one is first every time, so that a busy one does not keep the others waiting.
    const share = Math.ceil(budget / Math.max(1, runIds.length));
    turn = runIds.length === 0 ? 0 : (turn + 1) % runIds.length;
    for (const runId of [...runIds.slice(turn), ...runIds.slice(0, turn)]) {
      sent += actIn(runId, Math.min(share, budget - sent));
    }
    return sent;
  }

  /** Seconds until some client has something to do, `undefined` while none has. */
  function secondsUntilDue(): bigint | undefined {
    const { unixTimestamp: now } = chain.time();
    const times = [...memories.values()].flatMap(({ idle }) => (idle?.dueAt === undefined ? [] : [idle.dueAt - now]));
    return times.toSorted((a, b) => (a < b ? -1 : 1))[0];
  }

  return {
    /** How many there are on this network. */
    count: () => actors.size,

    hasRun: (runId: string) => readRun(runId) !== undefined,

    /** Adds clients to a run that exists; they begin at the next beat. The answer is their addresses. */
    add(runId: string, count: number, script: ClientScript): Address[] {
      const { epochs, dropsOutAfterSteps, trainPercent } = script;
      const coordinator = readRun(runId)?.state.coordinator;
      const { epoch, step } = coordinator?.progress ?? { epoch: 0, step: 0 };
      const first = coordinator !== undefined && IN_EPOCH.has(coordinator.run_state) ? epoch + 1 : epoch;
      const added = Array.from({ length: count }, () => {
        const record: ClientRecord = {
          number: nextNumber,
          runId,
          trainPercent,
          ...(epochs === undefined ? {} : { lastEpoch: first + epochs - 1 }),
          ...(dropsOutAfterSteps === undefined ? {} : { silentFromStep: step + dropsOutAfterSteps }),
        };
        nextNumber += 1;
        const actor = actorOf(record);
        actors.set(record.number, actor);
        return actor.key.address;
      });
      changed();
      return added;
    },

    /** Every client, or those of one run, in the order they were added. */
    list(runId?: string): ClientReport[] {
      return [...actors.values()]
        .filter(({ record }) => runId === undefined || record.runId === runId)
        .map((actor) => {
          const view = readRun(actor.record.runId);
          return reportOn(actor, view, refusals.get(actor.record.number));
        });
    },

    /**
     * Lets clients go: `leave` at the end of the epoch they are in, `drop-out` by falling silent at once. They are off the
     * list when the run is done with them. The answer is the addresses of those concerned.
     */
    remove(runId: string, how: 'leave' | 'drop-out', addresses?: readonly Address[]): Address[] {
      const progress = readRun(runId)?.state.coordinator.progress;
      const going = clientsOf(runId).filter(({ key }) => addresses?.includes(key.address) ?? true);
      for (const actor of going) {
        const { number } = actor.record;
        if (progress === undefined) actors.delete(number);
        else if (how === 'drop-out') replace(actor, { silentFromStep: progress.step });
        else replace(actor, { lastEpoch: isInEpoch(actor, readRun(runId)) ? progress.epoch : progress.epoch - 1 });
      }
      changed();
      return going.map(({ key }) => key.address);
    },

    /** Lets clients do what is due. To be called about once a slot. */
    beat: () => act(CALLS_PER_BEAT),

    /**
     * Moves cluster time forward with the clients living through it, so that epochs end and points are earned. A jump
     * that would have them do more than a bounded amount of work ends with a leap over the rest.
     */
    advance(seconds: number): void {
      let left = seconds;
      let budget = actors.size === 0 ? 0 : CALLS_PER_JUMP;
      while (left > 0 && budget > 0) {
        budget -= 1;
        for (let sent = 1; sent > 0 && budget > 0; budget -= sent) sent = act(budget);
        const due = secondsUntilDue();
        const pace = due === undefined ? left : Math.min(left, Math.max(1, Number(due)));
        chain.advance(pace);
        left -= pace;
      }
      if (left > 0) chain.advance(left);
      act(Math.max(budget, CALLS_PER_BEAT));
    },

    /** Forgets every client, after the network has become another one. */
    forget(): void {
      actors = new Map();
      refusals.clear();
      memories.clear();
      nextNumber = 0;
      changed();
    },
  };

  function replace(actor: Actor, change: Partial<ClientRecord>): void {
    actors.set(actor.record.number, { ...actor, record: { ...actor.record, ...change } });
  }
}

function isStillIdle({ idle }: Memory, { source }: RunView, { slot, now }: { slot: bigint; now: bigint }): boolean {
  if (idle === undefined || idle.source !== source) return false;
  return (idle.dueAt === undefined || now < idle.dueAt) && (idle.retrySlot === undefined || slot < idle.retrySlot);
}

function isWaitingToRetry(refusal: Refusal | undefined, view: RunView, slot: bigint): boolean {
  return refusal !== undefined && refusal.during === phaseOf(view) && slot < refusal.slot + RETRY_SLOTS;
}
