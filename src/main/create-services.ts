import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError } from '#core/errors/app-error.ts';
import { parseAddress, type Address } from '#core/solana/address.ts';
import type { Clock } from '#core/ports.ts';
import { openJournal } from './adapters/journal/open-journal.ts';
import { createKeyfiles } from './adapters/keyfile/keyfiles.ts';
import { openNode } from './adapters/rpc/open-node.ts';
import { lockFolder, openFolder } from './adapters/storage/data-folder.ts';
import { createEventLog } from './adapters/storage/event-log.ts';
import { fileSystem } from './adapters/storage/file-system.ts';
import { openStore } from './adapters/storage/json-store.ts';
import { createTextFiles } from './adapters/storage/text-files.ts';
import { createWebSockets } from './adapters/websocket/websockets.ts';
import type { PageEvents, Services } from './handlers/services.ts';
import type { ChildProcesses, Dialogs, LookForLedger, Sleep } from './ports.ts';
import { createAppState } from './services/app-state.ts';
import { createApprovals } from './services/approvals.ts';
import { createAuthorizations } from './services/authorizations.ts';
import { createCliImport } from './services/cli-import.ts';
import { createConfiguration } from './services/configuration.ts';
import { createConnections } from './services/connections.ts';
import { createDeployedPrograms } from './services/deployed-programs.ts';
import { createBytesReviews } from './services/bytes-reviews.ts';
import { createHanded } from './services/handed.ts';
import { createReviewShelf } from './services/kept-review.ts';
import { createInspector } from './services/inspector.ts';
import { createJournalBook } from './services/journal-book.ts';
import { createJournalExports } from './services/journal-exports.ts';
import { createNonces } from './services/nonces.ts';
import { createPlans } from './services/plans.ts';
import { createPractice } from './services/practice.ts';
import { createReviews } from './services/reviews.ts';
import { createRewards } from './services/rewards.ts';
import { createRuns } from './services/runs.ts';
import { createSending } from './services/sending.ts';
import { createSignerBook } from './services/signer-book.ts';
import { draftFormat, settingsFormat } from './services/stored-settings.ts';
import { noncesFormat } from './services/stored-nonces.ts';
import { programsFormat } from './services/stored-programs.ts';
import { createTicker } from './services/ticker.ts';
import { createTransactions } from './services/transactions.ts';

/** What the surroundings give: Electron in the app, plain parts in tests. */
export type Surroundings = {
  readonly version: string;
  readonly dataFolder: string;
  readonly children: ChildProcesses;
  readonly dialogs: Dialogs;
  readonly lookForLedger: LookForLedger;
  readonly events: PageEvents;
  readonly applyTheme: (theme: 'system' | 'light' | 'dark') => void;
  /** Number of the window that asks. */
  readonly windowId: () => number;
  readonly clock: Clock;
  readonly sleep: Sleep;
};

/** Main without its window. */
export type Composition = {
  readonly services: Services;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
  /** Connects to what was chosen last and takes up transactions in flight. */
  open(): Promise<void>;
  /** The page is gone: approvals given in it are worth nothing, and what it showed can no longer be approved. */
  forgetApprovals(): void;
  /** Nobody sits here: what was just approved and not signed yet is worth nothing. Repeated ticks go on. */
  forgetOpenApproval(): void;
  close(): Promise<void>;
  /** Frees the data folder for another instance; for the moment the process ends. */
  release(): void;
};

/**
 * Builds main on a data folder.
 *
 * @throws AppError `storage/in-use`, `storage/newer`, `journal/unwritable`
 */
