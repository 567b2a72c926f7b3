import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { parseAddress } from '#core/solana/address.ts';
import { NATIVE_ENGINES, type NativeEngine } from './runtime/native/create-native-executor.ts';
import { DEFAULT_SLOT_MS, type PracticeNetwork, startPracticeNetwork } from './start-practice-network.ts';

/** Where clients look for a local Solana node. */
const DEFAULT_PORT = 8899;

/** How often a child looks whether its parent still lives. Milliseconds. */
const PARENT_CHECK_MS = 1000;

/** What the process tells whoever started it: one line on standard output, and a message where there is a channel. */
type Report =
  | {
      readonly ready: {
        readonly rpcUrl: string;
        readonly webSocketUrl: string;
        readonly genesisHash: string;
        readonly demoMint: string;
      };
    }
  | { readonly reset: { readonly genesisHash: string } }
  | { readonly failed: { readonly code: string; readonly message: string } }
  | { readonly notice: string };

/** The part of Electron's utility process in use; absent in a plain Node process. */
const { parentPort } = process as typeof process & {
  readonly parentPort?: { postMessage(message: Report): void };
};

function tellPerson(words: string): void {
  process.stderr.write(`${words}\n`);
}

function report(message: Report): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
  // Without a callback, a parent that is gone already would end this process before it has saved.
  process.send?.(message, undefined, undefined, () => undefined);
  parentPort?.postMessage(message);
}

/** Whether the parent opened a channel; `process.connected` tells whether it is still there. */
const hasChannel = process.send !== undefined;

async function run(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      'data-dir': { type: 'string' },
      demo: { type: 'string' },
      'slot-ms': { type: 'string', default: String(DEFAULT_SLOT_MS) },
      engine: { type: 'string' },
    },
  });
  const dataDir = values['data-dir'];
  const network = await startPracticeNetwork({
    genesis: { demoWallet: values.demo === undefined ? undefined : parseAddress(values.demo) },
    clock: { now: Date.now },
    random: (size) => new Uint8Array(randomBytes(size)),
    ...(dataDir === undefined ? {} : { dataDir }),
    port: wholeNumber('port', values.port, 65_534),
    engine: engineNamed(values.engine),
    slotMs: Math.max(1, wholeNumber('slot-ms', values['slot-ms'], 60_000)),
    onReset: (hash) => {
      tellPerson(`The network begins again, genesis ${hash}`);
      report({ reset: { genesisHash: hash } });
    },
    announce: (notice) => {
      tellPerson(notice);
      report({ notice });
    },
  });
  const { rpcUrl, webSocketUrl, genesisHash, demoMint } = network;
  tellPerson(`Practice network: RPC ${rpcUrl}, WebSocket ${webSocketUrl}, genesis ${genesisHash}`);
  tellPerson(dataDir === undefined ? 'It is forgotten when it stops.' : 'It goes on where it stopped.');
  endWithParent(network);
  report({ ready: { rpcUrl, webSocketUrl, genesisHash, demoMint } });
}

/** Saves and exits when asked to, and when the process that started this one is gone. */
function endWithParent(network: PracticeNetwork): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    network.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  if (hasChannel && !process.connected) end();
  if (!hasChannel && !parentPort) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_CHECK_MS).unref();
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new RangeError(`--${name} takes a whole number up to ${max}`);
}

function engineNamed(name: string | undefined): NativeEngine | undefined {
  const engine = NATIVE_ENGINES.find((known) => known === name);
  if (name === undefined || engine !== undefined) return engine;
  throw new RangeError(`--engine takes ${NATIVE_ENGINES.join(' or ')}`);
}

run().catch((cause: unknown) => {
  const code = isAppError(cause) ? cause.code : 'practice/ended-early';
  const message = describe(cause);
  tellPerson(message);
  report({ failed: { code, message } });
  process.exitCode = 1;
  // A channel to the parent would keep the process alive.
  if (process.connected) process.disconnect();
});

function describe(cause: unknown): string {
  if (!isAppError(cause)) return cause instanceof Error ? cause.message : 'The practice network did not start';
  const { happened, remedy } = messageOf(cause.code, cause.params as never);
  return `${happened}. ${remedy}.`;
}
