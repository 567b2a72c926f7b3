import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulateTrace, Trace } from './simulate.ts';

type Recorded = { name: string; steps: { result: unknown; after: unknown }[] };

const file = JSON.parse(readFileSync('test/fixtures/psyche/vectors/simulation.json', 'utf8')) as { traces: Recorded[] };

describe('the run state machine', () => {
  test('has all recorded traces to answer for', () => {
    expect(file.traces).toHaveLength(11);
    expect(file.traces.flatMap(({ steps }) => steps)).toHaveLength(420);
  });

  test.each(file.traces.map((trace) => [trace.name, trace] as const))('replays %s without a difference', (_, trace) => {
    const { steps } = simulateTrace(Trace.parse(trace));
    for (const [index, { result, after }] of steps.entries()) {
      expect({ index, result, after }).toEqual({
        index,
        result: trace.steps[index]?.result,
        after: trace.steps[index]?.after,
      });
    }
    expect(steps).toHaveLength(trace.steps.length);
  });
});
