import { CONFIGURATION, type Shape } from '#core/config/config-schema.ts';
import type { RunConfiguration } from '#core/config/config-types.ts';
import { shownText } from '#core/config/fixed-text.ts';
import type { JsonValue } from './stringify-json.ts';

/** Configuration and model as the dump shows them: enums externally tagged, a seed as 32 numbers. */
export function configurationJson(part: keyof RunConfiguration, value: RunConfiguration[typeof part]): JsonValue {
  const shape = CONFIGURATION.fields.find(([key]) => key === part)?.[1];
  return shape ? toJson(shape, value) : null;
}

function toJson(shape: Shape, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (shape.kind) {
    case 'integer':
      return BigInt(value as number | bigint);
    case 'float':
    case 'boolean':
      return value as number | boolean;
    case 'text':
      return shownText(value as string | Uint8Array);
    case 'option':
      return toJson(shape.of, value);
    case 'list':
      return [...(value as Iterable<unknown>)].map((item) => toJson(shape.of, item));
    case 'struct':
      return fieldsToJson(shape.fields, value);
    case 'enum':
      return variantToJson(shape, value);
  }
}

function fieldsToJson(fields: readonly (readonly [string, Shape])[], value: unknown): JsonValue {
  const values = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(fields.map(([key, shape]) => [key, toJson(shape, values[key])]));
}

function variantToJson(shape: Shape & { readonly kind: 'enum' }, value: unknown): JsonValue {
  if (typeof value === 'string') return value;
  const [[name, payload] = ['', null]] = Object.entries(value as Readonly<Record<string, unknown>>);
  const variant = shape.variants.find((each) => each.name === name);
  if (variant?.form === 'newtype') return { [name]: toJson(variant.of, payload) };
  return { [name]: variant?.form === 'struct' ? fieldsToJson(variant.fields, payload) : null };
}
