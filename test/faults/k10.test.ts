import { reviewed, reviewedRest, yesTo } from '#test/signing/desk-steps.ts';
import { EventEmitter } from 'node:events';
import { base64 } from '@scure/base';
import { afterAll, describe, expect, test } from 'vitest';
import { foldEntries } from '#core/journal/fold-entries.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { WebContentsApi } from '#main/electron/electron-api.ts';
import { whenPageGone } from '#main/electron/when-page-gone.ts';
import type { Approvals } from '#main/services/approvals.ts';
import type { Connections } from '#main/services/connections.ts';
import type { JournalBook } from '#main/services/journal-book.ts';
import type { KeptReview } from '#main/services/kept-review.ts';
import type { Reviews } from '#main/services/reviews.ts';
import { createTicker } from '#main/services/ticker.ts';
import { areSignaturesTrue, createSigningDesk, REQUESTS } from '#test/signing/signing-desk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { failureOf } from './words-of.ts';

// The whole of main: “ends when the page is gone” in src/main/services/ticker.test.ts, and the sessions of T5.
const ENDS = ['crash', 'reload', 'hang', 'hang and reload', 'another window'] as const;
type PageEnd = (typeof ENDS)[number];

const counts = createFaultCounts<PageEnd>('K10', ENDS);
const totals = { points: 0, refused: 0, signed: 0 };
afterAll(() => {
  counts.print();
  console.info(`K10: ${totals.points} points: ${totals.refused} refused, ${totals.signed} signed already`);
});

/** Longer than any approval may be used, milliseconds. */
const HANG_MS = 130_000;

type Desk = ReturnType<typeof createSigningDesk>;

/** What becomes of the page, as `main` hears of it. */
function endPage({ scene, approvals }: Desk, how: PageEnd): void {
  counts.count(how);
  if (how === 'hang' || how === 'hang and reload') scene.ms += HANG_MS;
  if (how === 'another window') scene.windowId += 1;
  if (how !== 'another window') {
    const contents = new EventEmitter();
    whenPageGone(contents as unknown as WebContentsApi, approvals.forget);
    if (how === 'crash') contents.emit('render-process-gone');
    if (how === 'hang' || how === 'hang and reload') contents.emit('unresponsive');
    if (how === 'reload' || how === 'hang and reload')
      contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  }
}

const CASES: readonly (readonly [string, (desk: Desk) => Promise<ReviewedStep>])[] = [
  ...REQUESTS.map((request, index) => [`request ${index + 1}`, (desk: Desk) => reviewed(desk, request)] as const),
  ['the rest of what was signed in part', (desk) => reviewedRest(desk, REQUESTS[2])],
];

/** Every wait between a click and its end, by what is waited for; `happen` goes on in each. */
function hearWaits({ scene }: Desk, happen: (what: string) => void): void {
  scene.onCall = async (name) => happen(name);
  scene.whileWaiting = async () => happen('signature or journal');
  scene.onConfirm = async () => {
    happen('question');
    return true;
  };
}

/** The journal says what the app believes, now and after a restart. */
function checkJournal(desk: Desk): void {
  const { transactions, misunderstoodAt } = foldEntries(desk.payloads);
  expect(misunderstoodAt).toBeUndefined();
  const stateOf = (all: Iterable<ReturnType<Desk['book']['find']>>) =>
    [...all].map(({ signed, end }) => [signed.id, base64.encode(signed.wire), end?.at]);
  expect(stateOf(transactions.values())).toEqual(stateOf(desk.book.all()));
  for (const { signed } of desk.book.all()) expect(areSignaturesTrue(signed.wire)).toBe(true);
}

