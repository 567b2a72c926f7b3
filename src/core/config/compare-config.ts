import type { RunMetadata } from '#core/layouts/generated/coordinator.ts';
import { CONFIGURATION, RUN_METADATA, type Field, type Shape } from './config-schema.ts';
import type { FixedText, RunConfiguration } from './config-types.ts';
import { displayValue, variantOf } from './display-value.ts';
import { shownText } from './fixed-text.ts';
import { formatTomlPath, type TomlKeyPath } from './toml-path.ts';

/** A configuration, and what an update may change beside it. Parts that are absent on either side are not compared. */
export type ComparedRun = Partial<RunConfiguration> & {
  readonly metadata?: Readonly<RunMetadata>;
  readonly client_version?: string;
};

/** One value that differs, both sides as one line for people. */
export type ConfigDifference = { readonly path: string; readonly before: string; readonly after: string };

/** 96 bytes. Source: PROTOCOL.md §4.1. */
const CLIENT_VERSION: Shape = { kind: 'text', maxBytes: 96 };

/**
 * What an update would change, field by field in the order of the fields: configuration, model, metadata, client version.
 * Where a choice such as the checkpoint changes its kind, the whole of it is one difference.
 */
export function compareConfig(before: ComparedRun, after: ComparedRun): readonly ConfigDifference[] {
  const parts: readonly Field[] = [
    ...CONFIGURATION.fields,
    ['metadata', RUN_METADATA],
    ['client_version', CLIENT_VERSION],
  ];
  const differences: ConfigDifference[] = [];
  const left: Readonly<Record<string, unknown>> = before;
  const right: Readonly<Record<string, unknown>> = after;
  for (const [key, shape] of parts) {
    if (left[key] !== undefined && right[key] !== undefined) compare(shape, left[key], right[key], [key], differences);
  }
  return differences;
}

function compare(shape: Shape, before: unknown, after: unknown, path: TomlKeyPath, out: ConfigDifference[]): void {
  switch (shape.kind) {
    case 'struct':
      return compareFields(shape.fields, before, after, path, out);
    case 'enum':
      return compareVariants(shape, before, after, path, out);
    case 'option':
      if (before !== null && after !== null) return compare(shape.of, before, after, path, out);
      if (before !== after) out.push(difference(shape, before, after, path));
      return;
    case 'integer':
    case 'float':
    case 'boolean':
    case 'text':
    case 'list':
      if (!areEqual(shape, before, after)) out.push(difference(shape, before, after, path));
  }
}

function compareFields(
  fields: readonly Field[],
  before: unknown,
  after: unknown,
  path: TomlKeyPath,
  out: ConfigDifference[],
): void {
  const left = before as Readonly<Record<string, unknown>>;
  const right = after as Readonly<Record<string, unknown>>;
  for (const [key, shape] of fields) compare(shape, left[key], right[key], [...path, key], out);
}

function compareVariants(
  shape: Shape & { readonly kind: 'enum' },
  before: unknown,
  after: unknown,
  path: TomlKeyPath,
  out: ConfigDifference[],
): void {
  const left = variantOf(before);
  const right = variantOf(after);
  if (left.name !== right.name) {
    out.push(difference(shape, before, after, path));
    return;
  }
  const variant = shape.variants.find(({ name }) => name === left.name);
  const inner = [...path, left.name];
  if (variant?.form === 'newtype') compare(variant.of, left.payload, right.payload, inner, out);
  if (variant?.form === 'struct') compareFields(variant.fields, left.payload, right.payload, inner, out);
}

function areEqual(shape: Shape, before: unknown, after: unknown): boolean {
  if (shape.kind === 'text') return shownText(before as FixedText) === shownText(after as FixedText);
  if (shape.kind !== 'list') return Object.is(before, after);
  const left = [...(before as Iterable<unknown>)];
  const right = [...(after as Iterable<unknown>)];
  return left.length === right.length && left.every((item, index) => areEqual(shape.of, item, right[index]));
}

function difference(shape: Shape, before: unknown, after: unknown, path: TomlKeyPath): ConfigDifference {
  return { path: formatTomlPath(path), before: displayValue(shape, before), after: displayValue(shape, after) };
}
