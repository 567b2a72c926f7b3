import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { programError } from '#core/layouts/errors.ts';
import {
  AUTHORIZATION_CLOSE_DELAY_SECONDS,
  CLIENT_VERSION_MAX_BYTES,
  DEFAULT_PROGRAM_IDS,
  JOIN_SCOPE,
  MAX_CLIENTS,
  MAX_WITNESSES,
  METADATA_DESCRIPTION_BYTES,
  METADATA_NAME_BYTES,
  PDA_SEEDS,
  PROGRAM_NAMES,
  RUN_ID_MAX_BYTES,
  STORED_ROUNDS,
} from '#core/layouts/programs.ts';
import { psycheJson } from '#test/psyche-files.ts';
import { parseIdl } from './idl.ts';
import { programInterface } from './program-interface.ts';
import { createShapes, type Shape } from './shape.ts';
import { typeName } from './type-name.ts';

type FactType =
  | string
  | { option: FactType }
  | { vec: FactType }
  | { array: FactType; length: number }
  | { fixedVec: FactType; capacity: number }
  | { struct: FactField[] };
type FactField = { name: string; type: FactType };
type Facts = {
  programs: Record<
    string,
    {
      id: string;
      instructions: {
        name: string;
        discriminatorHex: string;
        args: FactField[];
        accounts: { name: string; isSigner: boolean; isWritable: boolean; constant?: string }[];
      }[];
      accounts: { name: string; discriminatorHex: string }[];
      errors: { code: number; name: string; msg: string }[];
    }
  >;
  types: Record<string, { struct: FactField[] } | { enum: { index: number; name: string; payload?: FactType }[] }>;
  anchorErrors: { code: number; name: string; msg: string }[];
  constants: Record<string, unknown>;
};

const facts = psycheJson<Facts>('programs.json');

describe.each(PROGRAM_NAMES)('the %s interface', (program) => {
  const ours = programInterface(program);
  const published = facts.programs[program];

  test('has the published address and instructions, with accounts and discriminators', () => {
    expect(ours.address).toBe(published?.id);
    expect(ours.address).toBe(DEFAULT_PROGRAM_IDS[program]);
    const instructions = ours.instructions.map(({ name, discriminator, accounts }) => ({
      name,
      discriminatorHex: bytesToHex(discriminator),
      accounts,
    }));
    const expected = published?.instructions.map(({ name, discriminatorHex, accounts }) => ({
      name,
      discriminatorHex,
      accounts,
    }));
    expect(byName(instructions)).toEqual(byName(expected ?? []));
  });

  test('has the published argument types, down to every field', () => {
    for (const { name, args } of published?.instructions ?? []) {
      const shape = ours.instructions.find((each) => each.name === name)?.args;
      expect({ name, args: shape && describeShape(shape) }).toEqual({ name, args: describeFields(args) });
    }
  });

  test('has the published accounts and errors', () => {
    expect(byName(ours.accounts.map(({ name, discriminator }) => ({ name, hex: bytesToHex(discriminator) })))).toEqual(
      byName((published?.accounts ?? []).map(({ name, discriminatorHex }) => ({ name, hex: discriminatorHex }))),
    );
    expect(ours.errors).toEqual(published?.errors);
    for (const { code, name, msg } of published?.errors ?? []) {
      expect(programError(program, code)).toEqual({ code, name, message: msg });
    }
  });

  test('shares the framework errors', () => {
    for (const { code, name, msg } of facts.anchorErrors) {
      expect(programError(program, code)).toEqual({ code, name, message: msg });
    }
  });
});

test('the constants are the published ones', () => {
  expect({
    runIdMaxBytes: RUN_ID_MAX_BYTES,
    maxClients: MAX_CLIENTS,
    maxWitnesses: MAX_WITNESSES,
    storedRounds: STORED_ROUNDS,
    joinScopeUtf8: JOIN_SCOPE,
    clientVersionMaxBytes: CLIENT_VERSION_MAX_BYTES,
    metadataNameBytes: METADATA_NAME_BYTES,
    metadataDescriptionBytes: METADATA_DESCRIPTION_BYTES,
    authorizationCloseDelaySeconds: AUTHORIZATION_CLOSE_DELAY_SECONDS,
    seeds: PDA_SEEDS,
  }).toEqual(
    Object.fromEntries(
      Object.entries(facts.constants).filter(
        ([name]) => !/^(pdaRunId|joinScopeHex|shortString|urlString|coordinatorAccount)/.test(name),
      ),
    ),
  );
});