describe.each(CASES)('K10: %s', (_name, review) => {
  test.each(ENDS)(
    'a page that ends by %s at any moment after the click gets nothing signed that was not under way',
    async (how) => {
      const dry = createSigningDesk();
      const waits: string[] = [];
      const first = await review(dry);
      hearWaits(dry, (what) => waits.push(what));
      await dry.approvals.approve(yesTo(first));
      expect(waits).toEqual(expect.arrayContaining(['readGenesisHash', 'question', 'signature or journal']));
      for (const [point, name] of waits.entries()) {
        const desk = createSigningDesk();
        const shown = await review(desk);
        const before = desk.payloads.length;
        let signatures = 0;
        desk.scene.onSign = () => void (signatures += 1);
        let wait = -1;
        hearWaits(desk, () => {
          wait += 1;
          if (wait === point) endPage(desk, how);
        });
        totals.points += 1;
        const where = `${point} ${name}`;
        if (isUnderWay(waits, point)) {
          // The yes was used up already: what is signed is in the journal, once.
          const { transactionId } = await desk.approvals.approve(yesTo(shown));
          expect([where, desk.payloads.length]).toEqual([where, before + 1]);
          expect(desk.book.find(transactionId).signed.wire.length).toBeGreaterThan(0);
          totals.signed += 1;
        } else {
          const code = await failureOf(desk.approvals.approve(yesTo(shown)));
          expect([where, code]).toEqual([where, codeFor(how)]);
          expect([where, signatures, desk.payloads.length]).toEqual([where, 0, before]);
          totals.refused += 1;
        }
        checkJournal(desk);
      }
    },
  );

  test('a page that ends before the click, or after the end, changes nothing', async () => {
    for (const how of ENDS) {
      const desk = createSigningDesk();
      endPage(desk, how);
      const shown = await review(desk);
      const before = structuredClone(desk.payloads);
      endPage(desk, how);
      expect(desk.payloads).toEqual(before);
      const { transactionId } = await desk.approvals.approve(yesTo(shown));
      const after = structuredClone(desk.payloads);
      endPage(desk, how);
      expect(desk.payloads).toEqual(after);
      // The page that comes next finds the transaction instead of making another.
      expect(await desk.approvals.approve(yesTo(shown))).toEqual({ transactionId });
      expect(desk.payloads).toEqual(after);
      checkJournal(desk);
      totals.points += 3;
    }
  });
});

/** Nothing waits between the last look at the chain and the first signature. */
function isUnderWay(waits: readonly string[], point: number): boolean {
  return point >= waits.indexOf('signature or journal');
}

function codeFor(how: PageEnd): string {
  return how === 'another window' ? 'approval/other-window' : 'approval/none';
}

test('K10: moving about within the page is no end of it, and a frame in it is none either', () => {
  const contents = new EventEmitter();
  let ends = 0;
  whenPageGone(contents as unknown as WebContentsApi, () => void (ends += 1));
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
  expect(ends).toBe(0);
  contents.emit('will-navigate');
  expect(ends).toBe(1);
});

test('K10: a tick whose page ends while the first one is being signed is not repeated', async () => {
  let more = 0;
  const approvedHere: { whileApproving: () => void } = { whileApproving: () => undefined };
  const review = {
    lifetime: { kind: 'blockhash', blockhash: 'one', lastValidBlockHeight: 1n },
    shown: {},
  } as unknown as KeptReview;
  const ticker = createTicker({
    reviews: {
      renew: async () => ({ message: new Uint8Array(), lifetime: { kind: 'blockhash', blockhash: `${(more += 1)}` } }),
    } as unknown as Reviews,
    approvals: {
      async approveRepeated() {
        approvedHere.whileApproving();
        return { review, approvedAt: 0, transactionId: 'first', left: 4 };
      },
      signAnother: async () => 'another',
    } as unknown as Approvals,
    connections: {} as Connections,
    book: { find: () => ({ end: { outcome: { kind: 'confirmed' } } }) } as unknown as JournalBook,
    sleep: async () => undefined,
    onChanged: () => undefined,
    reportUnexpected: (_where, cause) => {
      throw cause;
    },
  });
  const order = { reviewId: '', messageHash: '', typed: '', count: 5, intervalMs: 1 };
  approvedHere.whileApproving = () => ticker.forget();
  await ticker.start(order);
  await ticker.close();
  expect([ticker.status(), more]).toEqual([expect.objectContaining({ kind: 'ended', why: 'stopped', landed: 0 }), 0]);
  // The control: with its page it goes on to the end.
  approvedHere.whileApproving = () => undefined;
  await ticker.start(order);
  await expect.poll(() => ticker.status()).toMatchObject({ kind: 'ended', why: 'count-reached', landed: 5 });
  expect(more).toBe(4);
});

test('K10: met every end of a page', () => {
  expect(counts.missing()).toEqual([]);
});
