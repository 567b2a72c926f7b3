import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argsFromJson, argsToJson } from '#core/accounts/to-json.ts';
import { PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { psycheJson } from '#test/psyche-files.ts';
import { arbitraryValue } from '#test/arbitrary-value.ts';
import type { FieldNode } from './field-node.ts';
import { decodeInstruction, encodeInstruction, instructionAccounts } from './instruction-codec.ts';
import { instructionInterface, programInterface } from './program-interface.ts';
import type { Shape } from './shape.ts';

type Vector = {
  name: string;
  program: ProgramName;
  instruction: string;
  inputs: { args: Record<string, unknown> };
  dataHex: string;
  accounts: { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

const all = psycheJson<{ vectors: Vector[] }>('vectors/instructions.json').vectors;
const vectors = all.filter(({ program }) => PROGRAM_NAMES.includes(program));
const instructions = PROGRAM_NAMES.flatMap((program) =>
  programInterface(program).instructions.map((instruction) => ({ program, instruction })),
);

describe('instruction vectors', () => {
  test('cover all three programs', () => {
    expect(all).toHaveLength(93);
    expect(vectors).toHaveLength(90);
  });

  test.each(vectors)('$name encodes to the golden bytes', ({ program, instruction, inputs, dataHex }) => {
    const data = encodeInstruction(program, instruction, argsFromJson(program, instruction, inputs.args));
    expect(bytesToHex(data)).toBe(dataHex);
  });

  test.each(vectors)('$name decodes to its arguments', ({ program, instruction, inputs, dataHex }) => {
    const decoded = decodeInstruction(program, hexToBytes(dataHex));
    expect(decoded.name).toBe(instruction);
    const { args } = instructionInterface(program, instruction);
    expect(argsToJson(program, instruction, decoded.args)).toEqual(asStored(args, inputs.args));
  });

  test.each(vectors)('$name takes the accounts the interface lists', ({ program, instruction, accounts }) => {
    const listed = instructionAccounts(program, instruction);
    expect(listed.map(({ name, isSigner, isWritable }) => ({ name, isSigner, isWritable }))).toEqual(
      accounts.map(({ name, isSigner, isWritable }) => ({ name, isSigner, isWritable })),
    );
    const named = listed.map(({ constant }, index) => constant ?? accounts[index]?.pubkey);
    expect(named).toEqual(accounts.map(({ pubkey }) => pubkey));
  });

  test.each(vectors)(
    '$name: leaves cover every byte after the discriminator once, in order',
    ({ program, dataHex }) => {
      const data = hexToBytes(dataHex);
      const { fields } = decodeInstruction(program, data);
      let end = 8;
      for (const field of fields) {
        expect(field.start).toBe(end);
        end = field.end;
        expectNested(field);
      }
      expect(end).toBe(data.length);
    },
  );

  test.each(vectors)('$name: every truncation is refused', ({ program, dataHex }) => {
    const data = hexToBytes(dataHex);
    for (let length = 0; length < data.length; length++) {
      expect(errorCodeOf(() => decodeInstruction(program, data.subarray(0, length)))).toMatch(
        length < 8 ? 'codec/unknown-instruction' : 'codec/too-short',
      );
    }
  });

  test.each(vectors)('$name: a byte too many is refused', ({ program, dataHex }) => {
    expect(() => decodeInstruction(program, hexToBytes(`${dataHex}00`))).toThrow(
      expect.objectContaining({ code: 'codec/trailing-bytes' }),
    );
  });
});

test.each(instructions)('$instruction.name carries the discriminator of its name', ({ instruction }) => {
  const expected = sha256(utf8ToBytes(`global:${instruction.name}`)).slice(0, 8);
  expect(bytesToHex(instruction.discriminator)).toBe(bytesToHex(expected));
});

test.each(instructions)('$instruction.name round-trips any arguments', ({ program, instruction }) => {
  fc.assert(
    fc.property(arbitraryValue(instruction.args), (args) => {
      const data = encodeInstruction(program, instruction.name, args as Record<string, unknown>);
      expect(decodeInstruction(program, data).args).toEqual(args);
    }),
    { numRuns: Math.ceil(propertyRuns() / 4) },
  );
});

test('random bytes are understood or refused with a code, never anything else', () => {
  const heads = instructions.map(({ program, instruction }) => ({ program, head: instruction.discriminator }));
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 1200 }), ({ program, head }, tail) => {
      const data = Uint8Array.of(...head, ...tail);
      const code = errorCodeOf(() => decodeInstruction(program, data));
      expect(code === undefined || code.startsWith('codec/')).toBe(true);
    }),
    { numRuns: propertyRuns() },
  );
});

