import type { AST } from 'toml-eslint-parser';
import type { ConfigProblem } from './config-problem.ts';
import { parseTomlSource, withoutBom } from './read-toml.ts';
import { formatTomlKey, formatTomlPath } from './toml-path.ts';

/** Values for keys that a file may lack, by key path, as they stand in TOML. */
type KeyDefaults = Readonly<Record<string, string>>;

/**
 * The keys that can be added without deciding anything for the operator. Older samples lack the first two; the third must
 * be 0, because verification is not implemented. Source: PROTOCOL.md §7.1, §12, §13.
 */
const SAFE_DEFAULTS: KeyDefaults = {
  'config.waiting_for_members_extra_time': '3',
  'model.LLM.cold_start_warmup_steps': '0',
  'config.verification_percent': '0',
};

/** The problems that {@link insertMissingKeys} would solve, for offering it. */
export function insertableProblems(
  problems: readonly ConfigProblem[],
  defaults: KeyDefaults = SAFE_DEFAULTS,
): readonly ConfigProblem[] {
  return problems.filter(({ why, path }) => why === 'missing' && Object.hasOwn(defaults, path));
}

/**
 * Adds the missing keys that have a default to the tables they belong to. Everything else, comments included, stays as it
 * is. Give it the problems that `parseConfig` found in this very text.
 */
export function insertMissingKeys(
  text: string,
  problems: readonly ConfigProblem[],
  defaults: KeyDefaults = SAFE_DEFAULTS,
): string {
  let edited = withoutBom(text);
  const mark = text.slice(0, text.length - edited.length);
  for (const { path } of insertableProblems(problems, defaults)) {
    edited = insertKey(edited, path.split('.'), defaults[path] ?? '');
  }
  return mark + edited;
}

/** One key at a time, with a fresh syntax tree: each insertion moves what follows. */
function insertKey(text: string, path: readonly string[], value: string): string {
  const nodes = parseTomlSource(text).body[0].body;
  const tablePath = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  const header = nodes.find((node) => node.type === 'TOMLTable' && isSame(node.resolvedKey, tablePath));
  if (header?.type === 'TOMLTable') return insertLine(text, header.body.at(-1) ?? header.key, `${key} = ${value}`);
  const found = findEntry(nodes, tablePath);
  if (found?.kind === 'inline') return insertInline(text, found.table, `${key} = ${value}`);
  if (found?.kind === 'dotted') {
    return insertLine(text, found.entry, `${[...found.prefix, key].map(formatTomlKey).join('.')} = ${value}`);
  }
  return insertTable(text, nodes, tablePath, `${key} = ${value}`);
}

type Entry =
  | { readonly kind: 'inline'; readonly table: AST.TOMLInlineTable }
  | { readonly kind: 'dotted'; readonly entry: AST.TOMLKeyValue; readonly prefix: readonly string[] };

/** Where a table without a header of its own gets its keys: `{ … }`, or keys such as `LLM.max_seq_len`. */
function findEntry(nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[], path: readonly string[]): Entry | undefined {
  let last: Entry | undefined;
  for (const node of nodes) {
    const base = node.type === 'TOMLTable' ? node.resolvedKey : [];
    const entries = node.type === 'TOMLTable' ? node.body : [node];
    for (const entry of entries) last = entryFor(entry, base, path) ?? last;
  }
  return last;
}

function entryFor(
  entry: AST.TOMLKeyValue,
  base: readonly (string | number)[],
  path: readonly string[],
): Entry | undefined {
  const names = entry.key.keys.map((node) => (node.type === 'TOMLBare' ? node.name : node.value));
  const whole = [...base, ...names];
  if (
    entry.value.type === 'TOMLInlineTable' &&
    whole.length <= path.length &&
    isSame(whole, path.slice(0, whole.length))
  ) {
    if (whole.length === path.length) return { kind: 'inline', table: entry.value };
    return entry.value.body.map((inner) => entryFor(inner, whole, path)).findLast((found) => found !== undefined);
  }
  const isInside = whole.length > path.length && base.length < path.length && isSame(whole.slice(0, path.length), path);
  return isInside ? { kind: 'dotted', entry, prefix: path.slice(base.length) } : undefined;
}

function insertLine(text: string, after: { readonly range: readonly [number, number] }, line: string): string {
  const lineStart = text.lastIndexOf('\n', after.range[0] - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const end = text.indexOf('\n', after.range[1]);
  const newline = newlineOf(text);
  if (end === -1) return `${text}${newline}${indent}${line}${newline}`;
  return `${text.slice(0, end + 1)}${indent}${line}${newline}${text.slice(end + 1)}`;
}

function insertInline(text: string, table: AST.TOMLInlineTable, entry: string): string {
  const last = table.body.at(-1);
  const at = last ? last.range[1] : table.range[0] + 1;
  return `${text.slice(0, at)}${last ? ', ' : ' '}${entry}${last ? '' : ' '}${text.slice(at)}`;
}

/** A table that exists only through its sub-tables gets a header of its own, in front of the first of them. */
function insertTable(
  text: string,
  nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  path: readonly string[],
  line: string,
): string {
  const newline = newlineOf(text);
  const lines = `[${formatTomlPath(path)}]${newline}${line}${newline}`;
  const first = nodes.find((node) => node.type === 'TOMLTable' && isSame(node.resolvedKey.slice(0, path.length), path));
  if (!first) return `${text}${text === '' || text.endsWith('\n') ? '' : newline}${newline}${lines}`;
  const at = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  return `${text.slice(0, at)}${lines}${newline}${text.slice(at)}`;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function isSame(left: readonly (string | number)[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index]);
}
