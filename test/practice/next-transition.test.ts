import { expect, test } from 'vitest';
import fc from 'fast-check';
import { nextTransition } from '#core/runs/next-transition.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { join, joinArgs, setUpWaiting, validProof, warmupArgs, witnessArgs } from './coordinator-steps.ts';
import { sampleConfig } from './run-on-stage.ts';

/** What a run lives through between two ticks. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), seed: fc.integer({ min: 200, max: 203 }) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'witness' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pause' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'resume' as const }) },
);

test('every tick does what was foretold, and nothing before the moment that was named', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 30, maxLength: 80 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 3 }),
      (events, totalSteps, minClients) => {
        const config = sampleConfig({
          total_steps: totalSteps + 1,
          min_clients: minClients,
          init_min_clients: minClients,
          witness_nodes: 0,
        });
        const { stage, run } = setUpWaiting(config);
        join(stage, run, 200);
        for (const each of events) {
          happen(each, stage, run);
          const { state } = run.read();
          const before = state.coordinator.run_state;
          const next = nextTransition(state, stage.clock.unixTimestamp);
          const result = run.send('tick', {}, stage.fund(900));
          const after = result.err === null ? run.read().state.coordinator.run_state : 'refused';
          const foretold = next.kind === 'now' ? next.to : next.kind === 'none' ? 'refused' : before;
          expect([before, next, after]).toEqual([before, next, foretold]);
          if (next.kind === 'at') expect(next.at).toBeGreaterThan(stage.clock.unixTimestamp);
          seen.add(next.kind === 'now' ? `${before} ${next.reason}` : `${before} ${next.kind}`);
        }
      },
    ),
    { numRuns: Math.min(propertyRuns(), 60), seed: 7 },
  );
  for (const must of [
    'WaitingForMembers members-joined',
    'WaitingForMembers needs-clients',
    'Warmup warmup-over',
    'RoundTrain training-over',
    'RoundWitness no-witness',
    'RoundWitness next-round',
    'Cooldown cooldown-over',
    'Cooldown pause-pending',
    'Paused none',
  ]) {
    expect([...seen]).toContain(must);
  }
});

type World = ReturnType<typeof setUpWaiting>;

function happen(
  each: { kind: string; seconds?: number; seed?: number },
  stage: World['stage'],
  run: World['run'],
): void {
  const { coordinator } = run.read().state;
  switch (each.kind) {
    case 'wait':
      return run.wait(BigInt(each.seconds ?? 0));
    case 'join': {
      const user = stage.fund(each.seed ?? 200);
      run.send('join_run', joinArgs(user), user);
      return;
    }
    case 'witness':
      if (coordinator.run_state === 'RoundTrain' || coordinator.run_state === 'RoundWitness') report(stage, run);
      return;
    case 'pause':
    case 'resume':
      run.send('set_paused', { paused: each.kind === 'pause' });
      return;
  }
}

/** The first client reports the round, if it still can. */
function report(stage: World['stage'], run: World['run']): void {
  const first = stage.fund(200);
  run.send('witness', witnessArgs(validProof(run, 0)), first);
  run.send('warmup_witness', warmupArgs({ position: 0n, index: 0n, witness: true }), first);
}
