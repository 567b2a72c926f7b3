import { afterEach, beforeEach } from 'vitest';
import type { Surroundings } from '#main/create-services.ts';
import { type StartedMain, startMain, temporaryFolder } from './start-main.ts';

/** A data folder for each test of a file, and what starts main on it; both are gone after the test. */
export function mainFolder() {
  let folder: ReturnType<typeof temporaryFolder> | undefined;
  let main: StartedMain | undefined;

  function here() {
    if (!folder) throw new Error('a folder is there only while a test runs');
    return folder;
  }

  async function stop(): Promise<void> {
    await main?.close();
    main = undefined;
  }

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await stop();
    folder?.remove();
  });

  return {
    get path() {
      return here().path;
    },
    async start(changes?: Partial<Surroundings>): Promise<StartedMain> {
      main = await startMain(here().path, changes);
      return main;
    },
    /** Closes main before the test is over, for another start on the same folder. */
    stop,
  };
}
