import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { createRunOnStage } from '#test/practice/run-on-stage.ts';
import { createStage } from '#test/practice/stage.ts';
import { traceInstruction } from '#test/practice/trace-instructions.ts';
import { Trace } from './simulate.ts';
import { walletOf } from './trace-step.ts';
import { traceView } from './trace-view.ts';

type Recorded = { name: string; steps: { result: unknown; after: unknown }[] };

const file = JSON.parse(readFileSync('test/fixtures/psyche/vectors/simulation.json', 'utf8')) as { traces: Recorded[] };

describe('instructions of a trace', () => {
  test.each(file.traces.map((trace) => [trace.name, trace] as const))('leave the bytes %s tells of', (_, recorded) => {
    const stage = createStage();
    const { run } = createRunOnStage(stage);
    const names = new Map<string, string>();
    const identityOf = (signer: string) => {
      const wallet = walletOf(signer);
      names.set(wallet.join(), signer);
      return wallet;
    };
    for (const [index, step] of Trace.parse(recorded).steps.entries()) {
      stage.clock.unixTimestamp = BigInt(step.unix_timestamp);
      stage.clock.slot = BigInt(step.slot);
      const { err } = stage.send([traceInstruction(step, run, identityOf).instruction]);
      const bytes = stage.accounts.get(run.account)?.data ?? new Uint8Array(0);
      const after = traceView(decodeCoordinatorAccount(bytes), (wallet) => names.get(wallet.join()) ?? '');
      const { result, after: expected } = recorded.steps[index] ?? {};
      const code = typeof result === 'object' && result !== null && 'code' in result ? result.code : undefined;
      expect({ index, err, after }).toEqual({
        index,
        err: code === undefined ? null : { InstructionError: [0, { Custom: code }] },
        after: expected,
      });
    }
  });
});
