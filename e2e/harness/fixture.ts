import { test as base } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type RunningApp } from './launch.ts';

type Fixtures = {
  /** A data folder of its own, gone afterwards. The practice network keeps its state there too. */
  dataDir: string;
  /** The app, started in that folder for the first time. */
  app: RunningApp;
  /** Starts the app again in the same folder, after `app.close()` or `app.kill()`. */
  restart: () => Promise<RunningApp>;
};

/** `test` for journeys: every one gets its own app and data folder. */
export const test = base.extend<Fixtures>({
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'run-console-journey-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  app: async ({ dataDir }, use) => {
    const running = await launchApp({ dataDir });
    await use(running);
    await closeIfRunning(running);
  },
  restart: async ({ dataDir }, use) => {
    const started: RunningApp[] = [];
    await use(async () => {
      const running = await launchApp({ dataDir });
      started.push(running);
      return running;
    });
    await Promise.all(started.map(closeIfRunning));
  },
});

async function closeIfRunning({ isRunning, close }: RunningApp): Promise<void> {
  if (isRunning()) await close();
}
