import {
  type Field,
  INTEGER_MAX,
  type IntegerType,
  type Shape,
  TOML_INTEGER_MAX,
  TOML_INTEGER_MIN,
  type Variant,
} from './config-schema.ts';
import { describeShape } from './describe-shape.ts';
import { cutText } from './fixed-text.ts';
import {
  type Findings,
  found,
  inside,
  isTable,
  type Location,
  nameOf,
  refuse,
  REFUSED,
  refuseExtras,
  refuseLength,
  refuseMissing,
  refuseType,
  refuseVariant,
  warn,
  warnOfExtras,
  warnOfKey,
} from './shape-findings.ts';

/**
 * Reads a TOML value as the shape says, as strictly as the program's own parser (serde over TOML) and no stricter: see
 * PROTOCOL.md §12. The one addition: `nan` is refused, because it cannot be encoded.
 */
export function readShape(shape: Shape, value: unknown, at: Location, findings: Findings): unknown {
  switch (shape.kind) {
    case 'integer':
      return readInteger(shape.type, value, at, findings);
    case 'float':
      return readFloat(shape.bits, value, at, findings);
    case 'boolean':
      return typeof value === 'boolean' ? value : refuseType(shape, value, at, findings);
    case 'text':
      return typeof value === 'string'
        ? readText(shape.maxBytes, value, at, findings)
        : refuseType(shape, value, at, findings);
    case 'list':
      return readList(shape, value, at, findings);
    case 'option':
      return readShape(shape.of, value, at, findings);
    case 'struct':
      return readStruct(shape.fields, value, at, findings, 'ignore');
    case 'enum':
      return readEnum(shape.variants, value, at, findings);
  }
}

function readInteger(type: IntegerType, value: unknown, at: Location, findings: Findings): unknown {
  const shape: Shape = { kind: 'integer', type };
  if (typeof value !== 'bigint') return refuseType(shape, value, at, findings);
  // Already reported when the document was read: such a number is a syntax error for the program's parser.
  if (value > TOML_INTEGER_MAX || value < TOML_INTEGER_MIN) return REFUSED;
  const max = INTEGER_MAX[type];
  if (value < 0n || value > max) {
    return refuse('out-of-range', at, findings, {
      message: `${nameOf(at)} is ${value}, but it must be ${describeShape(shape)}`,
      expected: describeShape(shape),
      remedy: value < 0n ? 'The smallest is 0' : `The largest is ${max}`,
    });
  }
  return type === 'u64' ? value : Number(value);
}

function readFloat(bits: 32 | 64, value: unknown, at: Location, findings: Findings): unknown {
  const shape: Shape = { kind: 'float', bits };
  if (typeof value === 'bigint') return bits === 32 ? float32FromInteger(value) : Number(value);
  if (typeof value !== 'number') return refuseType(shape, value, at, findings);
  if (Number.isNaN(value)) {
    return refuse('out-of-range', at, findings, {
      message: `${nameOf(at)} is nan, which the program cannot store`,
      expected: describeShape(shape),
      remedy: 'Write a number',
    });
  }
  return bits === 32 ? Math.fround(value) : value;
}

function readText(maxBytes: number, text: string, at: Location, findings: Findings): unknown {
  // What follows a zero byte is stored but shown nowhere, so it is not sent at all.
  const [shown = ''] = text.split('\0', 1);
  if (shown !== text) warn(at, findings, 'string has a zero byte; only the text before it is kept');
  const bytes = new TextEncoder().encode(shown).length;
  if (bytes > maxBytes) warn(at, findings, `string is ${bytes} bytes; only the first ${maxBytes} are kept`);
  return cutText(shown, maxBytes);
}

function readList(shape: Shape & { readonly kind: 'list' }, value: unknown, at: Location, findings: Findings): unknown {
  if (!Array.isArray(value)) return refuseType(shape, value, at, findings);
  const items: unknown[] = [];
  for (const [index, item] of value.slice(0, shape.length).entries()) {
    items.push(readShape(shape.of, item, inside(at, index), findings));
  }
  if (value.length < shape.length) return refuseLength(shape, value.length, shape.length, at, findings);
  warnOfExtras(value.length, shape.length, at, findings);
  if (items.includes(REFUSED)) return REFUSED;
  const isBytes = shape.of.kind === 'integer' && shape.of.type === 'u8';
  return isBytes ? Uint8Array.from(items.map(Number)) : items;
}

