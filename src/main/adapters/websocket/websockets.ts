import WebSocket from 'ws';
import { AppError } from '#core/errors/app-error.ts';

/** Until the first answer of a test, milliseconds. */
const TEST_DEADLINE_MS = 15_000;

/** A notification is a few hundred bytes. */
const MAX_PAYLOAD_BYTES = 65_536;

/** WebSocket side of an endpoint. What it says only saves waiting: the truth is always asked for. */
export function createWebSockets(deadlineMs = TEST_DEADLINE_MS) {
  return {
    /**
     * Opens, subscribes to slots, closes.
     *
     * @returns what answered, in words
     * @throws AppError `rpc/unreachable`, `rpc/websocket-closed`, `rpc/timeout`, `rpc/malformed`
     */
    async test(url: string, origin: string): Promise<string> {
      const socket = open(url, deadlineMs);
      if (!socket) throw new AppError('rpc/unreachable', { origin });
      try {
        await subscribeToSlots(socket, origin, deadlineMs);
        return 'Opened and subscribed to slots';
      } finally {
        socket.terminate();
      }
    },

    /**
     * Calls `onHint` when the cluster says that a signature was processed. A URL that cannot be opened never does.
     *
     * @returns closes the socket
     */
    watchSignature(url: string, signature: string, onHint: () => void): () => void {
      const socket = open(url, deadlineMs);
      if (!socket) return () => undefined;
      socket.on('error', () => socket.terminate());
      socket.on('open', () => {
        const params = [signature, { commitment: 'confirmed' }];
        socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'signatureSubscribe', params }));
      });
      let isHinted = false;
      socket.on('message', (data) => {
        if (isHinted || !String(data).includes('signatureNotification')) return;
        isHinted = true;
        socket.terminate();
        onHint();
      });
      return () => socket.terminate();
    },
  };
}

/** `undefined` for what only looks like a URL, such as `wss://10.0.0.300`. */
function open(url: string, deadlineMs: number): WebSocket | undefined {
  if (!URL.canParse(url)) return undefined;
  return new WebSocket(url, {
    followRedirects: false,
    handshakeTimeout: deadlineMs,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
  });
}

async function subscribeToSlots(socket: WebSocket, origin: string, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('rpc/timeout', { origin, seconds: deadlineMs / 1000 })), deadlineMs);
      socket.on('error', (cause) => reject(new AppError('rpc/unreachable', { origin }, { cause })));
      socket.on('close', () => reject(new AppError('rpc/websocket-closed', { origin })));
      socket.on('open', () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'slotSubscribe' })));
      socket.on('message', (data) => {
        if (isSubscription(String(data))) resolve();
        else reject(new AppError('rpc/malformed', { origin, method: 'slotSubscribe', reason: 'not a subscription' }));
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

/** `{"jsonrpc":"2.0","result":7,"id":1}`, or a notification of a subscription that stands already. */
function isSubscription(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return false;
    return ('result' in answer && typeof answer.result === 'number') || 'params' in answer;
  } catch {
    return false;
  }
}
