import { promises } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { encodeRecord, FIRST_HASH, readRecords } from '#core/journal/record-chain.ts';
import { type JournalFiles, openJournal } from '#main/adapters/journal/open-journal.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom } from '#test/simulator/random.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import { scaled } from '#test/simulator/seeds.ts';
import type { Fault, WorldOptions } from '#test/simulator/world.ts';

const counts = createFaultCounts<Fault>('K2', [
  'power cut',
  'a write dropped',
  'a write torn',
  'writes reordered',
  'a name lost',
]);
let runs = 0;
afterAll(() => {
  counts.print();
  console.info(`K2: ${runs} runs`);
});

const OPTIONS: WorldOptions = {
  seed: 12,
  isPlain: true,
  rates: { 'endpoint switched': 1 },
  count: counts.count,
};

const CUT = 'whatever a power cut leaves of unsynced writes, the next start shows the truth and it is done once';

test(`K2: ${CUT}`, { timeout: 600_000 }, async () => {
  const { calls } = await runScenario(OPTIONS);
  const syncs = calls.flatMap((name, index) => (name.startsWith('sync ') ? [index + 1] : []));
  expect(syncs.length).toBeGreaterThan(4);
  for (const call of syncs) {
    for (let cutSeed = 0; cutSeed < scaled(50); cutSeed += 1) {
      for (const when of ['before', 'after'] as const) {
        const random = createRandom(call * 1000 + cutSeed);
        const again = { call: 1 + random.int(40), when, death: 'power cut' as const };
        const result = await runScenario({ ...OPTIONS, cutSeed, deaths: [{ call, when, death: 'power cut' }, again] });
        runs += 1;
        expect([call, cutSeed, when, result.violations, result.effects]).toEqual([call, cutSeed, when, [], 1]);
      }
    }
  }
});

/** Bytes of a sector, which a disk writes all or not at all. */
const SECTOR = 512;

test('K2: whatever sectors of the last record a power cut leaves, wherever it begins, it never passes for tampering', () => {
  for (let start = 300; start < 300 + SECTOR; start += 1) {
    const first = encodeRecord(FIRST_HASH, { text: 'x'.repeat(start - 86) });
    expect(first.bytes.length).toBe(start);
    const second = encodeRecord(first.hash, { text: 'x'.repeat(900) });
    const whole = Uint8Array.from([...first.bytes, ...second.bytes]);
    const sectors = Array.from({ length: Math.ceil(whole.length / SECTOR) }, (_, index) => index).filter(
      (index) => (index + 1) * SECTOR > start,
    );
    for (let kept = 0; kept < 2 ** sectors.length; kept += 1) {
      const content = Uint8Array.from(whole).fill(0, start);
      for (const [index, sector] of sectors.entries()) {
        if (((kept >> index) & 1) === 0) continue;
        const from = Math.max(start, sector * SECTOR);
        content.set(whole.subarray(from, (sector + 1) * SECTOR), from);
      }
      const { end, payloads } = readRecords(content);
      expect([start, kept, end, payloads.length]).toEqual(
        kept === 2 ** sectors.length - 1 ? [start, kept, 'clean', 2] : [start, kept, 'torn', 1],
      );
    }
  }
});

test('K2: a journal that is not synced is noticed', async () => {
  const hasty = (path: string, files?: JournalFiles) => {
    const fs = files ?? promises;
    return openJournal(path, {
      ...fs,
      async open(...args: Parameters<typeof fs.open>) {
        const file = await fs.open(...args);
        return Object.assign(file, { sync: async () => undefined });
      },
    } as JournalFiles);
  };
  const { violations } = await runScenario(OPTIONS, { openJournal: hasty });
  expect(violations.join()).toContain('V4');
});

test('every fault of this row was injected', () => {
  expect(counts.missing()).toEqual([]);
});