/** `unknownKeys`: refused in struct variants, ignored with a warning everywhere else. */
function readStruct(
  fields: readonly Field[],
  value: unknown,
  at: Location,
  findings: Findings,
  unknownKeys: 'refuse' | 'ignore',
): unknown {
  if (Array.isArray(value)) return readStructFromList(fields, value, at, findings);
  if (!isTable(value)) return refuseType({ kind: 'struct', fields }, value, at, findings);
  const names = fields.map(([key]) => key);
  const extras = Object.keys(value).filter((key) => !names.includes(key));
  if (unknownKeys === 'refuse' && extras.length > 0) refuseExtras(extras, names, at, findings);
  const read = new Map<string, unknown>();
  for (const key of Object.keys(value)) {
    const shape = fields.find(([name]) => name === key)?.[1];
    if (shape) read.set(key, readShape(shape, value[key], inside(at, key), findings));
    else if (unknownKeys === 'ignore') warnOfKey(key, names, inside(at, key), findings);
  }
  for (const [key, shape] of fields) {
    if (read.has(key)) continue;
    read.set(key, shape.kind === 'option' ? null : refuseMissing(key, shape, extras, at, findings));
  }
  return [...read.values()].includes(REFUSED) ? REFUSED : inOrder(fields, read);
}

/** A struct may be written as a list of all its fields in declaration order. */
function readStructFromList(
  fields: readonly Field[],
  value: readonly unknown[],
  at: Location,
  findings: Findings,
): unknown {
  const read = new Map<string, unknown>();
  for (const [index, [key, shape]] of fields.entries()) {
    if (index < value.length) read.set(key, readShape(shape, value[index], inside(at, index), findings));
  }
  if (value.length < fields.length) {
    return refuseLength({ kind: 'struct', fields }, value.length, fields.length, at, findings);
  }
  warnOfExtras(value.length, fields.length, at, findings);
  return [...read.values()].includes(REFUSED) ? REFUSED : inOrder(fields, read);
}

function readEnum(variants: readonly Variant[], value: unknown, at: Location, findings: Findings): unknown {
  const shape: Shape = { kind: 'enum', variants };
  if (typeof value === 'string') {
    const variant = variants.find(({ name }) => name === value);
    if (!variant) return refuseVariant(value, variants, at, findings);
    if (variant.form === 'unit') return variant.name;
    return refuse('invalid-type', at, findings, {
      message: `${nameOf(at)} is only the name "${value}", but ${value} needs values of its own`,
      expected: describeVariant(variant),
      remedy: `Write a table [${nameOf(at)}.${value}] with ${describeVariant(variant)}`,
    });
  }
  if (!isTable(value)) return refuseType(shape, value, at, findings);
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) {
    return refuse('one-variant', at, findings, {
      message: `${nameOf(at)} has ${name === undefined ? 'nothing in it' : `${others.length + 1} entries (${[name, ...others].slice(0, 8).join(', ')})`}, but exactly one is allowed`,
      expected: describeShape(shape),
      remedy: name === undefined ? 'Choose one of them' : 'Keep the one that is meant and remove the others',
    });
  }
  const variant = variants.find((each) => each.name === name);
  if (!variant) return refuseVariant(name, variants, { path: at.path, place: inside(at, name).place }, findings);
  return readVariant(variant, value[name], inside(at, name), findings);
}

function readVariant(variant: Variant, value: unknown, at: Location, findings: Findings): unknown {
  if (variant.form === 'unit') {
    const isEmpty = Array.isArray(value) ? value.length === 0 : isTable(value) && Object.keys(value).length === 0;
    if (isEmpty) return variant.name;
    return refuse('invalid-type', at, findings, {
      message: `${nameOf(at)} is ${found(value, at)}, but ${variant.name} takes no values`,
      expected: 'nothing, or an empty table',
      remedy: `Write "${variant.name}" as text`,
    });
  }
  const payload =
    variant.form === 'newtype'
      ? readShape(variant.of, value, at, findings)
      : readStruct(variant.fields, value, at, findings, 'refuse');
  return payload === REFUSED ? REFUSED : { [variant.name]: payload };
}

/** The nearest 32-bit float in one rounding; through a 64-bit float there would be two. */
function float32FromInteger(value: bigint): number {
  const size = value < 0n ? -value : value;
  const spareBits = BigInt(Math.max(0, size.toString(2).length - 40));
  const head = size >> spareBits;
  // A bit that stands for everything shifted out keeps an exact tie apart from a number just above it.
  const isInexact = head << spareBits !== size;
  const rounded = Math.fround(Number(head | (isInexact ? 1n : 0n)) * 2 ** Number(spareBits));
  return value < 0n ? -rounded : rounded;
}

function inOrder(fields: readonly Field[], read: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(fields.map(([key]) => [key, read.get(key)]));
}

function describeVariant(variant: Variant): string {
  switch (variant.form) {
    case 'unit':
      return `"${variant.name}"`;
    case 'newtype':
      return describeShape(variant.of);
    case 'struct':
      return describeShape({ kind: 'struct', fields: variant.fields });
  }
}
