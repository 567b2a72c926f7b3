import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passed on; passed on with no answer, or with the connection cut instead of one; or swallowed. */
type Sending = 'pass' | 'pass-without-answer' | 'pass-and-hang-up' | 'swallow';

/** A way to a Solana node on which a test can hold back what is sent. */
export type GatedRpc = {
  readonly url: string;
  /** What happens to `sendTransaction`. */
  setSending(mode: Sending): void;
  /** Resolves when the next `sendTransaction` has arrived (and, when passed on, was taken by the node). */
  nextSend(): Promise<void>;
  close(): Promise<void>;
};

/** Stands between the app and a practice network. */
export async function startGatedRpc(target: string): Promise<GatedRpc> {
  let mode: Sending = 'pass';
  let onSend: (() => void)[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const isSend = body.includes('"sendTransaction"');
    const passes = !isSend || mode !== 'swallow';
    const answer = passes ? await forward(body) : '';
    if (isSend) {
      for (const tell of onSend) tell();
      onSend = [];
    }
    if (isSend && mode === 'pass-and-hang-up') response.destroy();
    if (isSend && mode !== 'pass') return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(answer);
  }

  async function forward(body: string): Promise<string> {
    const answer = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return answer.text();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setSending: (next) => {
      mode = next;
    },
    nextSend: () => new Promise((resolve) => onSend.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
