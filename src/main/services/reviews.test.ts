import { base64 } from '@scure/base';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { isSameButBlockhash } from '#core/transactions/same-but-blockhash.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import type { Connections, Online } from './connections.ts';
import type { DeployedProgramsBook } from './deployed-programs.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plan, Plans } from './plans.ts';
import { createReviewShelf } from './kept-review.ts';
import { createReviews, saysNothingNew } from './reviews.ts';
import type { SignerBook } from './signer-book.ts';
import { exchangesOf, sequentialTrips, type Exchange } from '#test/exchanges.ts';
import { practiceOperator } from '#test/main/practice-operator.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';

const pass: Check = { kind: 'pass', title: 'Halted', reason: '', remedy: '' };
const warning: Check = { kind: 'warn', title: 'Pause', reason: 'It is paused at once', remedy: '' };
const failure: Check = { kind: 'fail', title: 'Authority', reason: 'Another key holds it', remedy: 'Use that one' };
const shown: Pick<Prepared, 'checks' | 'changes'> = {
  checks: [pass, warning, failure],
  changes: [{ label: 'State', before: 'WaitingForMembers', after: 'Paused' }],
};

describe('what the chain says right before signing', () => {
  test.each([
    ['the same', shown],
    ['fewer objections', { ...shown, checks: [pass, warning] }],
    ['another pass', { ...shown, checks: [...shown.checks, { ...pass, title: 'Balance' }] }],
  ])('agrees with the review when it is %s', (_what, now) => {
    expect(saysNothingNew(now, shown)).toBe(true);
  });

  test.each([
    ['a change that ends elsewhere', { ...shown, changes: [{ label: 'State', before: 'Warmup', after: 'Pausing' }] }],
    ['no change', { ...shown, changes: [] }],
    ['a warning with another reason', { ...shown, checks: [{ ...warning, reason: 'It is paused after the round' }] }],
    ['a warning that became a refusal', { ...shown, checks: [{ ...warning, kind: 'fail' as const }] }],
    ['a pass that became a warning', { ...shown, checks: [{ ...pass, kind: 'warn' as const }] }],
    ['another refusal', { ...shown, checks: [...shown.checks, { ...failure, title: 'Balance' }] }],
  ])('asks for a new review when there is %s', (_what, now) => {
    expect(saysNothingNew(now, shown)).toBe(false);
  });
});

const REQUEST: OperationRequest = {
  operation: { kind: 'set-paused', runId: 'atlas', paused: true },
  signers: { payer: SYSTEM_PROGRAM, authority: SYSTEM_PROGRAM, joinAuthority: SYSTEM_PROGRAM },
};

/** Reviews on whatever cluster a test says is in use; its node answers nothing. */
function createScene(transactions: readonly JournaledTransaction[] = []) {
  const scene = { genesisHash: 'one' };
  const answersNothing = () => Promise.reject(new Error('this node answers nothing'));
  const node = new Proxy({}, { get: () => answersNothing }) as Online['node'];
  const current = () => ({ genesisHash: scene.genesisHash, node, profile: { programs: DEFAULT_PROGRAM_IDS } });
  const book = { all: () => [...transactions], accountsCreatedOn: () => new Set() };
  const reviews = createReviews({
    connections: { current } as unknown as Connections,
    signers: {} as SignerBook,
    plans: {} as Plans,
    nonces: { lifetimeFor: async () => undefined },
    shelf: createReviewShelf(),
    book: book as unknown as JournalBook,
    deployedPrograms: {} as DeployedProgramsBook,
    clock: { now: () => 0, monotonic: () => 0 },
    newId: () => 'review',
  });
  const plan: Plan = {
    id: 'plan',
    request: REQUEST,
    titles: [],
    nonceAccount: undefined,
    genesisHash: undefined,
    fresh: undefined,
    making: undefined,
  };
  return { scene, reviews, plan };
}

