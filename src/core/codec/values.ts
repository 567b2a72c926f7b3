import { AppError } from '#core/errors/app-error.ts';
import { refuse, rethrowWithin } from './refusal.ts';
import type { EnumShape, EnumVariant, StructShape } from './shape.ts';

/** @throws Refusal `codec/wrong-type` */
export function wrongType(expected: string, value: unknown): never {
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return refuse((path) => new AppError('codec/wrong-type', { path, expected, found }));
}

/** A whole number in range. */
export function integerOf(value: unknown, type: string, min: number, max: number): number {
  if (typeof value !== 'number') return wrongType('a number', value);
  if (Number.isNaN(value)) refuse((path) => new AppError('codec/not-a-number', { path }));
  if (!Number.isInteger(value) || value < min || value > max) return outOfRange(type, value);
  return value;
}

/** A 64-bit whole number: only `bigint` holds all of them. */
export function bigintOf(value: unknown, type: string, min: bigint, max: bigint): bigint {
  if (typeof value !== 'bigint') return wrongType('a bigint', value);
  if (value < min || value > max) return outOfRange(type, value);
  return value;
}

/** A float; f32 rounds to the nearest one it has, but a finite number that would become infinite is refused. */
export function floatOf(value: unknown, type: 'f32' | 'f64'): number {
  if (typeof value !== 'number') return wrongType('a number', value);
  if (Number.isNaN(value)) refuse((path) => new AppError('codec/not-a-number', { path }));
  if (type === 'f32' && Number.isFinite(value) && !Number.isFinite(Math.fround(value))) return outOfRange(type, value);
  return value;
}

export function booleanOf(value: unknown): boolean {
  return typeof value === 'boolean' ? value : wrongType('true or false', value);
}

/** Bytes, exactly `length` of them when given. */
export function bytesOf(value: unknown, length?: number): Uint8Array {
  if (!(value instanceof Uint8Array)) return wrongType('bytes', value);
  if (length !== undefined && value.length !== length) return wrongLength(length, value.length);
  return value;
}

/** A list, exactly `length` long when given. */
export function listOf(value: unknown, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) return wrongType('a list', value);
  if (length !== undefined && value.length !== length) return wrongLength(length, value.length);
  return value;
}

/** A list that fits a FixedVec. */
export function listUpTo(value: unknown, capacity: number): readonly unknown[] {
  const items = listOf(value);
  const actual = items.length.toString();
  if (items.length > capacity) refuse((path) => new AppError('codec/too-many-items', { path, capacity, actual }));
  return items;
}

/** An object with exactly the fields of the struct, none missing and none unknown. */
export function structOf(shape: StructShape, value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return wrongType(`a ${shape.type}`, value);
  for (const { name } of shape.fields) {
    if (!Object.hasOwn(value, name) || value[name] === undefined) return missing(name);
  }
  const unknown = Object.keys(value).find((name) => shape.fields.every((field) => field.name !== name));
  if (unknown !== undefined)
    return within(unknown, () => refuse((path) => new AppError('codec/unknown-field', { path })));
  return value;
}

/** `'Name'` or `{ Name: payload }` → the variant, its index and its payload. */
export function variantOf(shape: EnumShape, value: unknown): { index: number; variant: EnumVariant; payload: unknown } {
  const [name, payload] = typeof value === 'string' ? [value, undefined] : tagged(shape, value);
  const index = shape.variants.findIndex((variant) => variant.name === name);
  const variant = shape.variants[index];
  if (!variant) {
    return refuse((path) => new AppError('codec/unknown-variant', { path, variant: name, type: shape.type }));
  }
  if (variant.payload === undefined && typeof value !== 'string') return wrongType(`the bare name ${name}`, value);
  if (variant.payload !== undefined && typeof value === 'string') return wrongType(`${name} with its content`, value);
  return { index, variant, payload };
}

function tagged(shape: EnumShape, value: unknown): [string, unknown] {
  const entries = isRecord(value) ? Object.entries(value) : [];
  const [entry] = entries;
  return entry === undefined || entries.length !== 1 ? wrongType(`one variant of ${shape.type}`, value) : entry;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function outOfRange(type: string, value: number | bigint): never {
  return refuse((path) => new AppError('codec/out-of-range', { path, type, value: value.toString() }));
}

function wrongLength(expected: number, actual: number): never {
  return refuse((path) => new AppError('codec/wrong-length', { path, expected, actual }));
}

function missing(name: string): never {
  return within(name, () => refuse((path) => new AppError('codec/missing-field', { path })));
}

function within(segment: string, work: () => never): never {
  try {
    return work();
  } catch (error) {
    return rethrowWithin(segment, error);
  }
}
