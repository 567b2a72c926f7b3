import { createHash } from 'node:crypto';
import { createKeyfiles } from '#main/adapters/keyfile/keyfiles.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { openStore } from '#main/adapters/storage/json-store.ts';
import type { Dialogs, Journal, NodeOptions } from '#main/ports.ts';
import { createApprovals } from '#main/services/approvals.ts';
import { createBytesReviews } from '#main/services/bytes-reviews.ts';
import { createConnections } from '#main/services/connections.ts';
import { createDeployedPrograms } from '#main/services/deployed-programs.ts';
import { createHanded } from '#main/services/handed.ts';
import { createJournalBook } from '#main/services/journal-book.ts';
import { createReviewShelf } from '#main/services/kept-review.ts';
import { createNonces } from '#main/services/nonces.ts';
import { createPlans } from '#main/services/plans.ts';
import { createPractice } from '#main/services/practice.ts';
import { createReviews } from '#main/services/reviews.ts';
import { createSending } from '#main/services/sending.ts';
import { createSignerBook } from '#main/services/signer-book.ts';
import { noncesFormat } from '#main/services/stored-nonces.ts';
import { programsFormat } from '#main/services/stored-programs.ts';
import { settingsFormat } from '#main/services/stored-settings.ts';
import { parseAddress } from '#core/solana/address.ts';
import { createSigningChild } from './signing-child.ts';
import { createSimNode, freshNodeState } from './sim-node.ts';
import { DATA, JOURNAL, SETTINGS, type World } from './world.ts';

/** Parts that a test replaces by broken ones, to see that the rules notice. */
export type Parts = {
  readonly openJournal: typeof openJournal;
  readonly createConnections: typeof createConnections;
  readonly createSending: typeof createSending;
};

const REAL_PARTS: Parts = { openJournal, createConnections, createSending };

export type Services = Awaited<ReturnType<typeof buildServices>>;

export type Machine = ReturnType<typeof bootMachine>;

/** The promise of a program that is no more. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * One run of the app on a world, from its start to its death. Dead, it hears nothing any more: every call it has under way, and
 * every one that what is left of it makes, waits for ever.
 */
export function bootMachine(world: World, generation: number, parts: Partial<Parts> = {}) {
  const { time, note } = world;
  let isAlive = true;
  const calls: string[] = [];
  const point = world.deaths[generation];
  /** A life of its own for everything random in it. */
  const random = world.random.fork();

  function die(): void {
    isAlive = false;
    note(`dead at call ${calls.length}`);
  }

  /** A call to something outside, before or after which the program may be killed. */
  async function around<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    if (!isAlive) return never();
    calls.push(name);
    const isPoint = point?.call === calls.length;
    if (isPoint && point.when === 'before') {
      die();
      return never();
    }
    note(name);
    try {
      return await work();
    } finally {
      // A kill comes after the effect and before the answer.
      if (isPoint && isAlive) die();
      if (!isAlive) await never();
    }
  }

  const files = world.disk.mount(
    ({ name, path }, work) =>
      around(`${name} ${path}`, () => {
        world.diskFault(name, path);
        return work();
      }),
    world.isShort,
  );

  const machine = {
    isAlive: () => isAlive,
    calls: () => [...calls],
    death: point?.death ?? 'killed',
    die,
    /** Waiting as this program does: it never ends once the program has. */
    sleep: async (milliseconds: number, wake?: AbortSignal) => {
      await time.sleep(milliseconds, wake);
      if (!isAlive) await never();
    },
    random,
    services: undefined as Services | undefined,
    /** Settles when the app is open; rejects when it could not be opened. */
    ready: Promise.resolve(),
  };
  machine.ready = buildServices(world, { ...REAL_PARTS, ...parts }, { around, files, machine }).then((services) => {
    machine.services = services;
  });
  return machine;
}

type Inside = {
  readonly around: <T>(name: string, work: () => T | Promise<T>) => Promise<T>;
  readonly files: ReturnType<World['disk']['mount']>;
  readonly machine: Pick<Machine, 'sleep' | 'random'>;
};

