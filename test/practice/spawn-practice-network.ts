import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { testEngine } from './engine.ts';

/** A practice network in a process of its own, as `npm run practice` starts it. */
export type SpawnedNetwork = {
  readonly rpcUrl: string;
  readonly webSocketUrl: string;
  readonly genesisHash: string;
  /** Ends it the given way and waits until it is gone; the answer is its exit code, `null` after a signal. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
  readonly process: ChildProcess;
};

/**
 * Starts the process entry on a free port and waits until it is ready, by the line it prints or, with a channel, by its message. What it writes to people is in the error when it
 * does not start.
 */
export async function spawnPracticeNetwork(args: readonly string[] = [], withChannel = false): Promise<SpawnedNetwork> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/practice-network/main.ts', '--port', '0', '--engine', testEngine, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe', ...(withChannel ? (['ipc'] as const) : [])],
    },
  );
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  const ready = new Promise<Pick<SpawnedNetwork, 'rpcUrl' | 'webSocketUrl' | 'genesisHash'>>((resolve, reject) => {
    const read = (report: { ready?: SpawnedNetwork }) => report.ready && resolve(report.ready);
    if (withChannel) child.on('message', (report) => read(report as { ready?: SpawnedNetwork }));
    else if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) =>
        read(JSON.parse(line) as { ready?: SpawnedNetwork }),
      );
    }
    void gone.then((code) => reject(new Error(`it ended with ${code}: ${words}`)));
  });
  const urls = await ready;
  return {
    ...urls,
    process: child,
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
  };
}