describe('refusals', () => {
  const setRates = (value: unknown) => () =>
    encodeInstruction('coordinator', 'set_future_epoch_rates', {
      epoch_earning_rate_total_shared: value,
      epoch_slashing_rate_per_client: null,
    });
  const update = (part: Record<string, unknown>) => () =>
    encodeInstruction('coordinator', 'update', {
      metadata: null,
      config: null,
      model: null,
      progress: null,
      ...part,
    });
  const metadata = { name: 'n', description: 'd', num_parameters: 1n, vocab_size: 1n };
  const progress = { epoch: 1, step: 1, epoch_start_data_index: 1n };

  test.each([
    ['a negative u64', setRates(-1n), 'codec/out-of-range', 'epoch_earning_rate_total_shared'],
    ['a u64 of 2^64', setRates(2n ** 64n), 'codec/out-of-range', 'epoch_earning_rate_total_shared'],
    ['a number for a u64', setRates(1), 'codec/wrong-type', 'epoch_earning_rate_total_shared'],
    ['text for a u64', setRates('1'), 'codec/wrong-type', 'epoch_earning_rate_total_shared'],
    ['an undefined option', setRates(undefined), 'codec/missing-field', 'epoch_earning_rate_total_shared'],
    ['a u16 of 65536', update({ progress: { ...progress, epoch: 65536 } }), 'codec/out-of-range', 'progress.epoch'],
    ['a broken number', update({ progress: { ...progress, step: 1.5 } }), 'codec/out-of-range', 'progress.step'],
    ['NaN', update({ progress: { ...progress, step: Number.NaN } }), 'codec/not-a-number', 'progress.step'],
    [
      'a missing field',
      update({ progress: { epoch: 1, step: 1 } }),
      'codec/missing-field',
      'progress.epoch_start_data_index',
    ],
    ['an unknown field', update({ progress: { ...progress, extra: 1 } }), 'codec/unknown-field', 'progress.extra'],
    [
      '65 bytes for 64',
      update({ metadata: { ...metadata, name: 'x'.repeat(65) } }),
      'codec/text-too-long',
      'metadata.name',
    ],
    [
      '33 two-byte letters for 64',
      update({ metadata: { ...metadata, name: 'é'.repeat(33) } }),
      'codec/text-too-long',
      'metadata.name',
    ],
    [
      'a NUL in fixed text',
      update({ metadata: { ...metadata, name: 'a\0b' } }),
      'codec/text-not-storable',
      'metadata.name',
    ],
    [
      'half a character',
      update({ metadata: { ...metadata, name: '\ud800' } }),
      'codec/text-not-storable',
      'metadata.name',
    ],
    ['an unknown variant', update({ model: { Llm: {} } }), 'codec/unknown-variant', 'model'],
    ['a variant without content', update({ model: 'LLM' }), 'codec/wrong-type', 'model'],
    ['two variants at once', update({ model: { LLM: {}, B: {} } }), 'codec/wrong-type', 'model'],
  ])('%s', (_what, encode, code, path) => {
    expect(encode).toThrow(expect.objectContaining({ code, params: expect.objectContaining({ path }) }));
  });

  test.each([
    ['a short key', new Uint8Array(31), 'codec/wrong-length'],
    ['text for a key', '11111111111111111111111111111111', 'codec/wrong-type'],
  ])('%s', (_what, grantee, code) => {
    const encode = () =>
      encodeInstruction('authorizer', 'authorization_create', { params: { grantee, scope: new Uint8Array() } });
    expect(encode).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining({ path: 'params.grantee' }) }),
    );
  });

  test('text "false" for a bool', () => {
    expect(() => encodeInstruction('coordinator', 'set_paused', { paused: 'false' })).toThrow(
      expect.objectContaining({ code: 'codec/wrong-type' }),
    );
  });

  test('more than a FixedVec holds', () => {
    const witness = all.find(({ name }) => name === 'coordinator.witness/full-metadata');
    const args = argsFromJson('coordinator', 'witness', witness?.inputs.args);
    const metadata = { ...(args['metadata'] as object), prompt_results: Array.from({ length: 17 }, () => 0) };
    expect(() => encodeInstruction('coordinator', 'witness', { ...args, metadata })).toThrow(
      expect.objectContaining({
        code: 'codec/too-many-items',
        params: { path: 'metadata.prompt_results', capacity: 16, actual: '17' },
      }),
    );
  });

  test.each([
    ['a bool of 2', '5b3c7dc0b0e1a6da02', 'codec/invalid-bool', 'paused'],
    ['an option tag of 2', 'ef15a057c7c8b6810200', 'codec/invalid-option', 'epoch_earning_rate_total_shared'],
    ['a variant that does not exist', 'd5c813ccf08fb8fc06', 'codec/invalid-tag', 'repo'],
    ['text that is not UTF-8', 'c1152e3c33020dfb02000000c328', 'codec/invalid-utf8', 'new_version'],
    [
      'text hidden behind a NUL',
      `d5c813ccf08fb8fc02610061${'00'.repeat(61)}00`,
      'codec/hidden-text',
      'repo.Hub.repo_id',
    ],
  ])('reading %s', (_what, hex, code, path) => {
    const decode = () => decodeInstruction('coordinator', hexToBytes(hex));
    expect(decode).toThrow(expect.objectContaining({ code, params: expect.objectContaining({ path }) }));
  });

  test('a FixedVec that claims more than it holds', () => {
    const witness = all.find(({ name }) => name === 'coordinator.witness/zero');
    const data = hexToBytes(witness?.dataHex ?? '');
    new DataView(data.buffer).setBigUint64(data.length - 13, 17n, true);
    expect(() => decodeInstruction('coordinator', data)).toThrow(
      expect.objectContaining({
        code: 'codec/invalid-length',
        params: { path: 'metadata.prompt_results', offset: data.length - 13, length: '17', capacity: 16 },
      }),
    );
  });

  test('a stored NaN', () => {
    const witness = all.find(({ name }) => name === 'coordinator.witness/zero');
    const data = hexToBytes(witness?.dataHex ?? '');
    new DataView(data.buffer).setFloat32(data.length - 4, Number.NaN, true);
    expect(() => decodeInstruction('coordinator', data)).toThrow(
      expect.objectContaining({ code: 'codec/stored-nan', params: { path: 'metadata.efficency', offset: 826 } }),
    );
  });
});

/** The vectors give f32 as people write them (0.999); stored, and so decoded, is the nearest f32. */
function asStored(shape: Shape, json: unknown): unknown {
  if (shape.kind === 'f32') return Math.fround(Number(json));
  if (shape.kind === 'option') return json === null ? null : asStored(shape.item, json);
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return 'item' in shape ? json.map((item) => asStored(shape.item, item)) : json;
  const shapes: Record<string, Shape | undefined> =
    shape.kind === 'struct'
      ? Object.fromEntries(shape.fields.map((field) => [field.name, field.shape]))
      : shape.kind === 'enum'
        ? Object.fromEntries(shape.variants.map(({ name, payload }) => [name, payload]))
        : {};
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const part = shapes[name];
      return [name, part ? asStored(part, value) : value];
    }),
  );
}

function expectNested(field: FieldNode): void {
  for (const child of field.children ?? []) {
    expect(child.start).toBeGreaterThanOrEqual(field.start);
    expect(child.end).toBeLessThanOrEqual(field.end);
    expect(child.path.startsWith(field.path)).toBe(true);
    expectNested(child);
  }
}
