import { MAX_CONFIG_BYTES } from './config-size.ts';
import { parse, TomlError } from 'smol-toml';
import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { ConfigProblem, Position } from './config-problem.ts';
import { type Place, placesOf } from './toml-places.ts';

/** Tables and lists may stand in each other this deep; the deepest setting of a run is at 8. */
const MAX_DEPTH = 32;

/** A document as values and as places; `problems` are those that do not depend on what the values mean. */
type TomlReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly root: Place; readonly problems: ConfigProblem[] }
  | { readonly kind: 'refused'; readonly problem: ConfigProblem };

/**
 * Reads TOML 1.0 twice: values by smol-toml (integers exact), places by toml-eslint-parser. A text is TOML when both agree
 * that it is.
 */
export function readToml(textWithBom: string): TomlReading {
  const text = withoutBom(textWithBom);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_CONFIG_BYTES) return refuseWhole(`The file has ${bytes} bytes; at most ${MAX_CONFIG_BYTES} are read`);
  let value: unknown;
  let syntaxError: TomlError | undefined;
  try {
    value = parse(text, { integersAsBigInt: true, maxDepth: MAX_DEPTH });
    if (isDeeperThan(value, MAX_DEPTH)) return refuseWhole(`Tables stand in each other more than ${MAX_DEPTH} deep`);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    if (cause.message.includes('excessively nested')) {
      return refuseWhole(`Lists or tables stand in each other more than ${MAX_DEPTH} deep`);
    }
    syntaxError = cause;
  }
  try {
    const program = parseTomlSource(text);
    if (syntaxError) {
      return { kind: 'refused', problem: syntaxProblem(text, syntaxError, wordsOf(syntaxError.message)) };
    }
    return { kind: 'read', value, ...placesOf(program, text) };
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    const at = { line: cause.lineNumber, column: cause.column + 1 };
    return { kind: 'refused', problem: syntaxProblem(text, at, wordsOf(cause.message)) };
  }
}

/** The syntax tree of TOML 1.0 text without a byte order mark: newer TOML is not what the program's parser reads. */
export function parseTomlSource(text: string): AST.TOMLProgram {
  return parseTOML(text, { tomlVersion: '1.0' });
}

/** Editors on Windows put a byte order mark in front; the program's parser ignores it too. */
export function withoutBom(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function refuseWhole(message: string): TomlReading {
  return { kind: 'refused', problem: { path: '', why: 'toml-syntax', line: 1, column: 1, message } };
}

function syntaxProblem(text: string, at: Position, words: string): ConfigProblem {
  const path = pathAtLine(text, at.line);
  return {
    path,
    why: 'toml-syntax',
    line: at.line,
    column: at.column,
    message: `Line ${at.line} is not valid TOML${path === '' ? '' : ` (at ${path})`}: ${words}`,
  };
}

/** The parsers' own sentence, without its frame and source excerpt. */
function wordsOf(message: string): string {
  const firstLine = message.split('\n', 1)[0] ?? '';
  const sentence = firstLine.replace(/^Invalid TOML document: /, '');
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

const KEY = String.raw`(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')`;
const DOTTED_KEY = String.raw`${KEY}(?:[ \t]*\.[ \t]*${KEY})*`;
const HEADER = new RegExp(String.raw`^[ \t]*\[\[?[ \t]*(${DOTTED_KEY})[ \t]*\]`);
const ASSIGNMENT = new RegExp(String.raw`^[ \t]*(${DOTTED_KEY})[ \t]*=`);

/** The table in force and the key on a line, for text that no parser can read. */
function pathAtLine(text: string, line: number): string {
  const lines = text.split('\n').slice(0, line);
  const table = lines.map((each) => HEADER.exec(each)?.[1]).findLast((found) => found !== undefined);
  const key = ASSIGNMENT.exec(lines.at(-1) ?? '')?.[1];
  return [table, key]
    .filter((part) => part !== undefined)
    .map((part) => part.replaceAll(/[ \t]*\.[ \t]*/g, '.'))
    .join('.');
}

/** Walks with its own stack: dotted keys nest without limit in the parser. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null && !(each instanceof Date) ? Object.values(each) : [],
    );
  }
  return false;
}