export async function createServices(surroundings: Surroundings): Promise<Composition> {
  const { children, clock, dataFolder, dialogs, events, sleep } = surroundings;
  await openFolder(fileSystem, dataFolder);
  const release = await lockFolder(fileSystem, dataFolder);
  const log = createEventLog(join(dataFolder, 'events.log'), clock.now);
  const reportUnexpected = log.unexpected;
  const freshFolder = await openFolder(fileSystem, join(dataFolder, 'fresh-accounts'));
  const practiceFolder = await openFolder(fileSystem, join(dataFolder, 'practice'));
  const settings = await openStore(fileSystem, join(dataFolder, 'settings.json'), settingsFormat);
  const draft = await openStore(fileSystem, join(dataFolder, 'draft.json'), draftFormat);
  const seenPrograms = await openStore(fileSystem, join(dataFolder, 'programs.json'), programsFormat);
  const writtenNonces = await openStore(fileSystem, join(dataFolder, 'nonces.json'), noncesFormat);
  const journal = await openJournal(join(dataFolder, 'journal.log'));
  log.started(surroundings.version);

  const keyfiles = createKeyfiles(children.askSigner);
  const files = createTextFiles(fileSystem);
  const webSockets = createWebSockets();
  const newId = () => randomUUID();
  const closing = new AbortController();
  const changed = { signers: () => events.signers.changed({}), networks: () => events.networks.changed({}) };

  const signers = createSignerBook({ settings, keyfiles, dialogs, dataFolder, newId, onChanged: changed.signers });
  const practice = createPractice({
    start: children.startPracticeNetwork,
    folder: practiceFolder,
    demoAddress: signers.ensureDemoKey,
    clock,
    sleep,
    notify: (notice) => app.notify(notice),
    onChanged: () => connections.reconnectPractice(),
  });
  const connections = createConnections({
    settings,
    practice,
    openNode: (options) => openNode({ ...options, closing: closing.signal }),
    webSockets,
    clock,
    sleep,
    random: Math.random,
    reportUnexpected,
    onChanged: () => {
      changed.networks();
      ticker.lookAtNetwork();
      deployedPrograms.lookAtNetwork();
    },
  });
  const deployedPrograms = createDeployedPrograms({
    connections,
    store: seenPrograms,
    dialogs,
    clock,
    reportUnexpected,
    onChanged: changed.networks,
  });
  const book = createJournalBook(journal, clock, (id) => events.transactions.changed({ id }));
  const shelf = createReviewShelf();
  const plans = createPlans({
    keyfiles,
    book,
    freshFolder,
    listFresh: () => listFresh(freshFolder),
    newId,
    onDiscarded: shelf.dropPlan,
  });
  const sending = createSending({
    book,
    routeTo(genesisHash) {
      const online = connections.onlineTo(genesisHash);
      return online && { nodes: online.endpoints, webSocketUrl: online.webSocketUrl };
    },
    webSockets,
    clock,
    sleep,
    requireSlot: connections.requireSlot,
    reportUnexpected,
    onEnded: async ({ freshAccount }) => {
      if (freshAccount !== undefined) await plans.forgetFresh(freshAccount);
    },
    onChanged: (id) => events.transactions.changed({ id }),
  });
  const nonces = createNonces({
    connections,
    signers,
    book,
    store: writtenNonces,
    heldByReviews: (butPlan) => shelf.nonceAccounts(butPlan),
    rest: () => sleep(0),
  });
  const shared = { connections, signers, book, shelf, deployedPrograms, clock, newId };
  const reviews = createReviews({ ...shared, plans, nonces, rest: () => sleep(0) });
  const bytesReviews = createBytesReviews(shared);
  const handed = createHanded({ book, bytesReviews, sending, dialogs, files });
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
    newToken: () => randomBytes(32).toString('base64'),
    windowId: surroundings.windowId,
  });
  const ticker = createTicker({
    reviews,
    approvals,
    connections,
    book,
    sleep,
    onChanged: () => events.ticker.changed({}),
    reportUnexpected,
  });
  const app = createAppState({
    version: surroundings.version,
    settings,
    connections,
    practice,
    applyTheme: surroundings.applyTheme,
    onChanged: () => events.app.changed({}),
  });
  const authorizations = createAuthorizations({ connections, practice, signers, dialogs, files });
  const inspector = createInspector({ connections, clock });
  const rewards = createRewards({ connections, signers });
  const runs = createRuns({ connections, signers, dialogs, files, clock, sleep });
  const transactions = createTransactions({
    book,
    sending,
    signers,
    nodeOf: (genesisHash) => connections.onlineTo(genesisHash)?.node,
  });
  const journalExports = createJournalExports({ book, handed, dialogs, files, clock, sleep });
  const cliImport = createCliImport({ dialogs, files, settings, connections, signers, newId });
  const configuration = createConfiguration({ dialogs, files, draft });
  [
    ...settings.notices,
    ...draft.notices,
    ...seenPrograms.notices,
    ...writtenNonces.notices,
    ...journal.notices,
  ].forEach(app.notify);

  return {
    services: {
      app,
      approvals,
      authorizations,
      cliImport,
      clock,
      configuration,
      connections,
      deployedPrograms,
      handed,
      inspector,
      journalExports,
      lookForLedger: surroundings.lookForLedger,
      nonces,
      plans,
      practice,
      reviews,
      rewards,
      runs,
      sending,
      signers,
      ticker,
      transactions,
    },
    reportUnexpected,
    async open() {
      await plans.cleanUp();
      app.open();
      sending.recover();
    },
    forgetOpenApproval: approvals.forget,
    forgetApprovals() {
      shelf.clear();
      approvals.forget();
      ticker.forget();
    },
    async close() {
      await ticker.close();
      closing.abort();
      connections.disconnect();
      await sending.close();
      await practice.stop();
      await journal.close();
      release();
    },
    release,
  };
}

/** Only names that are addresses: whatever else lies there is not ours to remove. */
async function listFresh(folder: string): Promise<Address[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    try {
      return name.endsWith('.json') ? [parseAddress(name.slice(0, -'.json'.length))] : [];
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      return [];
    }
  });
}
