import { until } from '#test/until.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { JournalEntry } from '#core/journal/entry.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someMessage } from '#test/builders/message-builder.ts';
import { approvalOf } from '#test/main/practice-operator.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { createHandlers } from '#main/handlers/create-handlers.ts';
import {
  noDialogs,
  practiceInThisProcess,
  startMain,
  temporaryFolder,
  type StartedMain,
} from '#test/main/start-main.ts';
import { z } from 'zod';

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

/** Main with the practice door taken and the network answering. */
async function practising(
  changes: Parameters<typeof startMain>[1] = {},
): Promise<{ main: StartedMain; demo: Address }> {
  const started = await startMain(folder.path, changes);
  main = started;
  await started.open();
  await started.services.app.chooseDoor('practice');
  await until(() => started.services.connections.status().kind === 'online');
  const [demo] = started.services.signers.own();
  if (!demo) throw new Error('no demo key');
  return { main: started, demo };
}

function createRun(demo: Address, runId: string): OperationRequest {
  return {
    operation: {
      kind: 'create-run',
      runId,
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: 'Atlas', description: 'A run to practise with', parameters: 20_000_000n, vocabulary: 32_000n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
    },
    signers: { payer: demo, authority: demo, joinAuthority: demo },
  };
}

/** Carries a plan out as a person would who agrees with everything. */
async function carryOut({ services }: StartedMain, request: OperationRequest): Promise<string[]> {
  const plan = await services.plans.begin(request);
  const done: string[] = [];
  for (;;) {
    const review = await services.reviews.reviewNext(plan);
    if (!review) return done;
    const { reviewId, typedPhrase, blocked, simulation, checks } = review.shown;
    expect({
      blocked,
      typedPhrase,
      reason: simulation.reason,
      failing: checks.filter(({ kind }) => kind === 'fail'),
    }).toEqual({ blocked: '', typedPhrase: '', reason: '', failing: [] });
    const { messageHash } = review.shown.review;
    const { transactionId } = await services.approvals.approve({ reviewId, messageHash, typed: '' });
    await until(() => services.transactions.read(transactionId).outcome !== undefined);
    const outcome = services.transactions.read(transactionId).outcome;
    expect(outcome).toMatchObject({ kind: 'confirmed' });
    done.push(review.shown.title);
  }
}

