import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';

/** One HTTP request and its answer. Times are milliseconds; bytes are those of the bodies, without headers. */
export type Exchange = {
  /** JSON-RPC method. */
  readonly method: string;
  readonly request: string;
  readonly answer: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
};

/** Whose work a request belongs to: what goes on beside it, such as the watch over a connection, is not counted. */
const recording = new AsyncLocalStorage<Exchange[]>();

/**
 * Does the work, and tells every exchange over `fetch` it caused.
 *
 * @param delayMs - by which every answer comes later, so that what waits for one another is told from what goes together
 */
export async function exchangesOf<T>(
  work: () => Promise<T>,
  delayMs = 0,
): Promise<{ readonly result: T; readonly exchanges: readonly Exchange[] }> {
  const plain = globalThis.fetch;
  const exchanges: Exchange[] = [];
  globalThis.fetch = async (...request) => {
    const record = recording.getStore();
    if (record !== exchanges) return plain(...request);
    const startedAt = performance.now();
    const answer = await plain(...request);
    const body = await answer.text();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    record.push({ ...partsOf(request[1]?.body, body), startedAt, endedAt: performance.now() });
    return new Response(body, answer);
  };
  try {
    return { result: await recording.run(exchanges, work), exchanges };
  } finally {
    globalThis.fetch = plain;
  }
}

function partsOf(sent: unknown, answer: string): Omit<Exchange, 'startedAt' | 'endedAt'> {
  const request = typeof sent === 'string' ? sent : '';
  return {
    method: /"method":"([^"]*)"/.exec(request)?.[1] ?? '',
    request,
    answer,
    sentBytes: Buffer.byteLength(request),
    receivedBytes: Buffer.byteLength(answer),
  };
}

/** Requests that had to wait for an earlier one: the longest chain of exchanges that do not overlap. */
export function sequentialTrips(exchanges: readonly Exchange[]): number {
  let trips = 0;
  let freeAt = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt } of exchanges.toSorted((a, b) => a.endedAt - b.endedAt)) {
    if (startedAt < freeAt) continue;
    trips += 1;
    freeAt = endedAt;
  }
  return trips;
}

/** Bytes of all bodies, both ways. */
export function bytesOf(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((sum, { sentBytes, receivedBytes }) => sum + sentBytes + receivedBytes, 0);
}
