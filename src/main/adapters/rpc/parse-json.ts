/** Nesting no Solana answer comes near. */
const MAX_DEPTH = 64;

/**
 * JSON → value with every integer exact: those a `number` cannot hold become `bigint`. A parser of our own, because
 * `JSON.parse` has rounded a u64 before anyone could look at it.
 *
 * @throws SyntaxError for anything but exactly one JSON value, for duplicate or prototype keys, and beyond 64 levels
 */
export function parseJson(text: string): unknown {
  const parser = { text, at: 0, depth: 0 };
  const value = readValue(parser);
  skipSpace(parser);
  if (parser.at !== text.length) throw new SyntaxError('more than one value');
  return value;
}

type Parser = { readonly text: string; at: number; depth: number };

function readValue(parser: Parser): unknown {
  skipSpace(parser);
  const character = parser.text[parser.at];
  if (character === '"') return readString(parser);
  if (character === '{') return nested(parser, readObject);
  if (character === '[') return nested(parser, readArray);
  if (character === 't') return readWord(parser, 'true', true);
  if (character === 'f') return readWord(parser, 'false', false);
  if (character === 'n') return readWord(parser, 'null', null);
  return readNumber(parser);
}

function nested<T>(parser: Parser, read: (parser: Parser) => T): T {
  parser.depth += 1;
  if (parser.depth > MAX_DEPTH) throw new SyntaxError('nested too deep');
  parser.at += 1;
  const value = read(parser);
  parser.depth -= 1;
  return value;
}

function readObject(parser: Parser): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  if (takes(parser, '}')) return {};
  for (;;) {
    skipSpace(parser);
    const key = readString(parser);
    if (entries.has(key) || key === '__proto__' || key === 'constructor' || key === 'prototype') {
      throw new SyntaxError('a key that cannot be there');
    }
    expect(parser, ':');
    entries.set(key, readValue(parser));
    if (takes(parser, '}')) return Object.fromEntries(entries);
    expect(parser, ',');
  }
}

function readArray(parser: Parser): unknown[] {
  const items: unknown[] = [];
  if (takes(parser, ']')) return items;
  for (;;) {
    items.push(readValue(parser));
    if (takes(parser, ']')) return items;
    expect(parser, ',');
  }
}

/** The end of a string is searched natively: account data makes most of an answer and holds no escapes. */
function readString(parser: Parser): string {
  const { text, at } = parser;
  if (text[at] !== '"') throw new SyntaxError('a string belongs here');
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) throw new SyntaxError('a string without end');
  parser.at = end + 1;
  return JSON.parse(text.slice(at, end + 1)) as string;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function readNumber(parser: Parser): number | bigint {
  NUMBER.lastIndex = parser.at;
  const match = NUMBER.exec(parser.text);
  if (!match) throw new SyntaxError('no value');
  const [lexeme, fraction] = match;
  parser.at = NUMBER.lastIndex;
  const value = Number(lexeme);
  if (fraction !== undefined || Number.isSafeInteger(value)) return value;
  return BigInt(lexeme);
}

/** The grammar of RFC 8259; the group holds fraction and exponent. At most 400 digits are looked at. */
const NUMBER = /-?(?:0|[1-9]\d{0,399})(\.\d{1,400}(?:[eE][+-]?\d{1,9})?|[eE][+-]?\d{1,9})?/y;

function readWord<T>(parser: Parser, word: string, value: T): T {
  if (!parser.text.startsWith(word, parser.at)) throw new SyntaxError('no value');
  parser.at += word.length;
  return value;
}

function takes(parser: Parser, character: string): boolean {
  skipSpace(parser);
  if (parser.text[parser.at] !== character) return false;
  parser.at += 1;
  return true;
}

function expect(parser: Parser, character: string): void {
  if (!takes(parser, character)) throw new SyntaxError(`${character} belongs here`);
}

function skipSpace(parser: Parser): void {
  for (;;) {
    const character = parser.text[parser.at];
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return;
    parser.at += 1;
  }
}
