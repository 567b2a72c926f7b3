import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { bundleProgram } from './bundle-program.ts';

// Every call, alone or with all that follow, on a simulated disk: k3.test.ts.
const counts = createFaultCounts('K4', ['ENOSPC', 'EROFS']);

/** A mount namespace needs Linux and root; the reason is printed where there is none. */
const skipped = reasonToSkip();
afterAll(() => {
  if (skipped === '') counts.print();
  else console.info(`K4: SKIPPED, ${skipped}`);
});

function reasonToSkip(): string {
  if (process.platform !== 'linux') return `no mount namespaces on ${process.platform}`;
  const { status, stderr, error } = spawnSync('unshare', ['-m', 'true'], { encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? stderr.trim());
}

type Line = {
  readonly fault: 'ENOSPC' | 'EROFS';
  readonly name: string;
  readonly ending: { readonly code: string; readonly isInWords: boolean };
  readonly isKept: boolean;
  readonly after: unknown;
};

/** What each action ends in under a fault, and what is there once it is over. */
const EXPECTED: Readonly<
  Record<string, { readonly code: string; readonly whenFull?: string; readonly after: unknown }>
> = {
  'a record': {
    code: 'journal/unwritable',
    after: [
      { numbers: [1], brokenAt: 'nowhere' },
      { numbers: [1, 3], brokenAt: 'nowhere' },
    ],
  },
  'the first record': { code: 'journal/unwritable', after: { numbers: [3], brokenAt: 'nowhere' } },
  'a record after an unfinished one': {
    code: 'journal/unwritable',
    after: [{ numbers: [1, 3], brokenAt: 'nowhere' }, true],
  },
  'settings saved': { code: 'storage/unwritable', after: ['old', 'newer'] },
  'damaged settings': { code: 'storage/unwritable', after: ['old', 'newer'] },
  'the folder taken': { code: 'storage/unwritable', after: false },
  // A folder takes no room of a memory disk.
  'a folder made': { code: 'storage/unwritable', whenFull: 'done', after: 0o700 },
  'a file of the operator': { code: 'storage/unwritable', after: 'old' },
  'a new key': { code: 'keyfile/unwritable', after: ['nothing left', 0o600] },
};

async function runOnSmallDisk(): Promise<readonly Line[]> {
  const program = await bundleProgram('full-disk.ts');
  const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    // The mount is the namespace's own: it is gone with the program.
    const script = 'mount -t tmpfs -o size=64k,mode=700 tmpfs "$1" && exec "$2" "$3" "$1"';
    const output = execFileSync('unshare', ['-m', 'sh', '-c', script, 'sh', disk, process.execPath, program.path], {
      encoding: 'utf8',
    });
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  } finally {
    program.remove();
    rmSync(disk, { recursive: true, force: true });
  }
}

describe.skipIf(skipped !== '')('K4: a real disk of 64 KiB', () => {
  test('keeps what was there when it is full or read-only, says so in words, and works again afterwards', async () => {
    const lines = await runOnSmallDisk();
    const met = lines.map(({ fault, name }) => `${fault} ${name}`);
    const wanted = ['ENOSPC', 'EROFS'].flatMap((fault) => Object.keys(EXPECTED).map((name) => `${fault} ${name}`));
    expect(met).toEqual(wanted);
    for (const { fault, name, ending, isKept, after } of lines) {
      counts.count(fault);
      const { code, whenFull = code, after: wantedAfter } = EXPECTED[name] ?? { code: '', after: undefined };
      expect({ fault, name, ending, isKept, after }).toEqual({
        fault,
        name,
        ending: { code: fault === 'ENOSPC' ? whenFull : code, isInWords: true },
        isKept: true,
        after: wantedAfter,
      });
    }
    expect(counts.missing()).toEqual([]);
  }, 60_000);
});
