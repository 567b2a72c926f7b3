import { isAppError } from '#core/errors/app-error.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import type { Clock, SignatureStatus } from '#core/ports.ts';
import { type EndpointAnswer, nextSendingStep, type SendingStep } from '#core/transactions/expiry.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { ChainNode, Sleep, WebSockets } from '#main/ports.ts';
import type { JournalBook } from './journal-book.ts';

/** How often the cluster is asked what became of a transaction, milliseconds. */
const POLL_MS = 1000;

/** Pause after tries that nobody answered: at most 8 a minute. */
const MAX_PAUSE_MS = 8000;

/** The way to a transaction's cluster, while the app is connected to it. */
type Route = { readonly node: ChainNode; readonly webSocketUrl: string };

type Deps = {
  readonly book: JournalBook;
  readonly routeTo: (genesisHash: string) => Route | undefined;
  readonly webSockets: WebSockets;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
  /** A transaction has an end; its fresh key, if it had one, is of no more use. */
  readonly onEnded: (transaction: SignedEntry) => Promise<void>;
  /** What is shown of a transaction changed without a new entry in the journal. */
  readonly onChanged: (id: string) => void;
};

export type Sending = ReturnType<typeof createSending>;

/** Brings signed transactions to their end: the same bytes again and again, until they landed or provably cannot. */
export function createSending(deps: Deps) {
  const { book, routeTo, webSockets, clock, sleep, onEnded, onChanged } = deps;
  const closing = new AbortController();
  const running = new Map<string, Promise<void>>();
  /** Past their last block, not provably dead. */
  const doubtful = new Set<string>();

  function launch(id: string): void {
    if (running.has(id) || closing.signal.aborted) return;
    const run = follow(id)
      .catch((cause: unknown) => {
        deps.reportUnexpected('sending', cause);
      })
      .finally(() => running.delete(id));
    running.set(id, run);
  }

  async function follow(id: string): Promise<void> {
    const hints = createHints(webSockets, book.find(id).signed.signature);
    try {
      await lookUntilEnded(id, hints);
    } finally {
      hints.close();
    }
  }

  async function lookUntilEnded(id: string, hints: Hints): Promise<void> {
    let lastSentAtMs = Number.NEGATIVE_INFINITY;
    let silent = 0;
    while (!closing.signal.aborted) {
      const transaction = book.find(id);
      if (transaction.end) return;
      const route = routeTo(transaction.signed.genesisHash);
      const hint = hints.next(route?.webSocketUrl);
      if (route) {
        const facts = await ask(transaction.signed, route.node);
        silent = facts.answer === 'no-answer' ? silent + 1 : 0;
        const step = decide(transaction.signed, facts, lastSentAtMs, clock.monotonic());
        if (step.kind === 'resend' && (await send(transaction, route))) lastSentAtMs = clock.monotonic();
        if (await finish(id, step, route.node)) return;
        mark(id, step.kind === 'watch');
      }
      await sleep(Math.min(POLL_MS * 2 ** silent, MAX_PAUSE_MS), AbortSignal.any([hint, closing.signal]));
    }
  }

  /** The same bytes, to the same cluster: its genesis hash is read again right before. */
  async function send({ signed, sentAt }: JournaledTransaction, { node }: Route): Promise<boolean> {
    try {
      if ((await node.readGenesisHash()) !== signed.genesisHash) return false;
      await node.send(signed.wire);
    } catch (cause) {
      // Nobody knows whether it was taken: the next look at the signature tells.
      if (isAppError(cause)) return false;
      throw cause;
    }
    if (sentAt === undefined) await writeOrKeep(() => book.writeSent(signed.id));
    return true;
  }

  async function finish(id: string, step: SendingStep, node: ChainNode): Promise<boolean> {
    const outcome = await outcomeOf(book.find(id).signed, step, node);
    if (!outcome) return false;
    if (!(await writeOrKeep(() => book.writeEnded(id, outcome)))) return false;
    mark(id, false);
    if (step.kind === 'landed') node.requireSlot(step.slot);
    await onEnded(book.find(id).signed);
    return true;
  }

  function mark(id: string, isDoubtful: boolean): void {
    if (doubtful.has(id) === isDoubtful) return;
    if (isDoubtful) doubtful.add(id);
    else doubtful.delete(id);
    onChanged(id);
  }

  return {
    launch,
    /** Takes up everything the journal shows without an end. */
    recover: () => book.inFlight().forEach(({ signed }) => launch(signed.id)),
    /** May still land, but hardly: shown as unknown, never built anew. */
    isDoubtful: (id: string) => doubtful.has(id),
    /** Stops asking; the journal keeps what is in flight. */
    async close(): Promise<void> {
      closing.abort();
      await Promise.all(running.values());
    },
  };
}

type Hints = ReturnType<typeof createHints>;

/** One subscription to a signature, opened anew when the network is reached at another URL. */
function createHints(webSockets: WebSockets, signature: string) {
  let openUrl: string | undefined;
  let stop: (() => void) | undefined;
  let wake = new AbortController();

  function close(): void {
    stop?.();
    stop = undefined;
  }

  return {
    /** Aborts when the cluster says that something happened, from now on. */
    next(url: string | undefined): AbortSignal {
      wake = new AbortController();
      if (url !== openUrl) {
        close();
        openUrl = url;
        stop = url === undefined ? undefined : webSockets.watchSignature(url, signature, () => wake.abort());
      }
      return wake.signal;
    },
    close,
  };
}

type Facts = { readonly answer: EndpointAnswer; readonly finalizedHeight: bigint | undefined };

/** Height first, then the signature: a block between the two cannot make a landed transaction look dead. */
async function ask({ signature }: SignedEntry, node: ChainNode): Promise<Facts> {
  try {
    const finalizedHeight = await node.readFinalizedHeight();
    const status: SignatureStatus | undefined = await node.readStatus(signature);
    return { answer: status ?? 'not-known', finalizedHeight };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { answer: 'no-answer', finalizedHeight: undefined };
  }
}

function decide(signed: SignedEntry, facts: Facts, lastSentAtMs: number, nowMs: number): SendingStep {
  const { lastValidBlockHeight } = signed;
  return nextSendingStep({
    lifetime: { kind: 'blockhash', lastValidBlockHeight },
    answers: [facts.answer],
    finalizedHeight: facts.finalizedHeight,
    lastSentAtMs,
    nowMs,
  });
}

/** `undefined` while it is open. */
async function outcomeOf({ signature }: SignedEntry, step: SendingStep, node: ChainNode): Promise<Outcome | undefined> {
  switch (step.kind) {
    case 'landed':
      if (step.error === null || step.error === undefined) return { kind: 'confirmed', slot: step.slot, signature };
      return { kind: 'failed', slot: step.slot, error: jsonOf(step.error), logs: await readLogs(node, signature) };
    case 'expired':
    case 'nonce-used':
      return { kind: step.kind };
    case 'resend':
    case 'wait':
    case 'watch':
      return undefined;
  }
}

/** Logs are a help, not the truth: without them the failure is just as final. */
async function readLogs(node: ChainNode, signature: string): Promise<string[]> {
  try {
    return [...(await node.readLogs(signature))];
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return [];
  }
}

type Json = Extract<Outcome, { kind: 'failed' }>['error'];

/** The adapter let only JSON through. */
function jsonOf(error: unknown): Json {
  return error as Json;
}

/** A full disk must not stop the watching: the entry is tried again at the next look. */
async function writeOrKeep(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (cause) {
    if (isAppError(cause) && cause.code === 'journal/unwritable') return false;
    throw cause;
  }
}
