import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseIdl } from '#core/codec/idl.ts';
import { PROGRAM_NAMES } from '#core/layouts/programs.ts';
import { generate } from './generate.ts';

describe.each(PROGRAM_NAMES)('generated types of the %s', (program) => {
  const idl = parseIdl(JSON.parse(readFileSync(new URL(`../idl/${program}.json`, import.meta.url), 'utf8')));

  test('are current', () => {
    const committed = readFileSync(new URL(`../src/core/layouts/generated/${program}.ts`, import.meta.url), 'utf8');
    expect(generate(program, idl)).toBe(committed);
  });

  test('change when the interface does', () => {
    const [first, ...others] = idl.instructions;
    const renamed = { ...idl, instructions: first ? [{ ...first, name: 'renamed' }, ...others] : [] };
    expect(generate(program, renamed)).not.toBe(generate(program, idl));
  });
});
