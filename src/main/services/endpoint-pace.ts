import { AppError, isAppError } from '#core/errors/app-error.ts';
import type { ParamsOf } from '#core/errors/catalog.ts';
import type { Clock } from '#core/ports.ts';
import type { Pace } from '#main/ports.ts';
import { backOffMs } from './back-off.ts';

/**
 * Requests under way at one endpoint. The public endpoints of Solana take 40 connections and, in ten seconds, 40 calls of one
 * method and 100 in all from one address (source: Solana documentation, “Clusters and public RPC endpoints”): 12 let a long read
 * with its 11 lanes and the look at the newest slot go at once, and leave most of that to other programs on this machine.
 */
export const MAX_UNDER_WAY = 12;

type LimitDeps = { readonly origin: string; readonly clock: Clock; readonly random: () => number };

export type EndpointLimit = ReturnType<typeof createEndpointLimit>;

/** The pause an endpoint asked for. It outlives a connection: whoever connects anew waits as well. */
export function createEndpointLimit({ origin, clock, random }: LimitDeps) {
  let asked = 0;
  let untilMs = 0;
  let status = 429;

  const restMs = () => Math.max(untilMs - clock.monotonic(), 0);

  function wantsPause(cause?: unknown): AppError<'rpc/rate-limited'> {
    return new AppError('rpc/rate-limited', { origin, status, seconds: Math.ceil(restMs() / 1000) }, { cause });
  }

  return {
    /** Milliseconds until it may be asked again; 0: at once. */
    restMs,
    /** When the last pause ends or ended, on the clock that never jumps; 0: there was none. */
    endsAtMs: () => untilMs,

    /** What to say instead of asking. */
    wantsPause: () => wantsPause(),

    noteAnswer(): void {
      asked = 0;
    },

    /** The error to pass on: `rpc/rate-limited` in the place of one that asks for a pause. */
    noteFailure(cause: unknown): unknown {
      const pause = pauseAskedFor(cause);
      if (!pause) return cause;
      // Requests that were under way together ask for one pause, not for twice the pause each.
      if (restMs() === 0) asked += 1;
      const pauseMs = Math.max((pause.seconds ?? 0) * 1000, backOffMs(asked, random()));
      untilMs = Math.max(untilMs, clock.monotonic() + pauseMs);
      status = pause.status;
      return wantsPause(cause);
    },
  };
}

type RefusedParams = ParamsOf<'rpc/refused' | 'rpc/failing'>;

/** 429 always is a request for a pause, 503 when it says for how long. */
function pauseAskedFor(cause: unknown): { status: number; seconds: number | undefined } | undefined {
  if (!isAppError(cause) || (cause.code !== 'rpc/refused' && cause.code !== 'rpc/failing')) return undefined;
  const { status, retryAfterSeconds: seconds } = cause.params as RefusedParams;
  return status === 429 || (status === 503 && seconds !== undefined) ? { status, seconds } : undefined;
}

type PaceDeps = {
  readonly limit: EndpointLimit;
  readonly clock: Clock;
  /** The endpoint answered, be it with an error of the request, after so many milliseconds. */
  readonly onAnswer: (milliseconds: number) => void;
};

/** Lets at most {@link MAX_UNDER_WAY} requests of one connection go at a time, none while the endpoint wants a pause. */
export function createEndpointPace({ limit, clock, onAnswer }: PaceDeps) {
  let underWay = 0;
  let closedBy: { readonly cause: unknown } | undefined;
  const waiting: (() => void)[] = [];

  function check(): void {
    if (closedBy) throw closedBy.cause;
    if (limit.restMs() > 0) throw limit.wantsPause();
  }

  async function timed<T>(request: () => Promise<T>): Promise<T> {
    const start = clock.monotonic();
    const answered = () => {
      limit.noteAnswer();
      onAnswer(Math.round(clock.monotonic() - start));
    };
    try {
      const answer = await request();
      answered();
      return answer;
    } catch (cause) {
      if (isAppError(cause) && cause.code === 'rpc/node-error') answered();
      throw limit.noteFailure(cause);
    }
  }

  /** A request that ends hands its place to the one that waited longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else underWay -= 1;
  }

  const pace: Pace = async (request) => {
    check();
    if (underWay < MAX_UNDER_WAY) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      check();
      return await timed(request);
    } finally {
      leave();
    }
  };

  return {
    pace,
    /** The connection is over: whatever waits or comes later ends with this error. */
    close(cause: unknown): void {
      closedBy ??= { cause };
    },
  };
}
