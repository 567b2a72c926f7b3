import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createCodeWorld, type CodeWorld, wireOf } from './code-world.ts';
import { CODE_CASES } from './program-codes.ts';
import { callRpc, startTestNetwork } from './start-test-network.ts';

type Named = { readonly code: number; readonly name: string; readonly msg?: string };
const file = JSON.parse(readFileSync('test/fixtures/psyche/programs.json', 'utf8')) as {
  readonly programs: Readonly<Record<string, { readonly errors: readonly Named[] }>>;
  readonly anchorErrors: readonly Named[];
};
const tables = new Map([
  ...Object.entries(file.programs).map(([program, { errors }]) => [program, errors] as const),
  ['framework', file.anchorErrors] as const,
]);

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let world: CodeWorld;
beforeAll(async () => {
  stage = await startTestNetwork({});
  world = createCodeWorld(stage.network.chain);
});
afterAll(async () => {
  await stage.network.close();
  expect(stage.notices).toEqual([]);
});

test.each(CODE_CASES)(
  '%s %d is refused with its name in the log',
  async (table, code, program, arrange) => {
    const attempt = arrange(world);
    const wire = wireOf(stage.network.chain, attempt);
    const answer = await callRpc(stage.network.rpcUrl, 'sendTransaction', [wire, { encoding: 'base64' }]);
    const index = attempt.instructions.length - 1;
    const hex = `custom program error: 0x${code.toString(16)}`;
    expect(answer).toMatchObject({
      error: {
        code: -32002,
        message: `Transaction simulation failed: Error processing Instruction ${index}: ${hex}`,
        data: { err: { InstructionError: [index, { Custom: code }] } },
      },
    });
    const { logs } = (answer as { error: { data: { logs: string[] } } }).error.data;
    const known = tables.get(table)?.find((each) => each.code === code);
    const words = `Error Code: ${known?.name}. Error Number: ${code}. Error Message: ${known?.msg ?? ''}`;
    expect(logs.find((line) => line.startsWith('Program log: AnchorError '))).toContain(words);
    expect(logs.at(-1)).toBe(`Program ${DEFAULT_PROGRAM_IDS[program]} failed: ${hex}`);
  },
  30_000,
);

test('every code of the programs is provoked here, or listed as out of reach', () => {
  const listed = [
    ...readFileSync('test/unreachable-codes.md', 'utf8').matchAll(/^\| (\w+) +\| (\d+) +\| (\w+) +\|/gm),
  ].map(([, table, code, name]) => `${table} ${code} ${name}`);
  const provoked = CODE_CASES.map(([table, code]) => {
    const name = tables.get(table)?.find((each) => each.code === code)?.name;
    return `${table} ${code} ${name}`;
  });
  const all = [...tables].flatMap(([table, errors]) => errors.map(({ code, name }) => `${table} ${code} ${name}`));
  expect([...listed, ...provoked].toSorted()).toEqual(all.toSorted());
});
