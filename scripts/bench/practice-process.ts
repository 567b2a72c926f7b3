import { spawn } from 'node:child_process';
import type { Service } from '#main/ports.ts';

/** The built practice network in a process of its own, as the app starts it, with the app's own arguments. */
export function startBuiltPractice(args: readonly string[]): Service {
  return startService(['out/main/practice-network.js', ...args]);
}

/** The practice network with more on it than anybody makes by hand, in a process of its own: see `full-cluster.ts`. */
export function startFullCluster(args: readonly string[]): Service {
  return startService(['--import', 'tsx', 'scripts/bench/full-cluster.ts', ...args]);
}

function startService(args: readonly string[]): Service {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    exited,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
