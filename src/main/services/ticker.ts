import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import type { TickerStatus, TickerTerms } from '#core/runs/ticker-status.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import { recentValueOf } from '#core/transactions/lifetime.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { Sleep } from '#main/ports.ts';
import type { Approvals, RepeatedApproval } from './approvals.ts';
import type { Connections } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { KeptReview } from './kept-review.ts';
import type { Reviews } from './reviews.ts';

/** How often the journal is asked for the end of a tick, milliseconds. */
const LOOK_MS = 100;

/** How long a tick waits for the next blockhash: with the same one it would be the same transaction. About half a slot. */
const BLOCKHASH_MS = 200;

type Deps = {
  readonly reviews: Reviews;
  readonly approvals: Approvals;
  readonly connections: Connections;
  readonly book: JournalBook;
  readonly sleep: Sleep;
  readonly onChanged: () => void;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
};

type Ending = Pick<Extract<TickerStatus, { kind: 'ended' }>, 'why' | 'reason' | 'remedy'>;

/** A tick that is repeated, and the way to stop it. */
type Work = { readonly approval: RepeatedApproval; readonly terms: TickerTerms; readonly stopping: AbortController };

export type Ticker = ReturnType<typeof createTicker>;

/**
 * Ticks one run again and again after one approval. Every tick is signed, journaled and sent as any transaction, and only when
 * its bytes are the approved ones in all but the blockhash.
 */
export function createTicker(deps: Deps) {
  const { reviews, approvals, connections, book, sleep, onChanged, reportUnexpected } = deps;
  let status: TickerStatus = { kind: 'idle' };
  /** Aborted: the page that could stop it went away before it had begun. */
  let starting: AbortController | undefined;
  let work: Work | undefined;
  let running: Promise<void> = Promise.resolve();

  function set(next: TickerStatus): void {
    status = next;
    onChanged();
  }

  function progress(landed: number, lastTransactionId: string): void {
    if (status.kind === 'ticking') set({ ...status, landed, lastTransactionId });
  }

  function finish(ending: Ending): void {
    work = undefined;
    if (status.kind === 'ticking') set({ ...status, ...ending, kind: 'ended' });
  }

  async function run(current: Work, firstId: string): Promise<Ending> {
    const { terms, stopping, approval } = current;
    const used = new Set([recentValueOf(approval.review.lifetime)]);
    for (let landed = 0, id = firstId; ;) {
      const outcome = await outcomeOf(id, stopping.signal);
      if (!outcome) return stopped(stopping.signal);
      if (outcome.kind !== 'confirmed') return failed(outcome, approval.review);
      landed += 1;
      progress(landed, id);
      if (landed >= terms.count) return ending('count-reached');
      await sleep(terms.intervalMs, stopping.signal);
      const next = await signNext(current, used);
      if (next.kind !== 'signed') return next.ending;
      id = next.id;
      progress(landed, id);
    }
  }

  /** `undefined` when it is to stop before the end is known: the transaction stays on its way. */
  async function outcomeOf(id: string, signal: AbortSignal): Promise<Outcome | undefined> {
    while (!signal.aborted) {
      const { end } = book.find(id);
      if (end) return end.outcome;
      await sleep(LOOK_MS, signal);
    }
    return undefined;
  }

  async function signNext(
    { approval, stopping }: Work,
    used: Set<string>,
  ): Promise<{ kind: 'signed'; id: string } | { kind: 'ended'; ending: Ending }> {
    while (!stopping.signal.aborted) {
      const { message, lifetime, refusal } = await reviews.renew(approval.review);
      if (refusal) return { kind: 'ended', ending: { why: 'failed', ...refusal } };
      if (!used.has(recentValueOf(lifetime))) {
        used.add(recentValueOf(lifetime));
        if (stopping.signal.aborted) break;
        return { kind: 'signed', id: await approvals.signAnother(approval, { message, lifetime }) };
      }
      await sleep(BLOCKHASH_MS, stopping.signal);
    }
    return { kind: 'ended', ending: stopped(stopping.signal) };
  }

  async function follow(current: Work, firstId: string): Promise<void> {
    try {
      finish(await run(current, firstId));
    } catch (cause) {
      finish(endingFor(cause, reportUnexpected));
    }
  }

  function stop(why: 'stopped' | 'network-changed'): void {
    starting?.abort(why);
    work?.stopping.abort(why);
  }

  return {
    status: (): TickerStatus => status,

    /**
     * Approves a reviewed tick and, with it, as many more as the terms say.
     *
     * @throws AppError `ticker/…`, and as `approvals.approve`
     */
    async start(
      approval: { reviewId: string; messageHash: string; typed: string } & TickerTerms,
    ): Promise<TickerStatus> {
      if (starting || status.kind === 'ticking') {
        throw new AppError('ticker/running', { runId: status.kind === 'ticking' ? status.runId : '' });
      }
      const { count, intervalMs } = approval;
      const stopping = new AbortController();
      starting = stopping;
      try {
        const approved = await approvals.approveRepeated(approval, { count, intervalMs });
        const { transactionId, review } = approved;
        const current = { approval: approved, terms: { count, intervalMs }, stopping };
        work = current;
        const runId = review.runId ?? '';
        set({ kind: 'ticking', runId, count, intervalMs, landed: 0, lastTransactionId: transactionId });
        running = follow(current, transactionId);
        return status;
      } finally {
        starting = undefined;
      }
    },

    /** No further tick is signed once this returns. */
    async stop(): Promise<TickerStatus> {
      stop('stopped');
      await running;
      return status;
    },

    /**
     * Something about the connection changed: when the operator leaves a network or another cluster answers, nothing of this
     * goes on. A network that only does not answer is waited for, as long as nothing has to be signed.
     */
    lookAtNetwork(): void {
      const genesisHash = work?.approval.review.shown.network.genesisHash;
      if (genesisHash === undefined || connections.status().kind === 'unreachable') return;
      if (!connections.onlineTo(genesisHash)) stop('network-changed');
    },

    /** The page that could stop it is gone. */
    forget: (): void => stop('stopped'),

    /** The app ends. */
    async close(): Promise<void> {
      stop('stopped');
      await running;
    },
  };
}

function ending(why: Ending['why']): Ending {
  return { why, reason: '', remedy: '' };
}

function stopped(signal: AbortSignal): Ending {
  return ending(signal.reason === 'network-changed' ? 'network-changed' : 'stopped');
}

/** A tick that did not take effect ends it: the next one would hardly do better. */
function failed(outcome: Outcome, { shown, programs, runId }: KeptReview): Ending {
  if (outcome.kind !== 'failed') {
    return {
      why: 'failed',
      reason: 'A tick did not land in its time',
      remedy: 'Look at the network, then review a tick again',
    };
  }
  const { error, logs } = outcome;
  const { cause, remedy } = explainFailure({ error, logs, instructions: shown.review.instructions, programs, runId });
  return { why: 'failed', reason: cause, remedy };
}

function endingFor(cause: unknown, reportUnexpected: Deps['reportUnexpected']): Ending {
  if (!isAppError(cause)) {
    const reference = reportUnexpected('ticker', cause);
    return { why: 'failed', reason: `Something unexpected happened (${reference})`, remedy: 'Look at the event log' };
  }
  if (cause.code === 'network/changed') return ending('network-changed');
  const { happened, remedy } = messageOf(cause.code, cause.params as never);
  return { why: 'failed', reason: happened, remedy };
}
