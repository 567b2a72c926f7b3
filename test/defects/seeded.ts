import type { Defect } from './defect.ts';

/** What is wrong, the text that is right, what stands in its place, and the name of the test that notices. */
type Row = readonly [name: string, right: string, wrong: string, test: string];

/** Defects of one file that the tests of one other file notice. */
export function seeded(part: Defect['part'], file: string, testFile: string, rows: readonly Row[]): Defect[] {
  return rows.map(([name, right, wrong, test]) => ({
    name,
    part,
    file,
    right,
    wrong,
    test: { file: testFile, name: test },
  }));
}
