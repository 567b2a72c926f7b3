import { fork as forkNode, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { ForkOptions, UtilityProcessApi } from '#main/electron/electron-api.ts';

type UtilityProcesses = {
  fork(modulePath: string, args: string[], options: ForkOptions): UtilityProcessApi;
  stopAll(): void;
};

/** `utilityProcess` as Node child processes with a `process.parentPort`, gone when this process is. */
export function createUtilityProcess(): UtilityProcesses {
  const running = new Set<ChildProcess>();
  return {
    fork(modulePath, args, { env, stdio, execArgv }) {
      const child = forkNode(join(__dirname, 'utility-child.cjs'), [modulePath, ...args], {
        env,
        execArgv,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', stdio === 'ignore' ? 'ignore' : stdio[2], 'ipc'],
      });
      running.add(child);
      const events = new EventEmitter();
      child.on('message', (message) => events.emit('message', message));
      child.on('spawn', () => events.emit('spawn'));
      child.on('error', (error) => process.stderr.write(`a child process failed: ${error.message}\n`));
      child.on('exit', (code) => {
        running.delete(child);
        events.emit('exit', code ?? 1);
      });
      return Object.assign(events, {
        pid: child.pid,
        // Electron drops what is sent to a child that is gone.
        postMessage: (message: unknown) => void child.send(message as object, () => undefined),
        kill: () => child.kill(),
      });
    },
    stopAll() {
      for (const child of running) child.kill();
    },
  };
}