describe('an interface file', () => {
  const idl = { address: 'x', instructions: [], accounts: [], errors: [], types: [] };

  test('with a type form nobody knows is refused with its place', () => {
    const types = [{ name: 'A', type: { kind: 'struct', fields: [{ name: 'x', type: 'u256' }] } }];
    expect(() => parseIdl({ ...idl, types })).toThrow(
      expect.objectContaining({
        code: 'codec/malformed-idl',
        params: { reason: 'type A x has the unknown type u256' },
      }),
    );
  });

  test.each([
    ['that is no object', [], 'the file is not an object'],
    ['without types', { ...idl, types: undefined }, 'types lacks a list'],
    [
      'with a short discriminator',
      { ...idl, accounts: [{ name: 'A', discriminator: [1] }] },
      'account A has no discriminator of 8 bytes',
    ],
    ['with a type of no kind', { ...idl, types: [{ name: 'A', type: {} }] }, 'type A is neither struct nor enum'],
    ['without an address', { ...idl, address: 7 }, 'address lacks a text'],
    ['with an error without code', { ...idl, errors: [{ name: 'A', msg: '' }] }, 'error A lacks a number'],
  ])('%s is refused', (_what, json, reason) => {
    expect(() => parseIdl(json)).toThrow(expect.objectContaining({ code: 'codec/malformed-idl', params: { reason } }));
  });

  test('that names a type it does not have is refused', () => {
    const { types } = parseIdl({ ...idl, types: [] });
    expect(() => createShapes(types).defined('Missing')).toThrow(
      expect.objectContaining({ code: 'codec/malformed-idl', params: { reason: 'no type Missing' } }),
    );
  });
});

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Our shape in comparable form: leaves by name, everything else spelled out. */
function describeShape(shape: Shape): unknown {
  switch (shape.kind) {
    case 'struct':
      return shape.fields.map((field) => [field.name, describeShape(field.shape)]);
    case 'enum':
      return {
        enum: shape.variants.map(({ name, payload }) => (payload ? [name, describeShape(payload)] : [name])),
      };
    case 'option':
    case 'vec':
      return { [shape.kind]: describeShape(shape.item) };
    case 'array':
      return { array: describeShape(shape.item), length: shape.length };
    case 'fixedVec':
      return { fixedVec: describeShape(shape.item), capacity: shape.capacity };
    default:
      return typeName(shape);
  }
}

function describeFields(fields: readonly FactField[]): unknown {
  return fields.map(({ name, type }) => [name, describeFact(type)]);
}

/** The published type in the same form. */
function describeFact(type: FactType): unknown {
  if (typeof type === 'string') {
    const defined = facts.types[type];
    if (defined && 'struct' in defined) return describeFields(defined.struct);
    if (defined) {
      return {
        enum: defined.enum.map(({ name, payload }) => (payload === undefined ? [name] : [name, describeFact(payload)])),
      };
    }
    const leaf = /^fixedString<(\d+)>$/.exec(type);
    if (leaf) return `FixedString<${leaf[1]}>`;
    const bytes = /^\[u8;(\d+)\]$/.exec(type);
    if (bytes) return `[u8; ${bytes[1]}]`;
    return type === 'bytes (u32 length)' ? 'bytes' : type;
  }
  if ('struct' in type) return describeFields(type.struct);
  if ('option' in type) return { option: describeFact(type.option) };
  if ('vec' in type) return { vec: describeFact(type.vec) };
  if ('fixedVec' in type) return { fixedVec: describeFact(type.fixedVec), capacity: type.capacity };
  return { array: describeFact(type.array), length: type.length };
}
