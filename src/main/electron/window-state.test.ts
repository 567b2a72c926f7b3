import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { createWindowStateFile, parseWindowState } from './window-state.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'window-state-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const state = { bounds: { x: -20, y: 30, width: 1360, height: 860 }, isMaximized: true };

test('what was written is read back, in a folder that was not there yet', () => {
  const path = join(folder, 'new', 'window.json');
  createWindowStateFile(path).write(state);
  expect(createWindowStateFile(path).read()).toEqual(state);
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"bounds":{}}',
  '{"bounds":{"x":0,"y":0,"width":0,"height":9},"isMaximized":false}',
])('a file that says %j is no window state', (words) => {
  const path = join(folder, 'window.json');
  writeFileSync(path, words);
  expect(createWindowStateFile(path).read()).toBeUndefined();
});

test('no parsed state holds a number a window cannot have', () => {
  fc.assert(
    fc.property(
      fc.record({
        bounds: fc.dictionary(fc.constantFrom('x', 'y', 'width', 'height'), fc.anything()),
        isMaximized: fc.boolean(),
      }),
      (value) => {
        const parsed = parseWindowState(value);
        for (const number of Object.values(parsed?.bounds ?? {})) expect(Math.abs(number)).toBeLessThanOrEqual(100_000);
      },
    ),
    { numRuns: propertyRuns() },
  );
});
