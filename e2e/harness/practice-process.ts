import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A practice network in a process of its own, apart from any app. */
export type PracticeProcess = Ready & { stop(): Promise<void> };

/** What it says once it answers; the demo wallet holds tokens of `demoMint`. */
type Ready = { readonly rpcUrl: string; readonly webSocketUrl: string; readonly demoMint: string };

/** Starts the built network on free ports; it is forgotten when it stops. */
export async function startPracticeProcess(demoWallet: string): Promise<PracticeProcess> {
  const child = spawn(process.execPath, ['out/main/practice-network.js', '--port', '0', '--demo', demoWallet], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { ready } = JSON.parse(line) as { ready?: Ready };
    if (!ready) continue;
    return {
      ...ready,
      async stop() {
        child.kill('SIGTERM');
        await exited;
      },
    };
  }
  throw new Error('the practice network ended before it was ready');
}
