import { base58 } from '@scure/base';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { accountInterface, instructionInterface } from '#core/codec/program-interface.ts';
import type { Shape } from '#core/codec/shape.ts';
import type { ProgramName } from '#core/layouts/programs.ts';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An account value as JSON: 64-bit numbers as decimal strings, keys in base58, other bytes in hex. */
export function accountToJson(program: ProgramName, accountName: string, value: unknown): Json {
  return toDecodedJson(accountInterface(program, accountName).shape, value);
}

/** Instruction arguments as JSON, in the same form. */
export function argsToJson(program: ProgramName, instruction: string, args: unknown): Json {
  return toDecodedJson(instructionInterface(program, instruction).args, args);
}

/** The reverse of {@link accountToJson}. What JSON cannot express right is left for the codec to refuse. */
export function accountFromJson(program: ProgramName, accountName: string, json: unknown): unknown {
  return fromDecodedJson(accountInterface(program, accountName).shape, json);
}

/** The reverse of {@link argsToJson}. What JSON cannot express right is left for the codec to refuse. */
export function argsFromJson(program: ProgramName, instruction: string, json: unknown): Record<string, unknown> {
  const args = fromDecodedJson(instructionInterface(program, instruction).args, json);
  return isRecord(args) ? args : {};
}

/**
 * A value as JSON; it must fit its shape, as decoded values do. An f32 is written exactly, so 0.999 becomes
 * 0.9990000128746033; numbers JSON lacks (infinities) become text.
 */
export function toDecodedJson(shape: Shape, value: unknown): Json {
  switch (shape.kind) {
    case 'pubkey':
      return value instanceof Uint8Array ? base58.encode(value) : null;
    case 'byteArray':
    case 'bytes':
      return value instanceof Uint8Array ? bytesToHex(value) : null;
    case 'option':
      return value === null ? null : toDecodedJson(shape.item, value);
    case 'array':
    case 'vec':
    case 'fixedVec':
      return Array.isArray(value) ? value.map((item) => toDecodedJson(shape.item, item)) : null;
    case 'struct': {
      const fields = isRecord(value) ? value : {};
      return Object.fromEntries(
        shape.fields.map(({ name, shape: field }) => [name, toDecodedJson(field, fields[name])]),
      );
    }
    case 'enum':
      return mapVariant(shape, value, toDecodedJson) as Json;
    default:
      return leafToJson(value);
  }
}

/** JSON as a value for the codec. Anything that is not the expected JSON is passed on for the codec to refuse. */
export function fromDecodedJson(shape: Shape, json: unknown): unknown {
  switch (shape.kind) {
    case 'u64':
    case 'i64':
      return typeof json === 'string' && /^-?\d+$/.test(json) ? BigInt(json) : json;
    case 'f32':
    case 'f64':
      return json === 'Infinity' ? Infinity : json === '-Infinity' ? -Infinity : json;
    case 'pubkey':
      return decodeOr(json, (text) => base58.decode(text));
    case 'byteArray':
    case 'bytes':
      return decodeOr(json, hexToBytes);
    case 'option':
      return json === null ? null : fromDecodedJson(shape.item, json);
    case 'array':
    case 'vec':
    case 'fixedVec':
      return Array.isArray(json) ? json.map((item) => fromDecodedJson(shape.item, item)) : json;
    case 'struct': {
      if (!isRecord(json)) return json;
      const shapes = new Map(shape.fields.map((field) => [field.name, field.shape]));
      return Object.fromEntries(
        Object.entries(json).map(([name, value]) => {
          const field = shapes.get(name);
          return [name, field ? fromDecodedJson(field, value) : value];
        }),
      );
    }
    case 'enum':
      return mapVariant(shape, json, fromDecodedJson);
    default:
      return json;
  }
}

function mapVariant(
  shape: Extract<Shape, { kind: 'enum' }>,
  value: unknown,
  map: (payload: Shape, value: unknown) => unknown,
): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, payload]) => {
      const payloadShape = shape.variants.find((variant) => variant.name === name)?.payload;
      return [name, payloadShape ? map(payloadShape, payload) : payload];
    }),
  );
}

function leafToJson(value: unknown): Json {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : value.toString();
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function decodeOr(json: unknown, decode: (text: string) => Uint8Array): unknown {
  if (typeof json !== 'string') return json;
  try {
    return decode(json);
  } catch {
    return json;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
