import type { RunRow } from '#core/runs/run-row.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { addressOf, DEMO, JOIN, OWNER } from './sample-addresses.ts';

const STATES = [
  'WaitingForMembers',
  'Warmup',
  'RoundTrain',
  'RoundWitness',
  'Cooldown',
  'Paused',
  'Finished',
  'Uninitialized',
];

/** 32 bytes in 17 characters: the longest id there can be. */
export const LONG_RUN_ID = 'тренировка-атлас7';

/** A run that exists on the sample chain, `mine` when it is the operator's. */
export type NamedRun = {
  readonly runId: string;
  readonly name: string;
  readonly state: string;
  readonly mine: boolean;
};

/** Runs that a sheet needs by name, before the thousands that only fill the list. */
export const NAMED_RUNS: readonly NamedRun[] = [
  { runId: 'atlas-1b-run-07', name: 'Atlas 1B mid-training', state: 'RoundTrain', mine: true },
  { runId: 'practice-run-1', name: 'Practice run 1', state: 'WaitingForMembers', mine: true },
  { runId: 'helios-new', name: 'Helios, not started', state: 'Uninitialized', mine: true },
  { runId: 'nightly-paused', name: 'Nightly', state: 'Paused', mine: true },
  { runId: 'plain-paused', name: 'Without rewards, paused', state: 'Paused', mine: true },
  { runId: LONG_RUN_ID, name: 'مدرّب أطلس ١٢', state: 'Warmup', mine: false },
  { runId: 'spoofed', name: 'Atlas \u202Egniniart', state: 'Paused', mine: false },
  { runId: 'old-layout', name: '', state: 'v0', mine: false },
];

/** Which state the run of an id is in. */
export function stateOfRun(runId: string): string {
  return NAMED_RUNS.find((run) => run.runId === runId)?.state ?? 'WaitingForMembers';
}

/** What the run of an id is called. */
export function nameOfRun(runId: string): string {
  return NAMED_RUNS.find((run) => run.runId === runId)?.name ?? '';
}

/** The list of a busy network. */
export function sampleRuns(count: number): RunRow[] {
  const named = NAMED_RUNS.map((run, index) => rowOf(run.runId, run.name, run.state, run.mine, index));
  const others = Array.from({ length: Math.max(0, count - named.length) }, (_, index) => {
    const state = index % 100 === 42 ? 'v0' : (STATES[(index * 7) % STATES.length] ?? 'Paused');
    return rowOf(
      `run-${String(index).padStart(5, '0')}`,
      `Model ${(index * 37) % 400} of the series`,
      state,
      false,
      index,
    );
  });
  return [...named, ...others];
}

function rowOf(runId: string, name: string, state: string, mine: boolean, seed: number): RunRow {
  const owner = mine ? DEMO : seed % 3 === 0 ? OWNER : addressOf(`owner ${seed % 97}`);
  return {
    runId,
    // Deriving ten thousand addresses takes seconds; only the named ones are looked at.
    instance: NAMED_RUNS.some((run) => run.runId === runId)
      ? coordinatorInstanceAddress(runId).address
      : addressOf(`instance ${runId}`),
    account: addressOf(`account ${runId}`),
    mainAuthority: owner,
    joinAuthority: mine ? DEMO : JOIN,
    mine,
    reading:
      state === 'v0'
        ? { kind: 'unreadable', code: 'account/size', params: { expected: 119_160, actual: 119_072 }, label: name }
        : {
            kind: 'ok',
            name,
            state,
            pendingPause: false,
            epoch: seed % 40,
            step: (seed * 1_543) % 60_000,
            totalSteps: 60_000,
            epochClients: state === 'RoundTrain' ? 48 : 0,
            knownClients: 48 + ((seed * 31) % 209),
            clientVersion: seed % 4 === 0 ? 'latest' : 'v0.4.1',
          },
  };
}
