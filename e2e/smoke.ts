import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from './harness/launch.ts';

/** Starts the app, prints `ready <ms> <runtime>` once its window is drawn, and ends it. `smoke.ts [DATA-DIR]`. */
async function smoke(dataDir: string | undefined): Promise<void> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'run-console-smoke-'));
  try {
    const { close, readyMs, runtime } = await launchApp({ dataDir: folder });
    await close();
    console.log(`ready ${readyMs} ${runtime}`);
  } finally {
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

smoke(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
