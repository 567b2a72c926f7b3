import { isAppError } from '#core/errors/app-error.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import { isComplete } from '#core/journal/wire-signatures.ts';
import type { Clock } from '#core/ports.ts';
import { nextSendingStep, type SendingStep } from '#core/transactions/expiry.ts';
import type { Flight } from '#core/transactions/journal-view.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { ChainNode, Sleep, WebSockets } from '#main/ports.ts';
import type { JournalBook } from './journal-book.ts';
import { askAbout, type Facts, notAsked, orNothing } from './sending-facts.ts';
import { lookForCompleted } from './sending-search.ts';
import { createHints, type Hints } from './signature-hints.ts';

/** How often the cluster is asked what became of a transaction, milliseconds. */
const POLL_MS = 1000;

/** Pause after tries that nobody answered: at most 8 a minute. Also between looks at what waits for signatures. */
const MAX_PAUSE_MS = 8000;

/** Between searches of the chain for what others may have completed: each reads many transactions. */
const SEARCH_PAUSE_MS = 60_000;

/** The way to a transaction's cluster, while the app is connected to it. */
export type Route = {
  /** Every endpoint that proved to be of this cluster: each is sent the bytes, and each is asked. */
  readonly nodes: readonly ChainNode[];
  readonly webSocketUrl: string;
};

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
  /** Wakes the one who waits for a transaction. */
  const waking = new Map<string, AbortController>();
  /** Signed a moment ago and never sent. */
  const unsent = new Set<string>();
  /** Past their time, not provably dead. */
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
    const hints = createHints(webSockets);
    try {
      await lookUntilEnded(id, hints);
    } finally {
      hints.close();
      waking.delete(id);
    }
  }

  async function lookUntilEnded(id: string, hints: Hints): Promise<void> {
    const last = { sentAtMs: Number.NEGATIVE_INFINITY, silent: 0 };
    while (!closing.signal.aborted) {
      const { signed, end: ended } = book.find(id);
      if (ended) return;
      if (gone.has(signed.genesisHash) && (await end(id, { kind: 'expired' }))) return;
      const route = routeTo(signed.genesisHash);
      const hint = hints.next(route?.webSocketUrl, signed.signature);
      const wake = new AbortController();
      waking.set(id, wake);
      const isWhole = isComplete(signed.wire);
      if (route && (await (isWhole ? look(id, route, last) : lookAtIncomplete(id, route)))) return;
      const patience = doubtful.has(id) ? SEARCH_PAUSE_MS : MAX_PAUSE_MS;
      const pause = isWhole ? Math.min(POLL_MS * 2 ** last.silent, MAX_PAUSE_MS) : patience;
      await sleep(pause, AbortSignal.any([hint, wake.signal, closing.signal]));
      if (wake.signal.aborted) last.sentAtMs = Number.NEGATIVE_INFINITY;
    }
  }

  /** Asks, decides, sends. @returns whether it has ended */
  async function look(id: string, route: Route, last: { sentAtMs: number; silent: number }): Promise<boolean> {
    const transaction = book.find(id);
    const { signed } = transaction;
    const isNew = unsent.delete(id);
    const facts = isNew ? notAsked(signed) : await askAbout(signed, route.nodes);
    const isAnswered = facts.answers.some((answer) => answer !== 'no-answer') || hasPosition(facts);
    last.silent = isAnswered || isNew ? 0 : last.silent + 1;
    if (isAnswered) noteLook(id, facts);
    const decided = nextSendingStep({ ...facts, lastSentAtMs: last.sentAtMs, nowMs: clock.monotonic() });
    const step = await proven(decided, signed, route.nodes);
    if (step.kind === 'resend' && (await send(transaction, route))) {
      last.sentAtMs = clock.monotonic();
      flights.set(id, { ...flights.get(id), sends: (flights.get(id)?.sends ?? 0) + 1 });
    }
    if (await finish(id, step, route.nodes)) return true;
    mark(id, step.kind === 'watch');
    return false;
  }

  /**
   * Without all its signatures it is sent by nobody here. Who was given its bytes may complete and send it: then it is found on the
   * chain by its message. @returns whether it has ended
   */
  async function lookAtIncomplete(id: string, { nodes }: Route): Promise<boolean> {
    // Once it is complete others may have sent it: then it is asked about first.
    unsent.delete(id);
    const transaction = book.find(id);
    const found = await lookForCompleted(transaction, nodes);
    if (found.kind === 'completed') {
      await writeOrKeep(() => book.writeSignatures(id, found.wire));
      return false;
    }
    const step = await proven(found, transaction.signed, nodes);
    if (await finish(id, step, nodes)) return true;
    mark(id, step.kind === 'watch');
    return false;
  }

  /** The same bytes, to every endpoint of the same cluster: its genesis hash is read again right before. */
  async function send({ signed, sentAt }: JournaledTransaction, { nodes }: Route): Promise<boolean> {
    const taken = await Promise.all(
      nodes.map(async (node) => {
        if ((await isOn(signed.genesisHash, node)) !== true) return false;
        // Nobody knows whether a node that failed took it: the next look at the signature tells.
        return (await orNothing(async () => (await node.send(signed.wire), true))) ?? false;
      }),
    );
    if (!taken.includes(true)) return false;
    if (sentAt === undefined) await writeOrKeep(() => book.writeSent(signed.id));
    return true;
  }

  async function finish(id: string, step: SendingStep, nodes: readonly ChainNode[]): Promise<boolean> {
    const { signed } = book.find(id);
    const outcome = await outcomeOf(signed, step, nodes);
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

  function noteLook(id: string, { finalizedHeight, lifetime }: Facts): void {
    const storedNonce = lifetime.kind === 'nonce' ? lifetime.storedNonce : undefined;
    const isNonceCurrent = lifetime.kind === 'nonce' && storedNonce ? storedNonce === lifetime.nonce : undefined;
    flights.set(id, {
      sends: flights.get(id)?.sends ?? 0,
      lookedAt: clock.now(),
      ...(finalizedHeight === undefined ? {} : { finalizedHeight }),
      ...(isNonceCurrent === undefined ? {} : { isNonceCurrent }),
    });
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
    /** Looks at one again at once: signatures came to it, or the operator asks for it to be sent once more. */
    nudge(id: string): void {
      launch(id);
      waking.get(id)?.abort();
    },
    /** Takes up everything the journal shows without an end, and asks for no state from before what it saw land. */
    recover(): void {
      for (const { signed, end: ended } of book.all()) {
        if (ended && 'slot' in ended.outcome) deps.requireSlot(signed.genesisHash, ended.outcome.slot);
      }
      book.inFlight().forEach(({ signed }) => launch(signed.id));
    },
    /** May still land, but hardly: shown as unknown, never built anew. */
    isDoubtful: (id: string) => doubtful.has(id),
    /** How one that may still land is doing; nothing once it has ended. */
    flightOf(id: string): Flight | undefined {
      const { signed, end: ended } = book.find(id);
      if (ended) return undefined;
      const isConnected = routeTo(signed.genesisHash) !== undefined;
      const { lastValidBlockHeight } = signed;
      return {
        isConnected,
        ...(lastValidBlockHeight === undefined ? {} : { lastValidBlockHeight }),
        sends: 0,
        ...flights.get(id),
      };
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

function hasPosition({ finalizedHeight, lifetime }: Facts): boolean {
  return finalizedHeight !== undefined || (lifetime.kind === 'nonce' && lifetime.storedNonce !== undefined);
}

/** What lets a transaction die must be its own cluster's: the genesis hash is read again after it, where somebody answers. */
async function proven(
  step: SendingStep,
  { genesisHash }: SignedEntry,
  nodes: readonly ChainNode[],
): Promise<SendingStep> {
  if (step.kind !== 'expired' && step.kind !== 'nonce-used') return step;
  const words = await Promise.all(nodes.map((node) => isOn(genesisHash, node)));
  return words.includes(true) && !words.includes(false) ? step : { kind: 'watch' };
}

/** `undefined` when it does not answer. */
async function isOn(genesisHash: string, node: ChainNode): Promise<boolean | undefined> {
  const found = await orNothing(() => node.readGenesisHash());
  return found === undefined ? undefined : found === genesisHash;
}

/** `undefined` while it is open. */
async function outcomeOf(
  { signature }: SignedEntry,
  step: SendingStep,
  nodes: readonly ChainNode[],
): Promise<Outcome | undefined> {
  switch (step.kind) {
    case 'landed':
      if (step.error === null || step.error === undefined) return { kind: 'confirmed', slot: step.slot, signature };
      return { kind: 'failed', slot: step.slot, error: jsonOf(step.error), logs: await readLogs(nodes, signature) };
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
async function readLogs(nodes: readonly ChainNode[], signature: string): Promise<string[]> {
  for (const node of nodes) {
    const logs = await orNothing(() => node.readLogs(signature));
    if (logs && logs.length > 0) return [...logs];
  }
  return [];
}

type Json = Extract<Outcome, { kind: 'failed' }>['error'];

/** The adapter let only JSON through. */
function jsonOf(error: unknown): Json {
  return error as Json;
}

/** A journal that cannot be written must not stop the watching: the entry is tried again at the next look. */
async function writeOrKeep(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (cause) {
    if (isAppError(cause) && (cause.code === 'journal/unwritable' || cause.code === 'journal/broken')) return false;
    throw cause;
  }
}
