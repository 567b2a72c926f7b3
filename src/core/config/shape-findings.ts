import type { Shape, Variant } from './config-schema.ts';
import type { ConfigProblem, ConfigWarning, ProblemKind } from './config-problem.ts';
import { adviseOnType, describeShape, listOf, oneOf } from './describe-shape.ts';
import { nearestName } from './nearest-name.ts';
import { formatTomlPath, type TomlKeyPath } from './toml-path.ts';
import type { Place } from './toml-places.ts';

/** Stands for a value that was refused; why is among the problems. */
export const REFUSED: unique symbol = Symbol('refused');

/** What reading found so far. Problems come in the order in which the program's parser would meet them. */
export type Findings = { readonly problems: ConfigProblem[]; readonly warnings: ConfigWarning[] };

/** A place in the document and the path to it. */
export type Location = { readonly path: TomlKeyPath; readonly place: Place };

type Words = { readonly message: string; readonly expected?: string; readonly remedy?: string };

/** Notes a problem. */
export function refuse(why: ProblemKind, at: Location, findings: Findings, words: Words): typeof REFUSED {
  findings.problems.push({ path: formatTomlPath(at.path), why, ...at.place.at, ...words });
  return REFUSED;
}

/** A value of another type than the shape takes. */
export function refuseType(shape: Shape, value: unknown, at: Location, findings: Findings): unknown {
  const remedy = adviseOnType(shape, value);
  return refuse('invalid-type', at, findings, {
    message: `${nameOf(at)} is ${found(value, at)}, but it must be ${describeShape(shape)}`,
    expected: describeShape(shape),
    ...(remedy !== undefined && { remedy }),
  });
}

/** A list with too few items. */
export function refuseLength(shape: Shape, length: number, wanted: number, at: Location, findings: Findings): unknown {
  return refuse('invalid-length', at, findings, {
    message: `${nameOf(at)} has ${length} item${length === 1 ? '' : 's'}, but it needs ${wanted}`,
    expected: describeShape(shape),
    remedy: `Add ${wanted - length} more`,
  });
}

/** A name that no choice has. */
export function refuseVariant(name: string, variants: readonly Variant[], at: Location, findings: Findings): unknown {
  const names = variants.map((variant) => variant.name);
  const meant = nearestName(name, names);
  return refuse('unknown-variant', at, findings, {
    message: `${nameOf(at)} is ${JSON.stringify(name.slice(0, 60))}, but it must be ${oneOf(names)}, in exactly this spelling`,
    expected: oneOf(names),
    ...(meant !== undefined && { remedy: `Did you mean "${meant}"?` }),
  });
}

/** A key without which the table is not complete, reported at the table. */
export function refuseMissing(
  key: string,
  shape: Shape,
  extras: readonly string[],
  at: Location,
  findings: Findings,
): unknown {
  const typo = nearestName(key, extras);
  return refuse('missing', { path: [...at.path, key], place: at.place }, findings, {
    message: `${formatTomlPath([...at.path, key])} is missing; nothing has a default`,
    expected: describeShape(shape),
    remedy: typo === undefined ? `Add ${key}: ${describeShape(shape)}` : `Rename ${typo} to ${key}`,
  });
}

/** Keys in a table that takes no others: one problem for all of them, at the first. */
export function refuseExtras(
  extras: readonly string[],
  names: readonly string[],
  at: Location,
  findings: Findings,
): void {
  const [first = ''] = extras;
  const meant = nearestName(first, names);
  const keys = extras.length === 1 ? `key ${first}` : `keys ${listOf(extras.slice(0, 8))}`;
  refuse('unknown-key', { path: at.path, place: { ...at.place, at: inside(at, first).place.keyAt } }, findings, {
    message: `${nameOf(at)} has the unknown ${keys}, which the program refuses here`,
    expected: `only ${listOf(names)}`,
    remedy: meant === undefined ? 'Remove what is not a setting' : `Did you mean ${meant}?`,
  });
}

/** Notes something the program takes without a word. */
export function warn(at: Location, findings: Findings, why: string): void {
  findings.warnings.push({ path: formatTomlPath(at.path), why, ...at.place.at });
}

/** Items past the end of a fixed list, which the program drops. */
export function warnOfExtras(length: number, kept: number, at: Location, findings: Findings): void {
  if (length > kept) warn(at, findings, `array has ${length} items; only the first ${kept} are kept`);
}

/** A key that the program ignores. */
export function warnOfKey(key: string, names: readonly string[], at: Location, findings: Findings): void {
  const meant = nearestName(key, names);
  findings.warnings.push({
    path: formatTomlPath(at.path),
    why: 'unknown key, ignored',
    ...at.place.keyAt,
    ...(meant !== undefined && { remedy: `Did you mean ${meant}?` }),
  });
}

/** A key or list position one level further in. */
export function inside(at: Location, step: string | number): Location {
  return { path: [...at.path, step], place: at.place.children.get(String(step)) ?? at.place };
}

/** Whether a parsed value is a table. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The value as written, for a message. */
export function found(value: unknown, at: Location): string {
  if (Array.isArray(value)) return 'a list';
  if (isTable(value)) return 'a table';
  return at.place.source === '' ? 'something else' : (at.place.source.split('\n', 1)[0] ?? '');
}

/** The path as a message names it. */
export function nameOf(at: Location): string {
  return at.path.length === 0 ? 'The file' : formatTomlPath(at.path);
}
