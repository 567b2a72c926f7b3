import { AppError } from '#core/errors/app-error.ts';
import { CONFIGURATION, type Shape, TOML_INTEGER_MAX } from './config-schema.ts';
import type { RunConfiguration } from './config-types.ts';
import { formatFloat, variantOf } from './display-value.ts';
import { textForBytes } from './fixed-text.ts';
import { formatTomlKey, formatTomlPath, type TomlKeyPath } from './toml-path.ts';

/**
 * A configuration as TOML that gives the same configuration again: one table per part, keys in the program's order.
 *
 * @throws AppError `config/not-writable` for an integer over 2⁶³ − 1, which TOML cannot hold
 */
export function writeConfig({ config, model }: RunConfiguration): string {
  const lines: string[] = [];
  writeFields([], CONFIGURATION.fields, { config, model }, lines);
  return `${lines.join('\n').trim()}\n`;
}

type Fields = (Shape & { readonly kind: 'struct' })['fields'];

/** Keys with values on one line first, then the tables: in TOML everything after a header belongs to it. */
function writeFields(path: TomlKeyPath, fields: Fields, value: unknown, lines: string[]): void {
  const values = value as Readonly<Record<string, unknown>>;
  const tables: (() => void)[] = [];
  for (const [key, shape] of fields) {
    const inner = [...path, key];
    const inline = inlineValue(shape, values[key], inner);
    if (inline === undefined) tables.push(() => writeTable(inner, shape, values[key], lines));
    else if (inline !== '') lines.push(`${formatTomlKey(key)} = ${inline}`);
  }
  for (const write of tables) write();
}

function writeTable(path: TomlKeyPath, shape: Shape, value: unknown, lines: string[]): void {
  if (shape.kind === 'struct') {
    lines.push('', `[${formatTomlPath(path)}]`);
    writeFields(path, shape.fields, value, lines);
  }
  if (shape.kind === 'enum') writeVariant(path, shape, value, lines);
}

function writeVariant(
  path: TomlKeyPath,
  shape: Shape & { readonly kind: 'enum' },
  value: unknown,
  lines: string[],
): void {
  const { name, payload } = variantOf(value);
  const variant = shape.variants.find((each) => each.name === name);
  const inner = [...path, name];
  if (variant?.form === 'struct') writeTable(inner, { kind: 'struct', fields: variant.fields }, payload, lines);
  if (variant?.form !== 'newtype') return;
  const inline = inlineValue(variant.of, payload, inner);
  if (inline === undefined) writeTable(inner, variant.of, payload, lines);
  else lines.push('', `[${formatTomlPath(path)}]`, `${formatTomlKey(name)} = ${inline}`);
}

/** The value as it stands after `=`; empty for an option without a value, `undefined` for what needs a table. */
function inlineValue(shape: Shape, value: unknown, path: TomlKeyPath): string | undefined {
  switch (shape.kind) {
    case 'integer':
      return tomlInteger(value as number | bigint, path);
    case 'float':
      return tomlFloat(value as number, shape.bits);
    case 'boolean':
      return String(value);
    case 'text':
      return tomlText(value as string | Uint8Array);
    case 'option':
      return value === null ? '' : inlineValue(shape.of, value, path);
    case 'list':
      return `[${[...(value as Iterable<unknown>)].map((item) => inlineValue(shape.of, item, path)).join(', ')}]`;
    case 'enum':
      return typeof value === 'string' ? JSON.stringify(value) : undefined;
    case 'struct':
      return undefined;
  }
}

function tomlInteger(value: number | bigint, path: TomlKeyPath): string {
  if (BigInt(value) > TOML_INTEGER_MAX) {
    throw new AppError('config/not-writable', { path: formatTomlPath(path), value: value.toString() });
  }
  return value.toString();
}

/** TOML tells floats from integers by a point or an exponent. */
function tomlFloat(value: number, bits: 32 | 64): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const digits = formatFloat(value, bits);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** JSON escapes are TOML escapes, except for DEL (bare in JSON, forbidden in TOML) and halves of surrogate pairs. */
function tomlText(value: string | Uint8Array): string {
  const text = typeof value === 'string' ? value : textForBytes(value);
  return JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('\u007f', String.raw`\u007f`);
}
