import { afterAll, describe, expect, test } from 'vitest';
import { encodeRecord, FIRST_HASH } from '#core/journal/record-chain.ts';
import { isAppError } from '#core/errors/app-error.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { createDisk, type Disk } from '#test/simulator/disk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';

const PATH = '/data/journal.log';
const counts = createFaultCounts('K5', ['bit flipped', 'cut off', 'swapped', 'removed', 'repeated', 'sector zeroed']);
afterAll(() => counts.print());

/** What the journal of somebody holds: most records are short, some carry a whole transaction. */
const PAYLOADS = Array.from({ length: 50 }, (_, index) =>
  index % 10 === 0
    ? { event: 'signed', id: `t${index}`, wire: 'AQ'.repeat(120 + index), at: index * 1000 }
    : { event: 'sent', id: `t${index}`, at: index * 1000 },
);
const RECORDS = chained(PAYLOADS);
const FILE = joined(RECORDS);
/** Where each record ends. */
const ENDS = RECORDS.map((_, index) => joined(RECORDS.slice(0, index + 1)).length);
const recordsBefore = (position: number) => ENDS.filter((end) => end <= position).length;

function chained(payloads: readonly unknown[]): Uint8Array[] {
  let hash = FIRST_HASH;
  return payloads.map((payload) => {
    const record = encodeRecord(hash, payload);
    hash = record.hash;
    return record.bytes;
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

type Opened = Awaited<ReturnType<typeof openJournal>>;
type Open = (path: string, fs: ReturnType<Disk['mount']>) => Promise<Opened>;

async function open(content: Uint8Array, opening: Open = openJournal) {
  const disk = createDisk();
  disk.put(PATH, content);
  const journal = await opening(
    PATH,
    disk.mount(async (_call, work) => work()),
  );
  return { disk, journal };
}

/**
 * That damage is noticed and what stands before it is kept; and that nobody goes on as if nothing had happened.
 *
 * @returns what is wrong, nothing when all is well
 */
async function judge(content: Uint8Array, intact: number, opening?: Open): Promise<string | undefined> {
  const { disk, journal } = await open(content, opening);
  if (journal.brokenAt === undefined && journal.notices.length === 0) return 'not noticed';
  const kept = journal.takePayloads().length;
  if (kept !== intact) return `${kept} records kept, not ${intact}`;
  if (journal.brokenAt !== undefined && journal.brokenAt !== intact + 1) return `broken at ${journal.brokenAt}`;
  if (journal.brokenAt === undefined) return disk.read(`${PATH}.torn`) ? undefined : 'cut off without a copy';
  return undefined;
}

describe('K5: a journal of 50 records', () => {
  test('shows every flipped bit, and keeps every record before it', { timeout: 300_000 }, async () => {
    for (let position = 0; position < FILE.length; position += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        counts.count('bit flipped');
        const wrong = await judge(FILE.with(position, (FILE[position] ?? 0) ^ (1 << bit)), recordsBefore(position));
        if (wrong !== undefined) expect([position, bit, wrong]).toEqual([position, bit, undefined]);
      }
    }
  });

  test('shows every cut inside a record; one between two of them is an earlier state of the journal', async () => {
    for (let length = 1; length < FILE.length; length += 1) {
      if (ENDS.includes(length)) continue;
      counts.count('cut off');
      expect([length, await judge(FILE.subarray(0, length), recordsBefore(length))]).toEqual([length, undefined]);
    }
  });

  test('shows any two records that changed places, any that is gone, and any that is there twice', async () => {
    for (const [first] of RECORDS.entries()) {
      for (let second = first + 1; second < RECORDS.length; second += 1) {
        counts.count('swapped');
        const swapped = RECORDS.with(first, at(second)).with(second, at(first));
        expect([first, second, await judge(joined(swapped), first)]).toEqual([first, second, undefined]);
      }
      counts.count('repeated');
      const repeated = joined([...RECORDS.slice(0, first + 1), ...RECORDS.slice(first)]);
      expect([first, await judge(repeated, first + 1)]).toEqual([first, undefined]);
      // Of the last one nothing would be left to tell.
      if (first === RECORDS.length - 1) continue;
      counts.count('removed');
      expect([first, await judge(joined(RECORDS.filter((_, index) => index !== first)), first)]).toEqual([
        first,
        undefined,
      ]);
    }
  });

  test('is never cut off because a sector before its last record is empty', async () => {
    const lastStart = ENDS.at(-2) ?? 0;
    for (let start = 0; start + 512 <= lastStart; start += 512) {
      counts.count('sector zeroed');
      const content = Uint8Array.from(FILE).fill(0, start, start + 512);
      const { disk, journal } = await open(content);
      expect([start, journal.brokenAt]).toEqual([start, recordsBefore(start) + 1]);
      const refused: unknown = await journal.append({ event: 'sent' }).catch((cause: unknown) => cause);
      expect(isAppError(refused) && refused.code).toBe('journal/broken');
      expect(disk.read(PATH)).toEqual(content);
    }
  });

  test('was damaged in every way there is', () => {
    expect(counts.missing()).toEqual([]);
  });

  test('is not judged well by a reader that looks at no hash', async () => {
    const trusting: Open = async (path, fs) => {
      const text = Buffer.from(await fs.readFile(path)).toString('latin1');
      const lines = text.split('\n').slice(0, -1);
      const payloads = lines.map((line) => line.slice(74));
      return { ...(await openJournal('/data/none.log', fs)), notices: [], takePayloads: () => payloads };
    };
    expect(await judge(FILE.with(FILE.length - 3, 0x39), 49, trusting)).toBe('not noticed');
  });
});

function at(index: number): Uint8Array {
  return RECORDS[index] ?? new Uint8Array();
}
