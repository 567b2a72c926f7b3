import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configResult } from './config-result.ts';

const FOLDER = new URL('../../../test/fixtures/psyche/vectors/configs/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.toml'))
  .map((file) => file.slice(0, -'.toml'.length));

describe('every configuration vector', () => {
  test('is there', () => expect(names).toHaveLength(71));

  test.each(names)('%s ends as the program’s own parser and checks do', (name) => {
    const text = readFileSync(new URL(`${name}.toml`, FOLDER), 'utf8');
    const {
      rustMessage: _rustMessage,
      note: _note,
      ...expected
    } = JSON.parse(readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8')) as Record<string, unknown>;

    const result = configResult(text);

    expect(result).toMatchObject(expected);
    expect(
      Object.keys(result)
        .filter((key) => !OUR_OWN.has(key))
        .toSorted(),
    ).toEqual(Object.keys(expected).toSorted());
  });
});

/** What the result says beyond the vectors: our words and places instead of the parser’s message. */
const OUR_OWN: ReadonlySet<string> = new Set(['message', 'line', 'column']);
