import type { ElectronApi, ForkOptions } from './electron-api.ts';

/** How a one-shot child ended: with an answer, without one, or not in time. */
export type ChildAnswer =
  | { readonly kind: 'answer'; readonly message: unknown }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out' };

/** A signature takes milliseconds; a child that is still silent after this is stuck (security bar §3.9). */
const ONE_SHOT_LIMIT_MS = 10_000;

/** From source, a child that crashes says so on main's standard error. A packaged app has nobody who reads it. */
function outputOf({ app }: ElectronApi): ForkOptions['stdio'] {
  return app.isPackaged ? 'ignore' : ['ignore', 'ignore', 'inherit'];
}

type Job = { readonly name: string; readonly modulePath: string; readonly message: unknown };

/**
 * Starts a fresh child with an empty environment, gives it one message and takes one answer. The child is gone when the
 * promise settles.
 *
 * @param job - `modulePath` is the child's bundle; `message` is anything structured clone carries
 */
export async function runOneShot(
  electron: ElectronApi,
  { name, modulePath, message }: Job,
  limitMs = ONE_SHOT_LIMIT_MS,
): Promise<ChildAnswer> {
  const options = { env: {}, serviceName: name, stdio: outputOf(electron), execArgv: [] };
  const child = electron.utilityProcess.fork(modulePath, [], options);
  let timer: NodeJS.Timeout | undefined;
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  const answer = await new Promise<ChildAnswer>((resolve) => {
    child.on('message', (reply) => resolve({ kind: 'answer', message: reply }));
    void exited.then((code) => resolve({ kind: 'exited', code }));
    timer = setTimeout(() => resolve({ kind: 'timed-out' }), limitMs);
    child.postMessage(message);
  });
  clearTimeout(timer);
  child.kill();
  await exited;
  return answer;
}

export type Service = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Settles with the exit code when the child is gone, for whatever reason. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
};

/** Starts a child that lives as long as the app, such as the practice network. */
export function startService(
  electron: ElectronApi,
  { name, modulePath, args }: { name: string; modulePath: string; args: string[] },
): Service {
  const options = { env: {}, serviceName: name, stdio: outputOf(electron), execArgv: [] };
  const child = electron.utilityProcess.fork(modulePath, args, options);
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    exited,
    async stop() {
      child.kill();
      await exited;
    },
  };
}
