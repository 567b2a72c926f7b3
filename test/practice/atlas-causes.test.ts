import { afterAll, beforeAll, expect, test } from 'vitest';
import { atlasEntry } from '#core/error-atlas/atlas.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import { createCodeWorld, type CodeWorld, wireOf } from './code-world.ts';
import { CODE_CASES } from './program-codes.ts';
import { callRpc, startTestNetwork } from './start-test-network.ts';

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let world: CodeWorld;
beforeAll(async () => {
  stage = await startTestNetwork({});
  world = createCodeWorld(stage.network.chain);
});
afterAll(() => stage.network.close());

test.each(CODE_CASES)(
  'the atlas has a cause of %s %d for the instruction and the account that really failed',
  async (table, code, _program, arrange) => {
    const wire = wireOf(stage.network.chain, arrange(world));
    const answer = await callRpc(stage.network.rpcUrl, 'sendTransaction', [wire, { encoding: 'base64' }]);
    const { err, logs } = (answer as { error: { data: { err: unknown; logs: string[] } } }).error.data;
    const failure = explainFailure({ error: err, logs });
    expect(failure.entry).toBe(`${table === 'framework' ? 'anchor' : table}-${code}`);
    const instruction = logs.findLast((line) => line.startsWith('Program log: Instruction: '))?.split(': ')[2];
    const name = instruction?.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
    const shown = [failure.cause, ...(failure.possible ?? []).map(({ cause }) => cause)];
    const fitting = atlasEntry(failure.entry ?? '')?.causes.filter(
      ({ when, from, via, accounts }) =>
        shown.includes(when) &&
        (name === undefined || from === undefined || from.includes(name) || via?.includes(name) === true) &&
        (failure.account === undefined || accounts === undefined || accounts.includes(failure.account)),
    );
    expect(fitting, `${name} ${failure.account}`).not.toEqual([]);
  },
  30_000,
);
