import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventLog } from './event-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the event log', () => {
  test('finds the failure a person reads a reference of, and holds no word of its message', () => {
    const log = createEventLog(join(folder, 'events.log'), () => 0);
    const reference = log.unexpected('runs.list', new TypeError('secret 4vJ9JU1b at /home/operator/id.json'));
    const text = readFileSync(join(folder, 'events.log'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ event: 'unexpected', reference, where: 'runs.list', kind: 'TypeError' });
    expect(text).not.toMatch(/4vJ9JU1b|operator|src\//);
    expect(text).toContain('event-log.test.ts:');
  });

  test('keeps five files of 1 MiB', () => {
    const path = join(folder, 'events.log');
    for (let round = 0; round < 8; round += 1) {
      writeFileSync(path, `${round}`.repeat(1024 * 1024));
      createEventLog(path, () => 0).started('1');
    }
    expect(readdirSync(folder).toSorted()).toEqual([
      'events.log',
      ...[1, 2, 3, 4].map((number) => `events.log.${number}`),
    ]);
    expect(readFileSync(`${path}.1`, 'utf8')[0]).toBe('7');
    expect(statSync(path).size).toBeLessThan(200);
  });

  test('never stops the app when it cannot write', () => {
    const log = createEventLog(join(folder, 'not-there/events.log'), () => 0);
    expect(log.unexpected('x', 'not even an error')).toMatch(/^[0-9a-f]{8}$/);
  });
});