async function buildServices(world: World, parts: Parts, { around, files, machine }: Inside) {
  const { time, disk, note } = world;
  const { clock } = time;
  const { sleep, random } = machine;
  let ids = 0;
  const newId = () => {
    ids += 1;
    return createHash('sha256')
      .update(`${world.seed} ${random.int(2 ** 32)} ${ids}`)
      .digest('hex')
      .slice(0, 32);
  };
  const reportUnexpected = (where: string, cause: unknown): string => {
    world.violate('typed errors', `${where}: ${String(cause)} ${cause instanceof Error ? (cause.stack ?? '') : ''}`);
    return 'reference';
  };

  const stored = await openStore(files, SETTINGS, settingsFormat);
  world.checkSettings(stored.read());
  const settings: typeof stored = {
    ...stored,
    async update(change) {
      await stored.update((value) => {
        const next = change(value);
        world.beginSaving(next);
        return next;
      });
      world.endSaving(stored.read());
    },
  };
  const seenPrograms = await openStore(files, `${DATA}/programs.json`, programsFormat);
  const writtenNonces = await openStore(files, `${DATA}/nonces.json`, noncesFormat);
  const opened = await parts.openJournal(JOURNAL, files);
  const journal: Journal = {
    ...opened,
    brokenAt: opened.brokenAt,
    takePayloads() {
      const payloads = opened.takePayloads();
      world.checkLoaded(payloads, opened.brokenAt);
      return payloads;
    },
    async append(payload) {
      await opened.append(payload);
      world.acknowledge(payload);
    },
  };

  const child = createSigningChild({ disk, random: random.fork(), time, rates: world.rates, count: world.count });
  const keyfiles = {
    ...createKeyfiles((request) =>
      around(`child ${request.kind}`, async () => {
        const honest = await child(request);
        return world.tamper ? world.tamper(request, honest) : honest;
      }),
    ),
    outsideOf: async (path: string) => (disk.read(path) ? ('ready' as const) : ('missing' as const)),
    remove: (path: string) => around(`remove ${path}`, () => disk.remove(path)),
  };
  const dialogs: Dialogs = {
    chooseFile: async () => undefined,
    chooseTarget: async () => undefined,
    async confirm() {
      const isSlow = random.chance(world.rates()['slow reader'] ?? 0);
      if (isSlow) world.count('slow reader');
      await sleep(isSlow ? 20_000 + random.int(120_000) : 500);
      const isNo = random.chance(world.rates()['says no'] ?? 0);
      if (isNo) world.count('says no');
      return !isNo;
    },
  };
  const signers = createSignerBook({
    settings,
    keyfiles,
    dialogs,
    dataFolder: DATA,
    newId,
    onChanged: () => undefined,
  });
  const practice = createPractice({
    start: () => {
      throw new Error('no practice network is started here');
    },
    folder: `${DATA}/practice`,
    demoAddress: signers.ensureDemoKey,
    clock,
    sleep,
    notify: () => undefined,
    onChanged: () => undefined,
  });
  const webSockets = {
    test: () => Promise.reject(new Error('no WebSocket is tested here')),
    watchSignature(url: string, signature: string, onHint: () => void) {
      if (world.watchSignature) return world.watchSignature(url, signature, onHint);
      if (random.chance(0.05)) throw new SyntaxError('Invalid URL');
      // Hints come early, late, twice or never.
      for (let hints = random.int(4); hints > 0; hints -= 1) time.after(random.int(20_000), onHint);
      note(`watching ${signature}`);
      return () => undefined;
    },
  };
  const openNode = ({ url }: NodeOptions) =>
    createSimNode(
      {
        url,
        time,
        random: random.fork(),
        ledger: world.ledger,
        other: world.other,
        rates: () => world.ratesOf(url),
        count: world.count,
        around: (name, work) => around(`${name} ${url}`, work),
        onSend: world.checkSend,
        onRead: world.checkRead,
        onFalseConfirm: (signature) => void world.falselyConfirmed.add(signature),
      },
      world.nodeStates.get(url) ?? freshNodeState(),
    );
  const connections = parts.createConnections({
    settings,
    practice,
    openNode,
    webSockets,
    clock,
    sleep,
    random: () => random.int(1000) / 1000,
    reportUnexpected,
    onChanged: () => undefined,
  });
  const deployedPrograms = createDeployedPrograms({
    connections,
    store: seenPrograms,
    dialogs,
    clock,
    reportUnexpected,
    onChanged: () => undefined,
  });
  const book = createJournalBook(journal, clock, (id) => note(`changed ${id}`));
  const shelf = createReviewShelf();
  const freshFolder = `${DATA}/fresh-accounts`;
  const plans = createPlans({
    keyfiles,
    book,
    freshFolder,
    listFresh: async () =>
      disk
        .names()
        .filter((name) => name.startsWith(`${freshFolder}/`))
        .map((name) => parseAddress(name.slice(freshFolder.length + 1, -'.json'.length))),
    newId,
    onDiscarded: shelf.dropPlan,
  });
  const sending = parts.createSending({
    book,
    routeTo(genesisHash) {
      const online = connections.onlineTo(genesisHash);
      return online && { nodes: online.endpoints, webSocketUrl: online.webSocketUrl };
    },
    webSockets,
    clock,
    sleep,
    requireSlot(genesisHash, slot) {
      world.seenLanding.set(genesisHash, Math.max(world.seenLanding.get(genesisHash) ?? 0, Number(slot)));
      connections.requireSlot(genesisHash, slot);
    },
    reportUnexpected,
    onEnded: async ({ freshAccount }) => {
      if (freshAccount !== undefined) await plans.forgetFresh(freshAccount);
    },
    onChanged: () => undefined,
  });
  const nonces = createNonces({ connections, signers, book, store: writtenNonces, heldByReviews: shelf.nonceAccounts });
  const shared = { connections, signers, book, shelf, deployedPrograms, clock, newId };
  const reviews = createReviews({ ...shared, plans, nonces });
  const bytesReviews = createBytesReviews(shared);
  const handed = createHanded({
    book,
    bytesReviews,
    sending,
    dialogs,
    files: { read: () => Promise.reject(new Error('no file is opened here')) },
  });
  const approvals = createApprovals({
    shelf,
    reviews,
    bytesReviews,
    plans,
    signers,
    connections,
    book,
    sending,
    dialogs,
    clock,
    newId,
    newToken: newId,
    windowId: () => 1,
  });
  await plans.cleanUp();
  connections.resume();
  sending.recover();
  return { settings, book, handed, plans, sending, reviews, approvals, connections, signers, notices: opened.notices };
}
