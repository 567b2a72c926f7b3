import { spawn } from 'node:child_process';
import type { Service } from '#main/ports.ts';

/** The built practice network in a process of its own, as the app starts it, with the app's own arguments. */
export function startBuiltPractice(args: readonly string[]): Service {
  const child = spawn(process.execPath, ['out/main/practice-network.js', ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
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
