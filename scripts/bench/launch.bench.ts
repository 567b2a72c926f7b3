import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../../e2e/harness/launch.ts';
import { median, report } from './measure.ts';

const ROUNDS = 7;

/** Milliseconds until the window of an app is drawn; the first launch of each warms the disk and is not counted. */
async function launchMs(appFolder: string): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-launch-'));
  try {
    const { readyMs, close } = await launchApp({ dataDir, appFolder });
    await close();
    return readyMs;
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Ours and an empty window in the same shell take turns, so that whatever else the machine does hits both. */
async function launchFigures() {
  const ours: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    empty.push(await launchMs('e2e/harness/empty-app'));
    ours.push(await launchMs('.'));
  }
  const [oursMs, emptyMs] = [median(ours.slice(1)), median(empty.slice(1))];
  console.log(`      launch to drawn window: ${oursMs} ms, an empty window: ${emptyMs} ms`);
  return [
    {
      name: 'launch to interactive against an empty window',
      value: oursMs / emptyMs,
      unit: '×',
      limit: { kind: 'at-most' as const, value: 1.5 },
    },
  ];
}

launchFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