describe('on the practice network', () => {
  test('a run is created, configured and started, and everything tells the same of it', async () => {
    const { main: started, demo } = await practising();
    const { services } = started;
    const titles = await carryOut(started, createRun(demo, 'atlas-7'));
    expect(titles).toHaveLength(2);

    const { rows } = await services.runs.list();
    expect(rows).toMatchObject([
      {
        runId: 'atlas-7',
        mine: true,
        mainAuthority: demo,
        reading: { kind: 'ok', name: 'Atlas', state: 'WaitingForMembers' },
      },
    ]);
    const view = await services.runs.read('atlas-7');
    expect(view.openToAnyone).toBe(true);
    expect(decodeCoordinatorAccount(view.accountData).state.coordinator.config.total_steps).toBe(2000);
    expect(await services.runs.dump('atlas-7')).toContain('"run_id": "atlas-7"');
    expect(await services.inspector.look('atlas-7')).toMatchObject({
      kind: 'account',
      address: view.instance,
      runId: 'atlas-7',
    });
    expect(await services.inspector.look(view.account)).toMatchObject({
      kind: 'account',
      rentFloor: view.accountLamports,
    });
    expect(services.transactions.list()).toHaveLength(2);
    expect(readdirSync(join(folder.path, 'fresh-accounts'))).toEqual([]);
  }, 60_000);

  test('a run is paused and resumed by plans of their own', async () => {
    const { main: started, demo } = await practising();
    await carryOut(started, createRun(demo, 'pause-me'));
    const signers = { payer: demo, authority: demo, joinAuthority: demo };
    await carryOut(started, { operation: { kind: 'set-paused', runId: 'pause-me', paused: true }, signers });
    const { rows } = await started.services.runs.list();
    expect(rows[0]?.reading).toMatchObject({ state: 'Paused' });
    await carryOut(started, { operation: { kind: 'set-paused', runId: 'pause-me', paused: false }, signers });
  }, 60_000);

  test('the second click on “Sign” finds the transaction of the first', async () => {
    const { main: started, demo } = await practising();
    const { services } = started;
    const review = await services.reviews.reviewNext(await services.plans.begin(createRun(demo, 'twice')));
    const approval = {
      reviewId: review?.shown.reviewId ?? '',
      messageHash: review?.shown.review.messageHash ?? '',
      typed: '',
    };
    const [first, second] = await Promise.all([
      services.approvals.approve(approval),
      services.approvals.approve(approval),
    ]);
    expect(second).toEqual(first);
    expect(services.transactions.list()).toHaveLength(1);
  }, 60_000);

  test('nothing is signed for another hash, an older review or a changed chain', async () => {
    const { main: started, demo } = await practising();
    const { services } = started;
    const plan = await services.plans.begin(createRun(demo, 'once'));
    const older = await services.reviews.reviewNext(plan);
    const review = await services.reviews.reviewNext(plan);
    if (!older || !review) throw new Error('no review');
    const approve = (reviewId: string, messageHash: string) =>
      services.approvals
        .approve({ reviewId, messageHash, typed: '' })
        .catch((cause: unknown) => isAppError(cause) && cause.code);
    const otherHash = review.shown.network.genesisHash;
    expect(await approve(review.shown.reviewId, otherHash)).toBe('approval/not-reviewed');
    expect(await approve(older.shown.reviewId, older.shown.review.messageHash)).toBe('approval/not-reviewed');
    await carryOut(started, createRun(demo, 'once'));
    expect(await approve(review.shown.reviewId, review.shown.review.messageHash)).toBe('plan/stale');
    expect(services.transactions.list()).toHaveLength(2);
  }, 60_000);

  test('a key of the operator needs a yes in a window of the system, and a no signs nothing', async () => {
    const questions: string[] = [];
    const confirm = async ({ message, detail }: { message: string; detail: string }) => {
      questions.push(`${message}\n${detail}`);
      return false;
    };
    const { main: started, demo } = await practising({ dialogs: { ...noDialogs, confirm } });
    const { services } = started;
    const own = await ownKeyfile(started);
    const request = createRun(demo, 'mine');
    const signers = { payer: demo, authority: demo, joinAuthority: own };
    const review = await services.reviews.reviewNext(await services.plans.begin({ ...request, signers }));
    if (!review) throw new Error('no review');
    const { reviewId, review: summary } = review.shown;
    const approval = services.approvals.approve({ reviewId, messageHash: summary.messageHash, typed: '' });
    await expect(approval).rejects.toMatchObject({ code: 'plan/declined' });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toContain(demo);
    expect(services.transactions.list()).toEqual([]);
  }, 60_000);

  test('a keyfile that others can read blocks, with the reason, until it is closed or allowed', async () => {
    const dialogs = { ...noDialogs, confirm: async () => true };
    const { main: started, demo } = await practising({ dialogs });
    const { services } = started;
    const own = await ownKeyfile(started, 0o644);
    const signers = { payer: demo, authority: demo, joinAuthority: own };
    const plan = await services.plans.begin({ ...createRun(demo, 'open'), signers });
    const review = await services.reviews.reviewNext(plan);
    if (!review) throw new Error('no review');
    expect(review.shown.slots.map(({ problem }) => problem)).toContainEqual(
      expect.stringContaining('Others can read this keyfile'),
    );
    await expect(services.approvals.approve(approvalOf(review.shown))).rejects.toMatchObject({
      code: 'plan/blocked',
      params: { reason: expect.stringMatching(/^Join authority: Others can read this keyfile/) },
    });
    expect(services.transactions.list()).toEqual([]);
    const [, signer] = await services.signers.list();
    expect(signer?.source).toMatchObject({ state: 'readable-by-others', fix: "chmod 600 'own.json'" });
    await services.signers.allowOpenPermissions(signer?.id ?? '');
    const again = await services.reviews.reviewNext(plan);
    if (!again) throw new Error('no review');
    expect(again.shown.slots.map(({ problem }) => problem)).toEqual(again.shown.slots.map(() => ''));
    await services.approvals.approve(approvalOf(again.shown));
  }, 60_000);

  test('state, demo key and transactions are there after a restart', async () => {
    const { main: started, demo } = await practising();
    await carryOut(started, createRun(demo, 'lasting'));
    await started.close();
    const again = await startMain(folder.path);
    main = again;
    await again.open();
    await until(() => again.services.connections.status().kind === 'online');
    expect(again.services.signers.own()).toEqual([demo]);
    expect((await again.services.runs.list()).rows.map(({ runId }) => runId)).toEqual(['lasting']);
    expect(again.services.transactions.list()).toHaveLength(2);
    expect(statSync(join(folder.path, 'demo-key.json')).mode & 0o777).toBe(0o600);
  }, 60_000);

  test('a plan given up while it is confirmed is not signed', async () => {
    const given: { up?: () => Promise<void> } = {};
    const confirm = async () => {
      await given.up?.();
      return true;
    };
    const { main: started, demo } = await practising({ dialogs: { ...noDialogs, confirm } });
    const { services } = started;
    const own = await ownKeyfile(started);
    const request = createRun(demo, 'left');
    const signers = { ...request.signers, joinAuthority: own };
    const plan = await services.plans.begin({ ...request, signers });
    const review = await services.reviews.reviewNext(plan);
    if (!review) throw new Error('no review');
    given.up = () => services.plans.discard(plan.id);
    const { reviewId, review: summary } = review.shown;
    const approval = services.approvals.approve({ reviewId, messageHash: summary.messageHash, typed: '' });
    await expect(approval).rejects.toMatchObject({ code: 'approval/none' });
    expect(services.transactions.list()).toEqual([]);
  }, 60_000);

  test('two plans for one run are not both signed, however close their approvals are', async () => {
    const { answer } = await import('#signer/answer.ts');
    const signing = createGate();
    const release = createGate();
    const children = {
      startPracticeNetwork: practiceInThisProcess,
      async askSigner(request: Parameters<typeof answer>[0]) {
        if (request.kind === 'sign') {
          signing.open();
          await release.opened;
        }
        return { kind: 'answer' as const, message: await answer(request) };
      },
    };
    const { main: started, demo } = await practising({ children });
    const { services } = started;
    const nextApproval = async () => {
      const review = await services.reviews.reviewNext(await services.plans.begin(createRun(demo, 'one')));
      if (!review) throw new Error('no review');
      const { reviewId, review: summary } = review.shown;
      return { reviewId, messageHash: summary.messageHash, typed: '' };
    };
    const [first, second] = [await nextApproval(), await nextApproval()];
    const signed = services.approvals.approve(first);
    await signing.opened;
    const refused = await services.approvals.approve(second).then(
      () => 'signed as well',
      (cause: unknown) => isAppError(cause) && cause.code,
    );
    release.open();
    await signed;
    expect(refused).toBe('plan/blocked');
    expect(services.transactions.list()).toHaveLength(1);
  }, 60_000);

  test('a reset ends what was on its way to the network before', async () => {
    const { main: before } = await practising();
    const { genesisHash } = before.services.connections.current();
    await before.close();
    const journal = await openJournal(join(folder.path, 'journal.log'));
    await journal.append(z.encode(JournalEntry, { ...inFlight, genesisHash }));
    await journal.close();

    const again = await startMain(folder.path);
    main = again;
    const { services } = again;
    await again.open();
    await until(() => services.connections.status().kind === 'online');
    const outcome = () => services.transactions.list()[0]?.outcome;
    expect(outcome()).toBeUndefined();
    await createHandlers(services).practice.reset({});
    await until(() => outcome() !== undefined);
    expect(outcome()).toEqual({ kind: 'expired' });
  }, 60_000);

  test('no secret byte is written anywhere but into keyfiles', async () => {
    const { main: started, demo } = await practising();
    await carryOut(started, createRun(demo, 'canary'));
    const numbers = JSON.parse(readFileSync(join(folder.path, 'demo-key.json'), 'utf8')) as number[];
    const secret = Buffer.from(numbers.slice(0, 32));
    const forms = [secret.toString('hex'), secret.toString('base64').slice(0, 40), numbers.slice(0, 32).join(',')];
    const others = readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'demo-key.json')
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(others.length).toBeGreaterThan(2);
    for (const text of others) {
      for (const form of [...forms, secret.toString('latin1')]) expect(text).not.toContain(form);
    }
    expect(existsSync(join(folder.path, 'events.log'))).toBe(true);
  }, 60_000);
});

/** Something to wait for until a test lets it happen. */
function createGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A transaction of which the journal knows no end; its bytes are nothing a node takes. */
const inFlight = {
  event: 'signed',
  id: 'a',
  planId: 'p',
  title: 'Create run',
  subject: 'run atlas',
  networkName: 'Practice',
  wire: encodeTransaction([new Uint8Array(64).fill(1)], someMessage({ instructions: [] })),
  signature: '1'.repeat(64),
  messageHash: 'h',
  feePayer: SYSTEM_PROGRAM,
  feeLamports: 5000n,
  lastValidBlockHeight: 2n ** 60n,
  reviewedAt: 1,
  approvedAt: 2,
  at: 3,
  overrides: [] as string[],
} as const;

/** A keyfile of the operator's own, added by its path. */
async function ownKeyfile({ services }: StartedMain, mode = 0o600): Promise<Address> {
  const { answer } = await import('#signer/answer.ts');
  const { chmodSync } = await import('node:fs');
  await answer({ kind: 'create', folder: folder.path, fileName: 'own.json' });
  const path = join(folder.path, 'own.json');
  chmodSync(path, mode);
  return (await services.signers.addPath(path)).address;
}
