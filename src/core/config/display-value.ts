import type { Shape } from './config-schema.ts';
import type { FixedText } from './config-types.ts';
import { shownText } from './fixed-text.ts';
import { formatTomlKey } from './toml-path.ts';

/** A value of a configuration as one line for people: `12000`, `0.999`, `"org/model"`, `none`, `Hub { … }`. */
export function displayValue(shape: Shape, value: unknown): string {
  if (value === null || value === undefined) return 'none';
  switch (shape.kind) {
    case 'integer':
    case 'boolean':
      return String(value);
    case 'float':
      return formatFloat(Number(value), shape.bits);
    case 'text':
      return JSON.stringify(shownText(value as FixedText));
    case 'option':
      return displayValue(shape.of, value);
    case 'list':
      return `[${[...(value as Iterable<unknown>)].map((item) => displayValue(shape.of, item)).join(', ')}]`;
    case 'struct':
      return displayFields(shape.fields, value as Readonly<Record<string, unknown>>);
    case 'enum':
      return displayVariant(shape, value);
  }
}

/** The shortest digits that give the same float again: 0.999, not 0.9990000128746033. */
export function formatFloat(value: number, bits: 32 | 64): string {
  if (Object.is(value, -0)) return '-0';
  if (bits === 64 || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** The name of the variant a value holds, and what it carries. */
export function variantOf(value: unknown): { readonly name: string; readonly payload: unknown } {
  if (typeof value === 'string') return { name: value, payload: undefined };
  const [[name, payload] = ['', undefined]] = Object.entries(value as Readonly<Record<string, unknown>>);
  return { name, payload };
}

function displayVariant(shape: Shape & { readonly kind: 'enum' }, value: unknown): string {
  const { name, payload } = variantOf(value);
  const variant = shape.variants.find((each) => each.name === name);
  if (variant === undefined || variant.form === 'unit') return name;
  if (variant.form === 'newtype') return `${name} ${displayValue(variant.of, payload)}`;
  return `${name} ${displayFields(variant.fields, payload as Readonly<Record<string, unknown>>)}`;
}

function displayFields(
  fields: readonly (readonly [string, Shape])[],
  value: Readonly<Record<string, unknown>>,
): string {
  return `{ ${fields.map(([key, shape]) => `${formatTomlKey(key)} = ${displayValue(shape, value[key])}`).join(', ')} }`;
}