describe('a plan', () => {
  test('belongs to the cluster of its first review, whatever network is chosen later', async () => {
    const { scene, reviews, plan } = createScene();
    await expect(reviews.reviewNext(plan)).rejects.toThrow('this node answers nothing');
    scene.genesisHash = 'another';
    await expect(reviews.reviewNext(plan)).rejects.toMatchObject({
      code: 'network/changed',
      params: { expected: 'one', found: 'another' },
    });
  });

  test('is not carried out by what was confirmed on another cluster', async () => {
    const confirmed = (genesisHash: string) =>
      ({
        signed: { planId: 'plan', genesisHash },
        end: { at: 1, outcome: { kind: 'confirmed', slot: 1n, signature: '' } },
      }) as JournaledTransaction;
    const bound = { titles: ['Pause'], genesisHash: 'one' };
    const elsewhere = createScene([confirmed('another')]);
    await expect(elsewhere.reviews.reviewNext({ ...elsewhere.plan, ...bound })).rejects.toThrow('answers nothing');
    const here = createScene([confirmed('one')]);
    expect(await here.reviews.reviewNext({ ...here.plan, ...bound })).toBeUndefined();
  });
});

describe('a review on a network that takes its time', () => {
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

  /** Longer than anything this machine does in between, milliseconds. */
  const DELAY_MS = 60;

  async function practising() {
    main = await startMain(folder.path);
    return practiceOperator(main);
  }

  const simulated = (exchanges: readonly Exchange[]) =>
    exchanges.filter(({ method }) => method === 'simulateTransaction');

  test('needs two reads, then simulates in one round with the blockhash', async () => {
    const { launch, request, review } = await practising();
    await launch({});
    const asked = request({ kind: 'set-paused', runId: 'atlas-7', paused: true });
    const { exchanges } = await exchangesOf(() => review(asked), DELAY_MS);
    expect(sequentialTrips(exchanges)).toBe(3);
    const [simulation] = simulated(exchanges);
    const together = exchanges.filter(({ endedAt, startedAt }) => {
      return simulation && startedAt < simulation.endedAt && endedAt > simulation.startedAt;
    });
    expect(together.map(({ method }) => method).toSorted()).toEqual([
      'getBlockHeight',
      'getLatestBlockhash',
      'getMultipleAccounts',
      'getRecentPrioritizationFees',
      'simulateTransaction',
    ]);
  }, 60_000);

  test('reads nothing twice for a run whose account is still to be made', async () => {
    const { demo, request, review } = await practising();
    const asked = request({
      kind: 'create-run',
      runId: 'atlas-7',
      whoMayJoin: { kind: 'user', address: demo },
      metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      start: false,
    });
    const { result, exchanges } = await exchangesOf(() => review(asked), DELAY_MS);
    expect(sequentialTrips(exchanges)).toBe(2);
    expect(result.slots.map(({ kind }) => kind)).toContain('fresh-account');
    expect(result.simulation).toMatchObject({ kind: 'would-succeed', reason: '' });
  }, 60_000);

  test('simulates the reviewed message but for its blockhash and limit, which no node has to know', async () => {
    const { demo, request, review } = await practising();
    const asked = request({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: demo } });
    const { result, exchanges } = await exchangesOf(() => review(asked));
    const [simulation] = simulated(exchanges);
    const { params } = JSON.parse(simulation?.request ?? '') as { params: [string, object] };
    expect(params[1]).toMatchObject({ sigVerify: false, replaceRecentBlockhash: true });
    const { messageBytes: message } = decodeTransaction(base64.decode(params[0]));
    const reviewed = base64.decode(result.review.messageBase64);
    const limitAt = (result.review.instructions[0]?.dataOffset ?? 0) + 1;
    const withLimit = Uint8Array.from(message);
    withLimit.set(reviewed.subarray(limitAt, limitAt + 4), limitAt);
    expect(isSameButBlockhash(withLimit, reviewed)).toBe(true);
    expect(withLimit).not.toEqual(reviewed);
    expect(passCanonicalGate(message).instructions[0]?.data).toEqual(new Uint8Array([2, 0xc0, 0x5c, 0x15, 0]));
    expect(result.simulation.kind).toBe('would-succeed');
  }, 60_000);
});
