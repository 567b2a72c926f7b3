import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { contract } from '#ipc/contract.ts';
import { createPageEvents } from '#main/electron/page-events.ts';
import { sleep, systemClock } from '#main/adapters/clock.ts';
import { createServices, type Composition, type Surroundings } from '#main/create-services.ts';
import type { Dialogs, Service } from '#main/ports.ts';
import { parseAddress } from '#core/solana/address.ts';
import { answer } from '#signer/answer.ts';
import type { SignerRequest } from '#signer/messages.ts';
import { startPracticeNetwork, type PracticeNetwork } from '#practice/start-practice-network.ts';

/** Main as the app builds it, on a temporary folder, with signer and practice network in this process. */
export type StartedMain = Composition & { readonly dataFolder: string };

/** A temporary data folder, and what removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'main-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A system window nobody expected. */
export const noDialogs: Dialogs = {
  chooseFile: () => Promise.reject(new Error('nobody should be asked for a file')),
  chooseTarget: () => Promise.reject(new Error('nobody should be asked where to save')),
  confirm: () => Promise.reject(new Error('nobody should be asked to confirm')),
};

/** The signing child's answer, made in this process from a copy of the request, as a child would get. */
export async function askSignerHere(request: SignerRequest) {
  return { kind: 'answer' as const, message: await answer(structuredClone(request)) };
}

/** Starts main without a window. */
export async function startMain(dataFolder: string, changes: Partial<Surroundings> = {}): Promise<StartedMain> {
  const composition = await createServices({
    version: '0.0.0',
    dataFolder,
    children: {
      askSigner: askSignerHere,
      startPracticeNetwork: practiceInThisProcess,
    },
    dialogs: noDialogs,
    lookForLedger: async () => ({ kind: 'absent' }),
    events: createPageEvents(contract, () => undefined),
    applyTheme: () => undefined,
    windowId: () => 1,
    clock: systemClock,
    sleep,
    ...changes,
  });
  return { ...composition, dataFolder };
}

/**
 * The practice network as its process would run it, by the same arguments and messages.
 *
 * @param onStarted - given the network itself
 */
export function practiceInThisProcess(
  args: readonly string[],
  onStarted: (network: PracticeNetwork) => void = () => undefined,
): Service {
  const listeners: ((message: unknown) => void)[] = [];
  const option = (name: string) => args[args.indexOf(name) + 1] ?? '';
  const network = startPracticeNetwork({
    genesis: { demoWallet: parseAddress(option('--demo')) },
    clock: systemClock,
    random: (size) => new Uint8Array(randomBytes(size)),
    dataDir: option('--data-dir'),
    slotMs: 50,
  });
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  network.then(
    (started) => {
      const { rpcUrl, webSocketUrl, genesisHash, demoMint } = started;
      onStarted(started);
      for (const listener of listeners) listener({ ready: { rpcUrl, webSocketUrl, genesisHash, demoMint } });
    },
    () => exit(1),
  );
  return {
    post: () => undefined,
    onMessage: (listener) => listeners.push(listener),
    exited,
    async stop() {
      await (await network).close();
      exit(0);
    },
  };
}
