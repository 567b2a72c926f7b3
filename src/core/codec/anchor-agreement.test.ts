import { BN, BorshCoder, type Idl } from '@coral-xyz/anchor';
import { hexToBytes } from '@noble/hashes/utils.js';
import { PublicKey } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import authorizerIdl from '#idl/authorizer.json' with { type: 'json' };
import coordinatorIdl from '#idl/coordinator.json' with { type: 'json' };
import treasurerIdl from '#idl/treasurer.json' with { type: 'json' };
import { PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';
import { psycheJson } from '#test/psyche-files.ts';
import { decodeAccount } from './account-codec.ts';
import { decodeInstruction, encodeInstruction } from './instruction-codec.ts';
import { accountInterface, instructionInterface } from './program-interface.ts';
import type { Shape } from './shape.ts';

/**
 * A second opinion: Anchor's own coder reads the same IDL files. Left out is only what it cannot do soundly: data over
 * its 1,000-byte scratch buffer, and the zero-copy account, whose `repr(C)` it ignores.
 */
const coders: Readonly<Record<ProgramName, BorshCoder>> = {
  coordinator: new BorshCoder(coordinatorIdl as unknown as Idl),
  treasurer: new BorshCoder(treasurerIdl as unknown as Idl),
  authorizer: new BorshCoder(authorizerIdl as unknown as Idl),
};

const SCRATCH_BYTES = 1000;

type InstructionVector = { name: string; program: ProgramName; instruction: string; dataHex: string };
type AccountVector = { name: string; program: ProgramName; account: string; dataHex: string };

const all = psycheJson<{ vectors: InstructionVector[] }>('vectors/instructions.json').vectors.filter(({ program }) =>
  PROGRAM_NAMES.includes(program),
);
const sound = all.filter(({ dataHex }) => dataHex.length / 2 <= SCRATCH_BYTES);
const accounts = psycheJson<{ vectors: AccountVector[] }>('vectors/borsh-accounts.json').vectors;

test('only the largest run_update is beyond Anchor', () => {
  expect(all.filter((vector) => !sound.includes(vector)).map(({ name }) => name)).toEqual([
    'treasurer.run_update/largest',
  ]);
});

describe.each(sound)('$name', ({ program, instruction, dataHex }) => {
  const data = hexToBytes(dataHex);
  const { args } = decodeInstruction(program, data);
  const shape = instructionInterface(program, instruction).args;

  test('is encoded by Anchor to our bytes', () => {
    const theirs = coders[program].instruction.encode(instruction, toAnchor(shape, args));
    expect(new Uint8Array(theirs)).toEqual(encodeInstruction(program, instruction, args));
  });

  test('is decoded by Anchor to our values', () => {
    const theirs = coders[program].instruction.decode(Buffer.from(data));
    expect(theirs?.name).toBe(instruction);
    expect(fromAnchor(shape, theirs?.data)).toEqual(args);
  });
});

test.each(accounts)('$name is decoded by Anchor to our values', ({ program, account, dataHex }) => {
  const data = hexToBytes(dataHex);
  const theirs: unknown = coders[program].accounts.decode(account, Buffer.from(data));
  expect(fromAnchor(accountInterface(program, account).shape, theirs)).toEqual(
    decodeAccount(program, account, data).value,
  );
});

/** Our value in Anchor's conventions. */
function toAnchor(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'u64':
    case 'i64':
      return new BN(String(value));
    case 'smallBool':
      return [value === true ? 1 : 0];
    case 'pubkey':
      return new PublicKey(value as Uint8Array);
    case 'byteArray':
      return [...(value as Uint8Array)];
    case 'bytes':
      return Buffer.from(value as Uint8Array);
    case 'fixedString': {
      const bytes = new Uint8Array(shape.length);
      bytes.set(new TextEncoder().encode(String(value)));
      return [[...bytes]];
    }
    case 'option':
      return value === null ? null : toAnchor(shape.item, value);
    case 'array':
    case 'vec':
      return (value as unknown[]).map((item) => toAnchor(shape.item, item));
    case 'fixedVec': {
      const used = (value as unknown[]).map((item) => toAnchor(shape.item, item));
      const unused = Array.from({ length: shape.capacity - used.length }, () => toAnchor(shape.item, zero(shape.item)));
      return { data: [...used, ...unused], len: new BN(used.length) };
    }
    case 'struct': {
      const fields = value as Record<string, unknown>;
      return Object.fromEntries(shape.fields.map(({ name, shape: field }) => [name, toAnchor(field, fields[name])]));
    }
    case 'enum': {
      if (typeof value === 'string') return { [value]: {} };
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([name, content]) => {
          const payload = payloadOf(shape, name);
          const inner = toAnchor(payload, content);
          return [name, isStructVariant(payload) ? inner : [inner]];
        }),
      );
    }
    default:
      return value;
  }
}

/** Anchor's value in our conventions. */
function fromAnchor(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'u64':
    case 'i64':
      return BigInt(String(value));
    case 'smallBool':
      return only(value) !== 0;
    case 'pubkey':
      return new Uint8Array((value as PublicKey).toBytes());
    case 'byteArray':
    case 'bytes':
      return Uint8Array.from(value as ArrayLike<number>);
    case 'fixedString': {
      const bytes = Uint8Array.from(only(value) as number[]);
      const end = bytes.indexOf(0);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(end === -1 ? bytes : bytes.subarray(0, end));
    }
    case 'option':
      return value === null ? null : fromAnchor(shape.item, value);
    case 'array':
    case 'vec':
      return (value as unknown[]).map((item) => fromAnchor(shape.item, item));
    case 'fixedVec': {
      const { data, len } = value as { data: unknown[]; len: unknown };
      return data.slice(0, Number(len)).map((item) => fromAnchor(shape.item, item));
    }
    case 'struct': {
      const fields = value as Record<string, unknown>;
      return Object.fromEntries(shape.fields.map(({ name, shape: field }) => [name, fromAnchor(field, fields[name])]));
    }
    case 'enum': {
      const [name, content] = Object.entries(value as Record<string, unknown>)[0] ?? ['', undefined];
      const payload = shape.variants.find((variant) => variant.name === name)?.payload;
      if (!payload) return name;
      return { [name]: fromAnchor(payload, isStructVariant(payload) ? content : only(content)) };
    }
    default:
      return value;
  }
}

function zero(shape: Shape): unknown {
  if (shape.kind === 'struct')
    return Object.fromEntries(shape.fields.map(({ name, shape: field }) => [name, zero(field)]));
  return shape.kind === 'fixedString' ? '' : 0;
}

/** The one field of a tuple struct or tuple variant. */
function only(value: unknown): unknown {
  return (value as Record<string, unknown>)['0'];
}

function isStructVariant(shape: Shape): boolean {
  return shape.kind === 'struct' && shape.type.includes('::');
}

function payloadOf(shape: Extract<Shape, { kind: 'enum' }>, name: string): Shape {
  const payload = shape.variants.find((variant) => variant.name === name)?.payload;
  if (!payload) throw new Error(`${shape.type} has no content for ${name}`);
  return payload;
}
