import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import { contract } from '#ipc/contract.ts';
import { createServer } from '#ipc/server.ts';
import { createHandlers } from '#main/handlers/create-handlers.ts';
import type { Dialogs } from '#main/ports.ts';
import { askSignerHere, startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import { fillJournal } from './full-journal.ts';
import { median, report, type Figure } from './measure.ts';
import { startFullCluster } from './practice-process.ts';

const ROUNDS = 3;
const TRANSACTIONS = 10_000;
const SIGNERS = 50;
const USERS = 2_000;

/** Issue 5: main's loop stalls no longer. Milliseconds. */
const MAX_STALL_MS = 100;
/** While main starts nobody waits for it but the window that is not drawn yet. */
const MAX_START_STALL_MS = 2_000;

const RESOLUTION_MS = 5;

/** Longest times nothing else could run, milliseconds. */
type Stall = {
  /** As the event loop's own monitor has it. */
  readonly wall: number;
  /** Without the time in which main was ready and the machine did something else. */
  readonly own: number;
};

/** What the loop stalls while this is under way. */
async function longestStall(work: () => Promise<unknown>): Promise<Stall> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const beats = listenToBeats();
  await pause(4 * RESOLUTION_MS);
  await work();
  await pause(4 * RESOLUTION_MS);
  delay.disable();
  // What the monitor measures is from one beat to the next.
  return { wall: Math.max(0, delay.max / 1e6 - RESOLUTION_MS), own: beats.longest() };
}

/** The same as the monitor with timers of this program, at which it can be asked how long it waited for a processor. */
function listenToBeats() {
  let longest = 0;
  let last = { at: performance.now(), waited: waitedForProcessor() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), waited: waitedForProcessor() };
    longest = Math.max(longest, now.at - last.at - (now.waited - last.waited) - RESOLUTION_MS);
    last = now;
  }, RESOLUTION_MS);
  return {
    longest() {
      clearInterval(timer);
      return longest;
    },
  };
}

