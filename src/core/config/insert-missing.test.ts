import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkConfig } from './check-config.ts';
import { insertMissingKeys } from './insert-missing.ts';
import { parseConfig } from './parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from './practice-config.ts';

const SAMPLE = readFileSync(new URL('../../../test/fixtures/config/book-sample.toml', import.meta.url), 'utf8');

test('one call makes the book’s sample acceptable, and only adds two lines', () => {
  const repaired = repair(SAMPLE);
  const reading = parseConfig(repaired);

  if (reading.kind !== 'ok') throw new Error(JSON.stringify(reading.problems));
  expect(checkConfig(reading.config, reading.model)).toEqual([]);
  expect(repaired.split('\n').filter((line) => !SAMPLE.split('\n').includes(line))).toEqual([
    'waiting_for_members_extra_time = 3',
    'cold_start_warmup_steps = 0',
  ]);
  expect(
    repaired.replace('waiting_for_members_extra_time = 3\n', '').replace('cold_start_warmup_steps = 0\n', ''),
  ).toBe(SAMPLE);
});

describe('every way to write a table', () => {
  test.each([
    ['CRLF and a byte order mark', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['no newline at the end', (text: string) => text.trimEnd()],
    ['indented keys', (text: string) => text.replaceAll(/^(?=[a-z])/gm, '  ')],
    [
      'a comment behind the last key',
      (text: string) => text.replaceAll(/^(total_steps|max_seq_len) = .*$/gm, '$& # last'),
    ],
    ['[config] at the end', (text: string) => moveTableToEnd(text, '[config]').trimEnd()],
    ['an inline table', (text: string) => inlined(text, '[config]', 'config')],
    ['an empty header before sub-tables', (text: string) => text.replace(/\[model\.LLM\]\n[^[]*/, '[model.LLM]\n')],
    ['dotted keys', (text: string) => dotted(text, '[config]', 'config')],
    ['dotted keys inside [model]', (text: string) => dotted(text, '[model.LLM]', 'LLM', '[model]')],
    ['a quoted header', (text: string) => text.replace('[config]', '["config"]')],
  ])('%s', (_name, rewrite) => {
    const text = rewrite(SAMPLE);
    const before = parseConfig(text);
    const after = parseConfig(repair(text));

    expect(missingIn(before)).toContain('config.waiting_for_members_extra_time');
    expect(missingIn(after).filter((path) => /waiting_for|cold_start/.test(path))).toEqual([]);
    expect(after.kind === 'refused' ? after.problems.map(({ why }) => why) : []).not.toContain('toml-syntax');
  });

  test('a table that exists only through its sub-tables gets a header', () => {
    const text = PRACTICE_CONFIG_TEXT.replace(/\[model\.LLM\]\n[^[]*/, '');

    expect(missingIn(parseConfig(text))).toContain('model.LLM.cold_start_warmup_steps');
    expect(missingIn(parseConfig(repair(text)))).not.toContain('model.LLM.cold_start_warmup_steps');
  });
});

test('a key that somebody has to decide on is not inserted', () => {
  const text = PRACTICE_CONFIG_TEXT.replace('total_steps = 2000\n', '');

  expect(repair(text)).toBe(text);
});

function repair(text: string): string {
  const reading = parseConfig(text);
  return reading.kind === 'refused' ? insertMissingKeys(text, reading.problems) : text;
}

function missingIn(reading: ReturnType<typeof parseConfig>): string[] {
  return reading.kind === 'ok' ? [] : reading.problems.filter(({ why }) => why === 'missing').map(({ path }) => path);
}

function tableOf(text: string, header: string): { start: number; end: number; lines: string[] } {
  const start = text.indexOf(header);
  const next = text.indexOf('\n[', start);
  const lines = text
    .slice(start + header.length, next)
    .trim()
    .split('\n');
  return { start, end: next + 1, lines };
}

function moveTableToEnd(text: string, header: string): string {
  const { start, end } = tableOf(text, header);
  return `${text.slice(0, start)}${text.slice(end)}\n${text.slice(start, end)}`;
}

function inlined(text: string, header: string, key: string): string {
  const { start, end, lines } = tableOf(text, header);
  const entries = lines.map((line) => line.replace(/ #.*/, '')).join(', ');
  return `${key} = { ${entries} }\n${text.slice(0, start)}${text.slice(end)}`;
}

function dotted(text: string, header: string, prefix: string, newHeader = ''): string {
  const { start, end, lines } = tableOf(text, header);
  const table = `${newHeader}\n${lines.map((line) => `${prefix}.${line}`).join('\n')}\n`;
  return newHeader === ''
    ? `${table}${text.slice(0, start)}${text.slice(end)}`
    : `${text.slice(0, start)}${table}${text.slice(end)}`;
}
