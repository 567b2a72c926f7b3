import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PARTS } from './defect.ts';
import { DEFECTS } from './defects.ts';

/** Whether they are noticed is shown by `npm run defects`; here, that they still fit the code. */
describe('the seeded defects', () => {
  test('are at least 44, of every part of the signing core, each with a name of its own', () => {
    expect(DEFECTS.length).toBeGreaterThanOrEqual(44);
    expect(new Set(DEFECTS.map(({ part }) => part))).toEqual(new Set(PARTS));
    expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(DEFECTS.length);
  });

  test.each(DEFECTS.map((defect) => [defect.name, defect] as const))(
    'has its place in the code: %s',
    (_name, { file, right, wrong }) => {
      expect(wrong).not.toBe(right);
      expect(readFileSync(file, 'utf8').split(right)).toHaveLength(2);
    },
  );
});
