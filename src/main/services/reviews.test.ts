import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { describe, expect, test } from 'vitest';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import type { Connections, Online } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plan, Plans } from './plans.ts';
import { createReviews, saysNothingNew } from './reviews.ts';
import type { SignerBook } from './signer-book.ts';

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
    book: book as unknown as JournalBook,
    clock: { now: () => 0, monotonic: () => 0 },
    newId: () => 'review',
  });
  const plan: Plan = {
    id: 'plan',
    request: REQUEST,
    titles: [],
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
