import { channelName } from '#ipc/channels.ts';
import type { AnyContract, CallContract } from '#ipc/contract-types.ts';
import type { Envelope, Failure } from '#ipc/envelope.ts';
import { APP_ORIGIN } from './decide-app-request.ts';
import type { ElectronApi, FrameApi } from './electron-api.ts';

type Options = {
  readonly electron: ElectronApi;
  readonly contract: AnyContract;
  /** The contract's own server: parses, runs the handler, answers. */
  readonly answer: (group: string, name: string, payload: unknown) => Promise<Envelope>;
  /** The one frame that may call: the main frame of the app's window, while there is one. */
  readonly mainFrame: () => FrameApi | undefined;
  /** Milliseconds that never go backwards. */
  readonly now: () => number;
};

/**
 * Listens on every call of the contract. Who asks is checked first, then one argument, its size and how often, and only
 * then the contract's server sees it (security bar §2.2). The only place that touches `ipcMain`.
 */
export function bindIpc({ electron, contract, answer, mainFrame, now }: Options): void {
  for (const [group, channels] of Object.entries(contract)) {
    for (const [name, channel] of Object.entries(channels)) {
      if (!('input' in channel)) continue;
      const guard = createGuard(channelName(group, name), channel, mainFrame, now);
      electron.ipcMain.handle(channelName(group, name), (event, ...values) => {
        const refusal = guard(event.senderFrame, values);
        return refusal ?? answer(group, name, values[0]);
      });
    }
  }
}

type Guard = (frame: FrameApi | null, values: readonly unknown[]) => Failure | undefined;

function createGuard(channel: string, limits: CallContract, mainFrame: Options['mainFrame'], now: () => number): Guard {
  const isTooOften = createRateLimit(limits.perMinute, now);
  return (frame, values) => {
    if (!isOwnFrame(frame, mainFrame()) || values.length !== 1) return failure('ipc/refused', { channel });
    const bytes = sizeBytes(values[0]);
    if (bytes === undefined) return failure('ipc/malformed', { channel, path: '' });
    if (bytes > limits.maxBytes) return failure('ipc/too-large', { channel, bytes, max: limits.maxBytes });
    if (isTooOften()) return failure('ipc/too-often', { channel, perMinute: limits.perMinute });
    return undefined;
  };
}

function failure(code: string, params: Failure['params']): Failure {
  return { ok: false, code, params };
}

/** A frame that is gone, embedded, of another window or of another origin is not ours. */
function isOwnFrame(frame: FrameApi | null, main: FrameApi | undefined): boolean {
  if (!frame || !main || frame.detached || frame.parent !== null) return false;
  return frame.processId === main.processId && frame.routingId === main.routingId && frame.origin === APP_ORIGIN;
}

/** Bytes of JSON, or `undefined` for what JSON cannot carry. */
function sizeBytes(value: unknown): number | undefined {
  if (value === undefined) return 0;
  try {
    const json = JSON.stringify(value);
    return json === undefined ? undefined : Buffer.byteLength(json);
  } catch {
    return undefined;
  }
}

const MINUTE_MS = 60_000;

/** Says of each call whether it is one too many within the last minute. Calls that were refused do not count. */
export function createRateLimit(perMinute: number, now: () => number): () => boolean {
  const taken: number[] = [];
  return function isTooOften() {
    const time = now();
    while (taken[0] !== undefined && taken[0] <= time - MINUTE_MS) taken.shift();
    if (taken.length >= perMinute) return true;
    taken.push(time);
    return false;
  };
}
