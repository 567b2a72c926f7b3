import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { csvLine } from './csv.ts';

/** A reader of RFC 4180 written for this test. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  let rest = line.replace(/\r\n$/, '');
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const raw = quoted ? quoted[0] : (/^[^,"\r\n]*/.exec(rest)?.[0] ?? '');
    cells.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : raw);
    rest = rest.slice(raw.length);
    if (rest === '') return cells;
    expect(rest[0]).toBe(',');
    rest = rest.slice(1);
  }
}

test('numbers stand as they are, to the last digit; nothing stands for nothing', () => {
  expect(csvLine([{ decimal: '18446744073709551615' }, undefined, { decimal: '0.000005' }, ''])).toBe(
    '18446744073709551615,,0.000005,\r\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '|calc', '＝1+1', '＋1', '－1', '＠a'])(
  'no text begins a formula: %j',
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  },
);

test('every text comes back, but for the apostrophe before what could be a formula', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 }),
      (cells) => {
        const read = readLine(csvLine(cells));
        expect(read).toHaveLength(cells.length);
        read.forEach((cell, index) => expect([cells[index], `'${cells[index]}`]).toContain(cell));
        for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      },
    ),
    { numRuns: propertyRuns() },
  );
});
