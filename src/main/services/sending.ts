import { isAppError } from '#core/errors/app-error.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import type { Clock } from '#core/ports.ts';
import { type EndpointAnswer, nextSendingStep, type SendingStep } from '#core/transactions/expiry.ts';
import type { Flight } from '#core/transactions/journal-view.ts';
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
  /** A transaction landed in this slot of its cluster: from now on nothing is read from before. */
  readonly requireSlot: (genesisHash: string, slot: bigint) => void;
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
  /** Signed a moment ago and never sent. */
  const unsent = new Set<string>();
  /** Past their last block, not provably dead. */
  const doubtful = new Set<string>();
  /** What the screen says about each while it may still land. */
  const flights = new Map<string, Omit<Flight, 'isConnected' | 'lastValidBlockHeight'>>();
  /** Genesis hashes of clusters that are no more. */
  const gone = new Set<string>();

  /** @param isNew - signed a moment ago: nobody can know it yet, so it is sent before anything is asked */
  function launch(id: string, isNew = false): void {
    if (running.has(id) || closing.signal.aborted) return;
    if (isNew) unsent.add(id);
    running.set(
      id,
      followOnAndOn(id).finally(() => running.delete(id)),
    );
  }

  /** Whatever goes wrong on the way, signed bytes are not left alone before their end. */
  async function followOnAndOn(id: string): Promise<void> {
    while (!closing.signal.aborted && !book.find(id).end) {
      try {
        await follow(id);
      } catch (cause) {
        deps.reportUnexpected('sending', cause);
        await sleep(MAX_PAUSE_MS, closing.signal);
      }
    }
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
      if (gone.has(transaction.signed.genesisHash) && (await end(id, { kind: 'expired' }))) return;
      const route = routeTo(transaction.signed.genesisHash);
      const hint = hints.next(route?.webSocketUrl);
      if (route) {
        const isNew = unsent.delete(id);
        const facts = isNew ? NOT_ASKED : await ask(transaction.signed, route.node);
        silent = facts.finalizedHeight === undefined && !isNew ? silent + 1 : 0;
        if (facts.finalizedHeight !== undefined) noteLook(id, facts.finalizedHeight);
        const decided = decide(transaction.signed, facts, lastSentAtMs, clock.monotonic());
        const step = await proven(decided, transaction.signed, route.node);
        if (step.kind === 'resend' && (await send(transaction, route))) {
          lastSentAtMs = clock.monotonic();
          flights.set(id, { ...flights.get(id), sends: (flights.get(id)?.sends ?? 0) + 1 });
        }
        if (await finish(id, step, route.node)) return;
        mark(id, step.kind === 'watch');
      }
      await sleep(Math.min(POLL_MS * 2 ** silent, MAX_PAUSE_MS), AbortSignal.any([hint, closing.signal]));
    }
  }

  /** The same bytes, to the same cluster: its genesis hash is read again right before. */
  async function send({ signed, sentAt }: JournaledTransaction, { node }: Route): Promise<boolean> {
    if (!(await isOn(signed.genesisHash, node))) return false;
    try {
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
    const { signed } = book.find(id);
    const outcome = await outcomeOf(signed, step, node);
    if (!outcome || !(await end(id, outcome))) return false;
    if (step.kind === 'landed') deps.requireSlot(signed.genesisHash, step.slot);
    return true;
  }

  async function end(id: string, outcome: Outcome): Promise<boolean> {
    if (!(await writeOrKeep(() => book.writeEnded(id, outcome)))) return false;
    mark(id, false);
    flights.delete(id);
    await onEnded(book.find(id).signed);
    return true;
  }

  function noteLook(id: string, finalizedHeight: bigint): void {
    flights.set(id, { sends: flights.get(id)?.sends ?? 0, lookedAt: clock.now(), finalizedHeight });
  }

  function mark(id: string, isDoubtful: boolean): void {
    if (doubtful.has(id) === isDoubtful) return;
    if (isDoubtful) doubtful.add(id);
    else doubtful.delete(id);
    onChanged(id);
  }

  return {
    /** Takes up a transaction that was signed a moment ago and is in the journal. */
    launch: (id: string) => launch(id, true),
    /** Takes up everything the journal shows without an end. */
    recover: () => book.inFlight().forEach(({ signed }) => launch(signed.id)),
    /** May still land, but hardly: shown as unknown, never built anew. */
    isDoubtful: (id: string) => doubtful.has(id),
    /** How one that may still land is doing; nothing once it has ended. */
    flightOf(id: string): Flight | undefined {
      const { signed, end: ended } = book.find(id);
      if (ended) return undefined;
      const isConnected = routeTo(signed.genesisHash) !== undefined;
      return { isConnected, lastValidBlockHeight: signed.lastValidBlockHeight, sends: 0, ...flights.get(id) };
    },
    /** This cluster was reset: what was sent to it can never land. */
    giveUpCluster: (genesisHash: string) => void gone.add(genesisHash),
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

  /** A hint only saves waiting: without it the transaction is sent and looked for just the same. */
  function watch(url: string): (() => void) | undefined {
    try {
      return webSockets.watchSignature(url, signature, () => wake.abort());
    } catch {
      return undefined;
    }
  }

  return {
    /** Aborts when the cluster says that something happened, from now on. */
    next(url: string | undefined): AbortSignal {
      wake = new AbortController();
      if (url !== openUrl) {
        close();
        openUrl = url;
        stop = url === undefined ? undefined : watch(url);
      }
      return wake.signal;
    },
    close,
  };
}

type Facts = { readonly answer: EndpointAnswer; readonly finalizedHeight: bigint | undefined };

/** Of a transaction that nobody was given yet. */
const NOT_ASKED: Facts = { answer: 'no-answer', finalizedHeight: undefined };

/**
 * Height first, then the signature: a block between the two cannot make a landed transaction look dead. Not knowing it counts
 * only for a node that has seen the chain up to that height, and searched all of it.
 */
async function ask({ signature }: SignedEntry, node: ChainNode): Promise<Facts> {
  try {
    const finalized = await node.readFinalizedBlock();
    const { slot, status, hasHistory } = await node.readStatus(signature);
    const miss = hasHistory && slot >= finalized.slot ? 'not-known' : 'no-answer';
    return { answer: status ?? miss, finalizedHeight: finalized.height };
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

/** The height that lets a transaction expire must be its own cluster's: the genesis hash is read again after it. */
async function proven(step: SendingStep, { genesisHash }: SignedEntry, node: ChainNode): Promise<SendingStep> {
  return step.kind === 'expired' && !(await isOn(genesisHash, node)) ? { kind: 'watch' } : step;
}

async function isOn(genesisHash: string, node: ChainNode): Promise<boolean> {
  try {
    return (await node.readGenesisHash()) === genesisHash;
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return false;
  }
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
