import type { AST } from 'toml-eslint-parser';
import { TOML_INTEGER_MAX, TOML_INTEGER_MIN } from './config-schema.ts';
import type { ConfigProblem, Position } from './config-problem.ts';
import { formatTomlPath, type TomlKeyPath } from './toml-path.ts';

/** Where one value of the document stands. */
export type Place = {
  /** Start of the value; of the header for a table that has one. */
  at: Position;
  /** Start of the key that introduced it. */
  readonly keyAt: Position;
  /** The value as written; empty for tables that are not inline. */
  readonly source: string;
  /** By table key or list position. */
  readonly children: Map<string, Place>;
};

/** Keys that reach into JavaScript's own objects somewhere down the line: never a setting of a run. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A value is quoted in a message up to this many characters. */
const SOURCE_SHOWN = 60;

/**
 * Finds where every value stands, and on the way what the values alone do not show: integers and floats written too large
 * for the program's parser, and keys that are refused wherever they stand.
 */
export function placesOf(program: AST.TOMLProgram, text: string): { root: Place; problems: ConfigProblem[] } {
  const root = newPlace({ line: 1, column: 1 }, { line: 1, column: 1 });
  const walk: Walk = { text, problems: [] };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(walk, root, [], node);
    else addTable(walk, root, node);
  }
  return { root, problems: walk.problems };
}

type Walk = { readonly text: string; readonly problems: ConfigProblem[] };

function addTable(walk: Walk, root: Place, node: AST.TOMLTable): void {
  const at = positionOf(node);
  let place = root;
  for (const step of node.resolvedKey) place = childPlace(place, String(step), at);
  place.at = at;
  checkNames(walk, node.key, []);
  for (const entry of node.body) addKeyValue(walk, place, node.resolvedKey, entry);
}

function addKeyValue(walk: Walk, table: Place, tablePath: TomlKeyPath, node: AST.TOMLKeyValue): void {
  checkNames(walk, node.key, tablePath);
  const names = node.key.keys.map(keyName);
  let parent = table;
  for (const [index, name] of names.slice(0, -1).entries()) {
    const key = node.key.keys[index];
    parent = childPlace(parent, name, key ? positionOf(key) : positionOf(node));
  }
  const last = names.at(-1) ?? '';
  parent.children.set(last, placeOfValue(walk, node.value, [...tablePath, ...names], positionOf(node)));
}

function placeOfValue(walk: Walk, node: AST.TOMLContentNode, path: TomlKeyPath, keyAt: Position): Place {
  const source = walk.text.slice(node.range[0], node.range[1]);
  const place = newPlace(positionOf(node), keyAt, source.slice(0, SOURCE_SHOWN));
  switch (node.type) {
    case 'TOMLInlineTable':
      for (const entry of node.body) addKeyValue(walk, place, path, entry);
      break;
    case 'TOMLArray':
      for (const [index, element] of node.elements.entries()) {
        place.children.set(String(index), placeOfValue(walk, element, [...path, index], positionOf(element)));
      }
      break;
    case 'TOMLValue':
      checkNumber(walk, node, path);
      break;
  }
  return place;
}

function checkNumber(walk: Walk, node: AST.TOMLValue, path: TomlKeyPath): void {
  if (node.kind === 'integer' && (node.bigint > TOML_INTEGER_MAX || node.bigint < TOML_INTEGER_MIN)) {
    walk.problems.push({
      ...positionOf(node),
      path: formatTomlPath(path),
      why: 'toml-syntax',
      message: `${formatTomlPath(path)} is ${node.number.slice(0, SOURCE_SHOWN)}, which TOML cannot hold: its integers are signed 64-bit numbers`,
      remedy: `The largest is ${TOML_INTEGER_MAX}`,
    });
  }
  if (node.kind === 'float' && node.value === Infinity && !node.number.includes('inf')) {
    walk.problems.push({
      ...positionOf(node),
      path: formatTomlPath(path),
      why: 'toml-syntax',
      message: `${formatTomlPath(path)} is ${node.number.slice(0, SOURCE_SHOWN)}, which is larger than any 64-bit float`,
      remedy: 'The largest is 1.7976931348623157e308; write inf if infinity is meant',
    });
  }
}

function checkNames(walk: Walk, key: AST.TOMLKey, tablePath: TomlKeyPath): void {
  for (const [index, node] of key.keys.entries()) {
    if (!UNSAFE_KEYS.has(keyName(node))) continue;
    const path = [...tablePath, ...key.keys.slice(0, index + 1).map(keyName)];
    walk.problems.push({
      ...positionOf(node),
      path: formatTomlPath(path),
      why: 'unknown-key',
      message: `The key ${keyName(node)} is refused wherever it stands`,
      remedy: 'Remove it: no setting of a run has this name',
    });
  }
}

function childPlace(parent: Place, key: string, at: Position): Place {
  const known = parent.children.get(key);
  if (known) return known;
  const place = newPlace(at, at);
  parent.children.set(key, place);
  return place;
}

function newPlace(at: Position, keyAt: Position, source = ''): Place {
  return { at, keyAt, source, children: new Map() };
}

function keyName(node: AST.TOMLBare | AST.TOMLQuoted): string {
  return node.type === 'TOMLBare' ? node.name : node.value;
}

function positionOf(node: { readonly loc: AST.SourceLocation }): Position {
  return { line: node.loc.start.line, column: node.loc.start.column + 1 };
}
