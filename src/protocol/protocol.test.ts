import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { account } from './verbs/account.ts';
import { config } from './verbs/config.ts';
import { decode } from './verbs/decode.ts';
import { encode } from './verbs/encode.ts';
import { pda } from './verbs/pda.ts';
import { simulate } from './verbs/simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'protocol-'));
afterAll(() => rmSync(folder, { recursive: true }));

const golden = 'test/fixtures/psyche';
const instructions: Vector[] = vectorsOf('instructions.json');
const encoded = instructions.map(({ name, program, dataHex, accounts }) => ({ name, program, dataHex, accounts }));

type Vector = {
  name: string;
  program: string;
  instruction: string;
  inputs: Record<string, unknown>;
  dataHex: string;
  accounts: { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

describe('encode and decode', () => {
  test('give the golden bytes and accounts of every instruction, in order', () => {
    const input = instructions.map(({ name, program, instruction, inputs }) => ({
      name,
      program,
      instruction,
      inputs,
    }));
    const expected = instructions.map(({ name, dataHex, accounts }) => ({ name, dataHex, accounts }));
    expect(encode(file(input))).toEqual(expected);
  });

  test('read back what every instruction says', () => {
    const read = decode(file(encoded)) as { name: string; instruction: string; inputs: Record<string, unknown> }[];
    expect(read).toHaveLength(93);
    read.forEach(({ name, instruction, inputs }, index) => {
      const vector = instructions[index];
      expect(instruction).toBe(vector?.instruction);
      if (inputs['args'] === undefined) expect(inputs).toEqual(vector?.inputs);
      else expect(asF32(inputs['args']), name).toEqual(asF32(vector?.inputs['args']));
    });
  });

  test('are each other’s reverse', () => {
    const read = decode(file(encoded)) as { inputs: object }[];
    const again = encode(file(read)) as { dataHex: string }[];
    expect(again.map(({ dataHex }) => dataHex)).toEqual(instructions.map(({ dataHex }) => dataHex));
  });

  test('name the place of an argument that does not fit', () => {
    const [first] = instructions.filter(({ instruction }) => instruction === 'set_paused');
    const wrong = [{ ...first, inputs: { ...first?.inputs, args: { paused: 'no' } } }];
    expect(() => encode(file(wrong))).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ path: 'paused' }) }),
    );
  });
});

describe('account', () => {
  const fixtures = readdirSync(join(golden, 'fixtures')).filter((name) => name.endsWith('.bin'));

  test.each(fixtures)('%s decodes to its golden values', (name) => {
    const expected = JSON.parse(readFileSync(join(golden, 'fixtures', name.replace('.bin', '.expected.json')), 'utf8'));
    expect(account(join(golden, 'fixtures', name))).toEqual(expected.decoded);
  });

  test('says by how much an account of an older program is too small', () => {
    const old = new Uint8Array(119_072);
    old.set(readFileSync(join(golden, 'fixtures/full.bin')).subarray(0, 8));
    const params = { expected: 119_160, actual: 119_072 };
    expect(() => account(bytes(old))).toThrow(expect.objectContaining({ code: 'account/size', params }));
  });

  test('refuses bytes no run program writes', () => {
    expect(() => account(bytes(new Uint8Array(20)))).toThrow(AppError);
  });
});

test('pda derives every golden address and index', () => {
  const vectors: { kind: string; inputs: unknown }[] = vectorsOf('pdas.json');
  const expected = vectors.map(({ inputs: _, ...rest }) => rest);
  expect(pda(file(vectors.map(({ kind, inputs }) => ({ kind, inputs }))))).toEqual(expected);
});

test('config answers a refusal as a result', () => {
  expect(config(join(golden, 'vectors/configs/bad-u8-range.toml'))).toMatchObject({
    ok: false,
    stage: 'parse',
    path: 'config.waiting_for_members_extra_time',
    why: 'out-of-range',
  });
});

test('simulate replays the golden traces without a difference', () => {
  const { traces } = JSON.parse(readFileSync(join(golden, 'vectors/simulation.json'), 'utf8'));
  for (const { name, steps } of traces) {
    const input = steps.map(({ result: _, after: __, ...step }: Record<string, unknown>) => step);
    const expected = steps.map(({ result, after }: Record<string, unknown>) => ({ result, after }));
    expect(simulate(file({ name, steps: input })), name).toEqual({ steps: expected });
  }
});

test('simulate answers an abort of the program as a result', () => {
  const { traces } = JSON.parse(readFileSync(join(golden, 'vectors/simulation.json'), 'utf8'));
  const steps = traces.flatMap((trace: { steps: { op: string; args: { model?: { LLM: object } } }[] }) => trace.steps);
  const { model } = steps.find(({ args }: { args: { model?: unknown } }) => args.model !== undefined).args;
  const LLM = { ...model.LLM, cold_start_warmup_steps: 3, optimizer: { AdamW: ADAMW } };
  const step = { unix_timestamp: 1, slot: '1', op: 'update', args: { model: { LLM } } };
  expect(simulate(file({ name: 'model before configuration', steps: [step] }))).toMatchObject({
    steps: [{ result: { error: 'ProgramFailedToComplete', code: null } }],
  });
});

const ADAMW = { betas: [0.9, 0.95], weight_decay: 0.1, eps: 0.5, clip_grad_norm: null };

function vectorsOf(name: string) {
  return JSON.parse(readFileSync(join(golden, 'vectors', name), 'utf8')).vectors;
}

/** Some inputs have more digits than an f32 keeps; the bytes are compared in the test after. */
function asF32(json: unknown): unknown {
  if (typeof json === 'number') return Math.fround(json);
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(asF32);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asF32(value)]));
}

let files = 0;

function file(json: unknown): string {
  return bytes(new TextEncoder().encode(JSON.stringify(json)));
}

function bytes(content: Uint8Array): string {
  files += 1;
  const path = join(folder, `${files}`);
  writeFileSync(path, content);
  return path;
}