/** Milliseconds since it started; nothing where the system does not tell. Source: Linux, Documentation/scheduler/sched-stats.rst. */
function waitedForProcessor(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

async function medianStall(work: (round: number) => Promise<unknown>): Promise<number> {
  const stalls: Stall[] = [];
  for (let round = 0; round < ROUNDS; round += 1) stalls.push(await longestStall(() => work(round)));
  const inWords = stalls.map(({ wall, own }) => `${own.toFixed(0)} (${wall.toFixed(0)} by the clock)`);
  console.log(`      longest stalls, ms: ${inWords.join(', ')}`);
  return median(stalls.map(({ own }) => own));
}

/** A measurement that sees nothing would pass everything. */
async function checkProbe(): Promise<void> {
  const { own, wall } = await longestStall(async () => {
    await pause(20);
    const start = process.cpuUsage();
    while (process.cpuUsage(start).user < 150_000);
  });
  if (own < 100 || wall < 130) throw new Error(`a stall of 150 ms was measured as ${own} and ${wall} ms`);
}

type Ask = <T>(group: string, name: string, input?: unknown) => Promise<T>;

/** Main, and its calls as the page makes them: by contract, and written down for another process. */
type Opened = { readonly main: StartedMain; readonly ask: Ask };

/** What a person would answer the windows of the system. */
type Answers = { open: string | undefined; save: string };

async function startOn(folder: string, answers: Answers): Promise<Opened> {
  const dialogs: Dialogs = {
    chooseFile: async () => answers.open,
    chooseTarget: async () => answers.save,
    confirm: async () => true,
  };
  const main = await startMain(folder, {
    dialogs,
    children: { askSigner: askSignerHere, startPracticeNetwork: startFullCluster },
  });
  const answer = createServer(contract, createHandlers(main.services), main.reportUnexpected, () => setImmediate());
  const ask: Ask = async <T>(group: string, name: string, input: unknown = {}) => {
    const envelope = await answer(group, name, structuredClone(input));
    // As it leaves for the page, which reads it in a process of its own.
    serialize(envelope);
    if (!envelope.ok) throw new Error(`${group}.${name}: ${envelope.code} ${JSON.stringify(envelope.params)}`);
    return envelope.value as T;
  };
  return { main, ask };
}

async function openedAndOnline({ main }: Opened): Promise<void> {
  await main.open();
  if (main.services.app.status().door === undefined) await main.services.app.chooseDoor('practice');
  while (main.services.connections.status().kind !== 'online') await pause(20);
}

function demoOf({ services }: StartedMain): Address {
  const [demo] = services.signers.own();
  if (!demo) throw new Error('no demo key');
  return demo;
}

/** 50 signers, and a journal that somebody filled for years. */
async function furnish(folder: string, answers: Answers): Promise<void> {
  const opened = await startOn(folder, answers);
  const { main, ask } = opened;
  try {
    await openedAndOnline(opened);
    const demo = demoOf(main);
    for (let number = 1; number < SIGNERS; number += 1) {
      answers.open = join(folder, `signer-${number}.json`);
      const seed = new Uint8Array(randomBytes(32));
      const keypair = [...seed, ...ed25519.getPublicKey(seed)];
      writeFileSync(answers.open, JSON.stringify(keypair), { mode: 0o600 });
      await ask('signers', 'addKeyfile');
    }
    const mint = main.services.practice.endpoint()?.demoMint;
    if (mint === undefined) throw new Error('no mint');
    const { genesisHash } = main.services.connections.current();
    const asked = requestOf(demo, { kind: 'allow-many', users: people(8, 0) });
    const step = await main.services.reviews.reviewNext(await main.services.plans.begin(asked));
    if (!step) throw new Error('nothing to do');
    const { shown } = step;
    // One that was signed here makes the journal begin as the app writes it.
    await main.services.approvals.approve({
      reviewId: shown.reviewId,
      messageHash: shown.review.messageHash,
      typed: shown.typedPhrase,
    });
    while (main.services.transactions.list().some(({ outcome }) => outcome === undefined)) await pause(20);
    const message = base64.decode(shown.review.messageBase64);
    await main.close();
    fillJournal(folder, TRANSACTIONS, { genesisHash, payer: demo, mint, message });
  } catch (cause) {
    await main.close();
    throw cause;
  }
}

const requestOf = (demo: Address, operation: OperationInput): OperationRequest => ({
  operation,
  signers: { payer: demo, authority: demo, joinAuthority: demo },
});

/** Addresses nobody has a key for. */
function people(count: number, from: number) {
  return Array.from({ length: count }, (_, index) => {
    const bytes = new Uint8Array(32).fill(5);
    new DataView(bytes.buffer).setUint32(0, from + index, true);
    return { address: addressFromBytes(bytes), label: `user ${from + index}` };
  });
}

type Step = {
  reviewId: string;
  planId: string;
  typedPhrase: string;
  blocked: string;
  review: { messageHash: string; messageBase64: string };
};

/** Every transaction of a new run, from the form to its confirmation. */
async function createRun({ main, ask }: Opened, round: number): Promise<void> {
  const demo = demoOf(main);
  const request = requestOf(demo, {
    kind: 'create-run',
    runId: `loop-${round}`,
    whoMayJoin: { kind: 'anyone' },
    metadata: { name: 'Loop', description: '', parameters: 1n, vocabulary: 2n },
    clientVersion: 'latest',
    configText: PRACTICE_CONFIG_TEXT,
    start: true,
  });
  let step = await ask<Step>('operations', 'begin', onWire(request));
  for (;;) {
    const { reviewId, review, typedPhrase, planId } = step;
    const { messageHash } = review;
    const { transactionId } = await ask<{ transactionId: string }>('operations', 'approve', {
      reviewId,
      messageHash,
      typed: typedPhrase,
    });
    while (main.services.transactions.read(transactionId).outcome === undefined) await pause(20);
    const next = await ask<{ kind: 'step'; step: Step } | { kind: 'done' }>('operations', 'review', { planId });
    if (next.kind === 'done') return;
    step = next.step;
  }
}

/** Numbers as they travel: digits. */
function onWire(request: OperationRequest): unknown {
  return JSON.parse(
    JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
}

/** Bytes that no journal knows: a transaction somebody else made. */
async function foreignBytes({ main, ask }: Opened, round: number): Promise<string> {
  const operation: OperationInput = { kind: 'allow-many', users: people(8, 90_000 + 8 * round) };
  const { review, planId } = await ask<Step>('operations', 'begin', onWire(requestOf(demoOf(main), operation)));
  await ask('operations', 'discard', { planId });
  return base64.encode(Uint8Array.from([1, ...new Uint8Array(64), ...base64.decode(review.messageBase64)]));
}

async function readPrograms({ main }: Opened): Promise<void> {
  const { connections, deployedPrograms } = main.services;
  await connections.activate(connections.current().profile.id);
  while (connections.status().kind !== 'online') await pause(5);
  await deployedPrograms.noticesFor(connections.current());
  if (deployedPrograms.view().kind !== 'read') throw new Error('the programs were not read');
}

async function measureCalls(opened: Opened, answers: Answers): Promise<Figure[]> {
  const { main, ask } = opened;
  const demo = demoOf(main);
  const figures: Figure[] = [];
  const take = async (name: string, work: (round: number) => Promise<unknown>) => {
    const value = await medianStall(work);
    figures.push({ name: `main loop: ${name}`, value, unit: 'ms', limit: { kind: 'at-most', value: MAX_STALL_MS } });
  };
  const expectRows = (found: number, least: number) => {
    if (found < least) throw new Error(`${found} rows instead of ${least}`);
  };
  const allowMany = (round: number) =>
    onWire(requestOf(demo, { kind: 'allow-many', users: people(USERS, USERS * (round + 1)) }));
  const [newest] = main.services.transactions.list();

  await take(`list of ${TRANSACTIONS} transactions`, async () =>
    expectRows((await ask<unknown[]>('transactions', 'list')).length, TRANSACTIONS),
  );
  await take('one transaction of the journal', () => ask('transactions', 'read', { id: newest?.id }));
  await take('the journal as a file', () => ask('transactions', 'saveJournal'));
  expectRows(statSync(answers.save).size, TRANSACTIONS * 1000);
  await take('the books as a file', () => ask('transactions', 'saveBooks'));
  expectRows(statSync(answers.save).size, TRANSACTIONS * 100);
  await take(`list of ${SIGNERS} signers`, () => ask('signers', 'list'));
  await take('list of 200 nonce accounts', async () =>
    expectRows((await ask<{ rows: unknown[] }>('nonces', 'list')).rows.length, 200),
  );
  await take('list of 10,000 runs', async () =>
    expectRows((await ask<{ rows: unknown[] }>('runs', 'list')).rows.length, 10_000),
  );
  await take(`checks of a list of ${USERS} users`, (round) => ask('operations', 'prepare', allowMany(round)));
  await take(`review of a list of ${USERS} users`, (round) => ask('operations', 'begin', allowMany(round)));
  await take('a run created, all of it', (round) => createRun(opened, round));
  const foreign = [await foreignBytes(opened, 0), await foreignBytes(opened, 1), await foreignBytes(opened, 2)];
  await take('somebody else’s transaction opened', (round) =>
    ask('transactions', 'look', { text: foreign[round] ?? '' }),
  );
  await take('code of three programs hashed, 6 MB', () => readPrograms(opened));
  return figures;
}

async function mainLoopFigures(): Promise<Figure[]> {
  await checkProbe();
  const folder = temporaryFolder();
  const answers: Answers = { open: undefined, save: join(folder.path, 'saved') };
  let opened: Opened | undefined;
  try {
    await furnish(folder.path, answers);
    const start = await medianStall(async (round) => {
      opened = await startOn(folder.path, answers);
      await openedAndOnline(opened);
      if (round < ROUNDS - 1) await opened.main.close();
    });
    const figure: Figure = {
      name: `main loop: start with ${TRANSACTIONS} transactions`,
      value: start,
      unit: 'ms',
      limit: { kind: 'at-most', value: MAX_START_STALL_MS },
    };
    return opened ? [figure, ...(await measureCalls(opened, answers))] : [figure];
  } finally {
    await opened?.main.close();
    folder.remove();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

mainLoopFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
