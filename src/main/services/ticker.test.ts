import { until } from '#test/until.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { isSameButBlockhash } from '#core/transactions/same-but-blockhash.ts';
import type { Dialogs } from '#main/ports.ts';
import { noDialogs, startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';

let folder = temporaryFolder();
let main: StartedMain | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await main?.close();
  main = undefined;
  folder.remove();
});

test('one approval ticks as often as it says, with the same bytes but the blockhash, each in the journal', async () => {
  const { services, demo } = await withStartedRun();
  const review = await reviewed(demo, tick);
  await services.ticker.start({ ...review, count: 3, intervalMs: 200 });
  await until(() => services.ticker.status().kind === 'ended');
  expect(services.ticker.status()).toMatchObject({ why: 'count-reached', landed: 3, count: 3, runId: 'atlas-7' });
  const ticks = services.transactions.list().filter(({ title }) => title.startsWith('Tick'));
  expect(ticks.map(({ outcome }) => outcome?.kind)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  const messages = ticks.map(({ id }) => messageOf(services.transactions.read(id).wireBase64 ?? ''));
  const [first = new Uint8Array()] = messages;
  expect(messages.every((message) => isSameButBlockhash(first, message))).toBe(true);
  expect(new Set(messages.map((message) => Buffer.from(message).toString('hex'))).size).toBe(3);
});

test('stops when asked, and then signs nothing more', async () => {
  const { services, demo } = await withStartedRun();
  const review = await reviewed(demo, tick);
  await services.ticker.start({ ...review, count: 10_000, intervalMs: 200 });
  expect(await services.ticker.stop()).toMatchObject({ kind: 'ended', why: 'stopped' });
  const count = services.transactions.list().length;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(services.transactions.list()).toHaveLength(count);
});

test('stops at the first tick that the chain would refuse, without sending it', async () => {
  const { services, demo } = await withStartedRun();
  const review = await reviewed(demo, tick);
  await services.ticker.start({ ...review, count: 100, intervalMs: 400 });
  await carryOut(demo, { kind: 'set-paused', runId: 'atlas-7', paused: true });
  await until(() => services.ticker.status().kind === 'ended');
  expect(services.ticker.status()).toMatchObject({ why: 'failed', reason: expect.stringContaining('6015') as string });
  const outcomes = services.transactions.list().map(({ outcome }) => outcome?.kind);
  expect(new Set(outcomes)).toEqual(new Set(['confirmed']));
});

test('only a tick can be repeated, and one at a time', async () => {
  const { services, demo } = await withStartedRun();
  const pause = await reviewed(demo, { kind: 'set-paused', runId: 'atlas-7', paused: true });
  const terms = { count: 2, intervalMs: 600_000 };
  await expect(services.ticker.start({ ...pause, ...terms })).rejects.toMatchObject({ code: 'ticker/not-a-tick' });
  const review = await reviewed(demo, tick);
  await expect(services.ticker.start({ ...review, messageHash: demo, ...terms })).rejects.toMatchObject({
    code: 'approval/not-reviewed',
  });
  expect(services.ticker.status()).toEqual({ kind: 'idle' });
  await services.ticker.start({ ...review, ...terms });
  const second = await services.ticker.start({ ...review, ...terms }).catch((cause: unknown) => cause);
  expect(second).toMatchObject({ code: 'ticker/running' });
});

test('nothing but the approved tick is signed in its name', async () => {
  const { services, demo } = await withStartedRun();
  const review = await reviewed(demo, tick);
  const approval = await services.approvals.approveRepeated(review, { count: 2, intervalMs: 200 });
  await until(() => services.transactions.read(approval.transactionId).outcome !== undefined);
  const { message, lifetime } = await services.reviews.renew(approval.review);
  const other = Uint8Array.from(message);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  const count = services.transactions.list().length;
  await expect(services.approvals.signAnother(approval, { message: other, lifetime })).rejects.toMatchObject({
    code: 'approval/other-bytes',
  });
  expect(services.transactions.list()).toHaveLength(count);
  const id = await services.approvals.signAnother(approval, { message, lifetime });
  await until(() => services.transactions.read(id).outcome !== undefined);
  const more = await services.reviews.renew(approval.review);
  await expect(services.approvals.signAnother(approval, more)).rejects.toMatchObject({ code: 'approval/none' });
});

test('ends when the page is gone and when the network is left', async () => {
  const { services, demo } = await withStartedRun();
  const terms = { count: 5, intervalMs: 600_000 };
  await services.ticker.start({ ...(await reviewed(demo, tick)), ...terms });
  main?.forgetApprovals();
  await until(() => services.ticker.status().kind === 'ended');
  expect(services.ticker.status()).toMatchObject({ why: 'stopped' });
  await until(() => services.transactions.list().every(({ outcome }) => outcome !== undefined));

  await services.ticker.start({ ...(await reviewed(demo, tick)), ...terms });
  await until(() => landed(services.ticker.status()) === 1);
  await services.app.chooseDoor('offline');
  await until(() => services.ticker.status().kind === 'ended');
  expect(services.ticker.status()).toMatchObject({ why: 'network-changed', landed: 1 });
});

test('ends with the app', async () => {
  const { services, demo } = await withStartedRun();
  await services.ticker.start({ ...(await reviewed(demo, tick)), count: 5, intervalMs: 600_000 });
  await until(() => landed(services.ticker.status()) === 1);
  await main?.close();
  main = undefined;
  expect(services.ticker.status()).toMatchObject({ kind: 'ended', why: 'stopped' });
});

/** Main on the practice network, with a run that waits for clients. */
async function withStartedRun(dialogs: Dialogs = noDialogs) {
  const started = await startMain(folder.path, { dialogs });
  main = started;
  await started.open();
  const { services } = started;
  await services.app.chooseDoor('practice');
  await until(() => services.connections.status().kind === 'online');
  const [demo] = services.signers.own();
  if (!demo) throw new Error('no demo key');
  await carryOut(demo, {
    kind: 'create-run',
    runId: 'atlas-7',
    whoMayJoin: { kind: 'anyone' },
    metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
    clientVersion: 'latest',
    configText,
    start: true,
  });
  return { services, demo };
}

const tick: OperationInput = { kind: 'tick', runId: 'atlas-7' };

function servicesNow() {
  if (!main) throw new Error('main is not running');
  return main.services;
}

function requestOf(operation: OperationInput, demo: Address): OperationRequest {
  return { operation, signers: { payer: demo, authority: demo, joinAuthority: demo } };
}

async function reviewed(demo: Address, operation: OperationInput) {
  const { plans, reviews } = servicesNow();
  const review = await reviews.reviewNext(await plans.begin(requestOf(operation, demo)));
  if (!review) throw new Error('nothing to review');
  const { reviewId, review: summary, typedPhrase } = review.shown;
  return { reviewId, messageHash: summary.messageHash, typed: typedPhrase };
}

async function carryOut(demo: Address, operation: OperationInput): Promise<void> {
  const { plans, reviews, approvals, transactions } = servicesNow();
  const plan = await plans.begin(requestOf(operation, demo));
  for (;;) {
    const review = await reviews.reviewNext(plan);
    if (!review) return;
    const { reviewId, review: summary } = review.shown;
    const { transactionId } = await approvals.approve({ reviewId, messageHash: summary.messageHash, typed: '' });
    await until(() => transactions.read(transactionId).outcome !== undefined);
  }
}

function landed(status: ReturnType<ReturnType<typeof servicesNow>['ticker']['status']>): number | undefined {
  return status.kind === 'idle' ? undefined : status.landed;
}

function messageOf(wireBase64: string): Uint8Array {
  return decodeTransaction(new Uint8Array(Buffer.from(wireBase64, 'base64'))).messageBytes;
}
