import { hexToBytes } from '@noble/hashes/utils.js';
import { instructionInterface } from '#core/codec/program-interface.ts';
import { encodeBorsh } from '#core/codec/borsh-write.ts';
import type { Shape } from '#core/codec/shape.ts';
import type { CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';

/** Coordinator instructions a trace can hold. */
export type TraceInstruction = keyof CoordinatorInstructions;

/**
 * Arguments written as JSON (u64 as number or decimal string, bytes as hex or list) → the values the codec and the state
 * machine work with. Left-out options are absent.
 *
 * @throws AppError `codec/…` for what does not fit
 */
export function readTraceArguments<N extends TraceInstruction>(
  name: N,
  json: Readonly<Record<string, unknown>>,
): CoordinatorInstructions[N] {
  const { args } = instructionInterface('coordinator', name);
  const value = fromJson(args, json);
  encodeBorsh(args, value, new Uint8Array(0));
  return value as CoordinatorInstructions[N];
}

function fromJson(shape: Shape, json: unknown): unknown {
  switch (shape.kind) {
    case 'u64':
    case 'i64':
      return isWholeNumber(json) ? BigInt(json) : json;
    case 'f32':
      return typeof json === 'number' ? Math.fround(json) : json;
    case 'byteArray':
    case 'pubkey':
      return bytesFrom(json);
    case 'option':
      return json === undefined || json === null ? null : fromJson(shape.item, json);
    case 'array':
    case 'vec':
    case 'fixedVec':
      return Array.isArray(json) ? json.map((item) => fromJson(shape.item, item)) : json;
    case 'struct': {
      if (!isRecord(json)) return json;
      const known = new Map(shape.fields.map((field) => [field.name, field.shape]));
      const given = Object.entries(json).map(([name, value]) => {
        const field = known.get(name);
        return [name, field === undefined ? value : fromJson(field, value)];
      });
      const leftOut = shape.fields
        .filter((field) => field.shape.kind === 'option' && !Object.hasOwn(json, field.name))
        .map(({ name }) => [name, null]);
      return Object.fromEntries([...given, ...leftOut]);
    }
    case 'enum': {
      if (!isRecord(json)) return json;
      return Object.fromEntries(
        Object.entries(json).map(([name, value]) => {
          const payload = shape.variants.find((variant) => variant.name === name)?.payload;
          return [name, payload === undefined ? value : fromJson(payload, value)];
        }),
      );
    }
    default:
      return json;
  }
}

function bytesFrom(json: unknown): unknown {
  if (typeof json === 'string' && /^(?:[0-9a-f]{2})*$/u.test(json)) return hexToBytes(json);
  return Array.isArray(json) && json.every((item) => Number.isInteger(item)) ? Uint8Array.from(json) : json;
}

function isWholeNumber(json: unknown): json is number | string {
  return (typeof json === 'number' && Number.isInteger(json)) || (typeof json === 'string' && /^\d+$/u.test(json));
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
