import { reviewed, yesTo } from '#test/signing/desk-steps.ts';
import { base64 } from '@scure/base';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '#core/journal/entry.ts';
import { missingSigners, signatureSlots } from '#core/journal/wire-signatures.ts';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { nonceAccount } from '#test/practice/nonce-desk.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { NONCES, PEOPLE, REQUESTS, createSigningDesk, signatureBy } from '#test/signing/signing-desk.ts';

const [fund, fundMore, takeOwn, takeTogether, onNonce] = REQUESTS;
const MINUTE = 60_000;

let desk: ReturnType<typeof createSigningDesk>;
let signed: string[];
let written: JournalEntry[];
beforeEach(() => {
  desk = createSigningDesk();
  signed = [];
  written = [];
  desk.scene.onSign = ({ expected }) => void signed.push(expected);
  desk.scene.onEntry = (entry) => void written.push(entry);
});

const review = (request: OperationRequest) => reviewed(desk, request);

const approve = (step: ReviewedStep, changes = {}) => desk.approvals.approve({ ...yesTo(step), ...changes });

const refused = (code: string) => expect.objectContaining({ code });

describe('a yes', () => {
  test('makes one transaction, however often it is given, and the journal has it first', async () => {
    const shown = await review(fund);
    const ids = await Promise.all([approve(shown), approve(shown), approve(shown)]);
    expect(new Set(ids.map(({ transactionId }) => transactionId)).size).toBe(1);
    expect(signed).toEqual([PEOPLE.payer.address]);
    expect(written.map(({ event }) => event)).toEqual(['signed']);
    expect((await approve(shown)).transactionId).toBe(ids[0]?.transactionId);
  });

  test('is carried out when the disk has the signature, and not before', async () => {
    const shown = await review(fund);
    let isOnDisk = false;
    desk.scene.whileWaiting = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isOnDisk = written.length > 0;
    };
    await approve(shown);
    expect(isOnDisk).toBe(true);
  });

  test('is for the hash that was shown', async () => {
    const shown = await review(fund);
    await expect(approve(shown, { messageHash: 'another' })).rejects.toThrow(refused('approval/not-reviewed'));
    await expect(approve(shown, { reviewId: 'another' })).rejects.toThrow(refused('approval/not-reviewed'));
    expect(signed).toEqual([]);
  });

  test('needs the phrase where one is asked for', async () => {
    const shown = await review(takeOwn);
    expect(shown.typedPhrase).not.toBe('');
    await expect(approve(shown, { typed: 'yes' })).rejects.toThrow(refused('plan/phrase'));
    expect(signed).toEqual([]);
    await approve(shown, { typed: ` ${shown.typedPhrase} ` });
    expect(signed).toHaveLength(2);
  });

  test('is asked for in a window of the system, and a no signs nothing', async () => {
    const shown = await review(fund);
    desk.scene.onConfirm = async () => false;
    await expect(approve(shown)).rejects.toThrow(refused('plan/declined'));
    expect([signed, written]).toEqual([[], []]);
  });

  test('is worth nothing after two minutes, in another window, or when the page was gone', async () => {
    const cases: readonly [string, () => void][] = [
      ['approval/expired', () => void (desk.scene.ms += 2 * MINUTE)],
      ['approval/other-window', () => void (desk.scene.windowId += 1)],
      ['approval/none', () => desk.approvals.forget()],
    ];
    for (const [code, happens] of cases) {
      const shown = await review(fund);
      desk.scene.onConfirm = async () => {
        happens();
        return true;
      };
      await expect(approve(shown)).rejects.toThrow(refused(code));
    }
    expect(signed).toEqual([]);
  });

  test('is worth nothing when the page went away before its network had answered', async () => {
    const shown = await review(fund);
    desk.scene.onCall = async (name) => {
      if (name === 'readGenesisHash') desk.approvals.forget();
    };
    await expect(approve(shown)).rejects.toThrow(refused('approval/none'));
    expect([signed, written]).toEqual([[], []]);
  });

  test('for an older review of a plan is worth nothing', async () => {
    const plan = await desk.plans.begin(fund);
    const first = await desk.reviews.reviewNext(plan);
    desk.scene.onConfirm = async () => {
      await desk.reviews.reviewNext(plan);
      return true;
    };
    if (!first) throw new Error('there is nothing to do');
    await expect(approve(first.shown)).rejects.toThrow(refused('approval/none'));
    expect(signed).toEqual([]);
  });

  test('is worth nothing on another cluster than the reviewed one', async () => {
    const shown = await review(fund);
    desk.scene.answering = 'cluster two';
    await expect(approve(shown)).rejects.toThrow(refused('network/changed'));
    desk.scene.answering = 'cluster one';
    desk.scene.onConfirm = async () => {
      desk.scene.connected = 'cluster two';
      return true;
    };
    await expect(approve(shown)).rejects.toThrow(refused('network/changed'));
    expect(signed).toEqual([]);
  });

  test('comes too late when fewer than 10 blocks are left', async () => {
    const shown = await review(fund);
    desk.scene.height += 141n;
    await expect(approve(shown)).rejects.toThrow(refused('plan/lapsed'));
    desk.scene.height -= 1n;
    await approve(shown);
    expect(signed).toHaveLength(1);
  });

  test('is worth nothing when the chain changed meanwhile what would be signed', async () => {
    const shown = await review(onNonce);
    desk.scene.slot += 1n;
    desk.accounts.set(NONCES.forLife, nonceAccount({ authority: PEOPLE.payer.address, nonce: someAddress(99) }));
    await expect(approve(shown)).rejects.toThrow(refused('plan/stale'));
    expect(signed).toEqual([]);
  });

  test('that the signing child did not carry out can be given again', async () => {
    const shown = await review(fund);
    desk.scene.isSignerWell = false;
    await expect(approve(shown)).rejects.toThrow(refused('signer/ended'));
    expect(written).toEqual([]);
    desk.scene.isSignerWell = true;
    await approve(shown);
    expect(written.map(({ event }) => event)).toEqual(['signed']);
  });
});

describe('what is about the same', () => {
  test('is not signed while it may still land, and reviews say so', async () => {
    const [first, second] = [await review(fund), await review(fund)];
    await approve(first);
    await expect(approve(second)).rejects.toThrow(refused('plan/blocked'));
    expect((await review(fund)).blocked).toContain('may still land');
    expect(signed).toHaveLength(1);
  });

  test('is not signed while the other is being signed', async () => {
    const [first, second] = [await review(fund), await review(fund)];
    let other: Promise<unknown> | undefined;
    let isAsked = false;
    desk.scene.whileWaiting = async () => {
      if (isAsked) return;
      isAsked = true;
      other = approve(second).catch((error: unknown) => error);
      await other;
    };
    await approve(first);
    expect(await other).toEqual(refused('plan/blocked'));
    expect(signed).toHaveLength(1);
  });

  test('lives by one nonce once', async () => {
    const first = await review(onNonce);
    await approve(first);
    const other = { ...onNonce, operation: { ...onNonce.operation, lamports: 11n } } as OperationRequest;
    await expect(review(other)).rejects.toThrow(refused('nonce/not-usable'));
  });

  test('may be signed again once it ended, when the chain asks for it', async () => {
    const { transactionId } = await approve(await review(fund));
    await desk.book.writeEnded(transactionId, { kind: 'expired' });
    await approve(await review(fund));
    expect(written.filter(({ event }) => event === 'signed')).toHaveLength(2);
  });

  test('is another amount: that is signed beside it or refused, never taken for it', async () => {
    await approve(await review(fund));
    const other = await review(fundMore);
    const outcome = await approve(other).then(
      () => 'signed',
      (error: unknown) => (error as { code: string }).code,
    );
    expect(['signed', 'plan/blocked']).toContain(outcome);
  });
});

describe('a transaction of several', () => {
  test('keeps the place of a signature that is left for later, and takes it afterwards', async () => {
    const shown = await review(takeOwn);
    const { transactionId } = await approve(shown, { absent: [PEOPLE.holder.address] });
    expect(signed).toEqual([PEOPLE.payer.address]);
    const part = desk.book.find(transactionId).signed.wire;
    expect(missingSigners(part)).toEqual([PEOPLE.holder.address]);
    const rest = await desk.handed.signRest(transactionId);
    await approve(rest);
    expect(signed).toEqual([PEOPLE.payer.address, PEOPLE.holder.address]);
    const whole = desk.book.find(transactionId).signed.wire;
    expect(missingSigners(whole)).toEqual([]);
    expect(signatureSlots(whole)[0]).toEqual(signatureSlots(part)[0]);
    expect(written.map(({ event }) => event)).toEqual(['signed', 'signatures']);
    await expect(desk.handed.addSignatures(transactionId, base64.encode(whole))).rejects.toThrow(
      refused('handed/brings-nothing'),
    );
  });

  test('has no name on the cluster while its fee payer has not signed', async () => {
    const shown = await review(takeOwn);
    const { transactionId } = await approve(shown, { absent: [PEOPLE.payer.address] });
    expect(desk.book.find(transactionId).signed.signature).toBe('');
    await approve(await desk.handed.signRest(transactionId));
    expect(desk.book.find(transactionId).signed.signature).toMatch(/^[1-9A-HJ-NP-Za-km-z]{80,90}$/);
  });

  test('is completed by what comes back, and by nothing that is not its own', async () => {
    const { transactionId } = await approve(await review(takeTogether));
    const { wire } = desk.book.find(transactionId).signed;
    const { messageBytes, signatures } = decodeTransaction(wire);
    const missing = new Uint8Array(64);
    const theirs = signatureBy(PEOPLE.outsider, messageBytes);
    const place = signatureSlots(wire).findIndex(({ address }) => address === PEOPLE.outsider.address);
    const from = (signature: Uint8Array) =>
      base64.encode(
        encodeTransaction(
          signatures.map((_, index) => (index === place ? signature : missing)),
          messageBytes,
        ),
      );
    const forged = theirs.with(5, (theirs[5] ?? 0) ^ 1);
    await expect(desk.handed.addSignatures(transactionId, from(forged))).rejects.toThrow(
      refused('handed/bad-signature'),
    );
    await desk.handed.addSignatures(transactionId, from(theirs));
    expect(missingSigners(desk.book.find(transactionId).signed.wire)).toEqual([]);
    expect(desk.book.find(transactionId).signed.signature).not.toBe('');
  });
});

describe('what changed since it was reviewed', () => {
  const confirmed = { kind: 'confirmed', slot: 9n, signature: '' } as const;

  test('ends a plan: what was reviewed while its transaction was being signed is not signed after it landed', async () => {
    const plan = await desk.plans.begin(fund);
    const first = await desk.reviews.reviewNext(plan);
    let second: Awaited<ReturnType<typeof desk.reviews.reviewNext>>;
    desk.scene.whileWaiting = async () => {
      desk.scene.whileWaiting = async () => undefined;
      second = await desk.reviews.reviewNext(plan);
    };
    if (!first) throw new Error('there is nothing to do');
    const { transactionId } = await approve(first.shown);
    await desk.book.writeEnded(transactionId, confirmed);
    if (!second) throw new Error('there was nothing to do');
    await expect(approve(second.shown)).rejects.toThrow(refused('plan/stale'));
    expect(await desk.reviews.reviewNext(plan)).toBeUndefined();
    expect(signed).toHaveLength(1);
  });

  test('ends a plan while its next transaction is looked for', async () => {
    const plan = await desk.plans.begin(fund);
    const first = await desk.reviews.reviewNext(plan);
    if (!first) throw new Error('there is nothing to do');
    const { transactionId } = await approve(first.shown);
    const next = desk.reviews.reviewNext(plan);
    await desk.book.writeEnded(transactionId, confirmed);
    expect(await next).toBeUndefined();
  });

  test('ends the rest of a transaction: nobody signs what has ended', async () => {
    const { transactionId } = await approve(await review(takeOwn), { absent: [PEOPLE.holder.address] });
    const rest = await desk.handed.signRest(transactionId);
    desk.scene.onConfirm = async () => {
      await desk.book.writeEnded(transactionId, { kind: 'expired' });
      return true;
    };
    await expect(approve(rest)).rejects.toThrow(refused('handed/ended'));
    expect(signed).toHaveLength(1);
  });

  test('speaks against it: a deployed program that asks for the word now, and did not then', async () => {
    const allow: OperationRequest = { ...fund, operation: { kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } } };
    const notice = { level: 'typed', text: 'It was replaced', remedy: 'Ask whoever runs it' };
    const known = notice as (typeof desk.scene.notices)[number];
    const shown = await review(allow);
    desk.scene.notices = [known];
    await expect(approve(shown)).rejects.toThrow(refused('plan/stale'));
    desk.scene.notices = [{ ...known, level: 'note' }];
    const plan = await desk.plans.begin(allow);
    const kept = await desk.reviews.reviewNext(plan);
    if (!kept) throw new Error('there is nothing to do');
    desk.scene.notices = [known];
    expect((await desk.reviews.renew(kept)).refusal).toEqual({ reason: notice.text, remedy: notice.remedy });
    const warned = await review(allow);
    expect(warned.typedPhrase).not.toBe('');
    await approve(warned);
    expect(signed).toHaveLength(1);
  });

  test('leaves nothing to do where all that was asked for is there', async () => {
    const payer = PEOPLE.payer.address;
    const operation = { kind: 'create-nonce-accounts', base: payer, authority: payer, first: 1, count: 1 } as const;
    const plan = await desk.plans.begin({ ...fund, operation });
    const kept = await desk.reviews.reviewNext(plan);
    if (!kept) throw new Error('there is nothing to do');
    desk.accounts.set(nonceAddress(payer, 1), nonceAccount({ authority: payer }));
    await expect(desk.reviews.renew(kept)).rejects.toThrow(refused('plan/nothing-to-do'));
    expect(await desk.reviews.reviewNext(plan)).toBeUndefined();
    const bytes = { ...kept, source: { kind: 'bytes', transactionId: undefined } } as const;
    await expect(desk.reviews.renew(bytes)).rejects.toThrow(refused('plan/nothing-to-do'));
  });
});

describe('a repeated yes', () => {
  test('signs nothing beside what may still land', async () => {
    const kept = await desk.reviews.reviewNext(await desk.plans.begin(fund));
    if (!kept) throw new Error('there is nothing to do');
    const { transactionId } = await approve(kept.shown);
    const repeated = { review: kept, approvedAt: 1, transactionId, left: 3 };
    await expect(desk.approvals.signAnother(repeated, kept)).rejects.toThrow(refused('plan/blocked'));
    expect(repeated.left).toBe(3);
    await desk.book.writeEnded(transactionId, { kind: 'expired' });
    await desk.approvals.signAnother(repeated, kept);
    expect([repeated.left, signed.length]).toEqual([2, 2]);
    await expect(desk.approvals.signAnother({ ...repeated, left: 0 }, kept)).rejects.toThrow(refused('approval/none'));
  });

  test('keeps of a nonce what is known of it', async () => {
    const kept = await desk.reviews.reviewNext(await desk.plans.begin(onNonce));
    if (kept?.lifetime.kind !== 'nonce') throw new Error('it lives by no nonce');
    const { account, nonce } = kept.lifetime;
    const repeated = { review: kept, approvedAt: 1, transactionId: '', left: 1 };
    const lifetime = { kind: 'nonce', account, nonce } as const;
    const id = await desk.approvals.signAnother(repeated, { message: kept.message, lifetime });
    const entry = desk.book.find(id).signed;
    expect([entry.nonceSeenInSlot, entry.lastValidBlockHeight]).toEqual([undefined, undefined]);
  });
});

test('signatures that are there already are not written again', async () => {
  const { transactionId } = await approve(await review(fund));
  const { wire } = desk.book.find(transactionId).signed;
  await desk.book.writeSignatures(transactionId, wire);
  expect(written.map(({ event }) => event)).toEqual(['signed']);
});

describe('a key that cannot sign', () => {
  test('hinders a yes, but not one that leaves its signature for later', async () => {
    desk.scene.outside = 'missing';
    const shown = await review(takeOwn);
    await expect(approve(shown)).rejects.toThrow(refused('plan/blocked'));
    await expect(approve(shown, { absent: [PEOPLE.payer.address] })).rejects.toThrow(refused('plan/blocked'));
    expect(signed).toEqual([]);
    desk.scene.outside = 'ready';
    const again = await review(takeOwn);
    await approve(again, { absent: [PEOPLE.payer.address] });
    expect(signed).toEqual([PEOPLE.holder.address]);
  });
});

test('a plan that was given up takes its review along, and no other', async () => {
  const plan = await desk.plans.begin(fund);
  const kept = await desk.reviews.reviewNext(plan);
  const other = await review(takeOwn);
  if (!kept) throw new Error('there is nothing to do');
  await desk.plans.discard(plan.id);
  await expect(approve(kept.shown)).rejects.toThrow(refused('approval/not-reviewed'));
  await approve(other);
  expect(signed).toHaveLength(2);
});

test('two reviews do not share a nonce', async () => {
  await review(onNonce);
  const other = { ...onNonce, operation: { ...onNonce.operation, lamports: 11n } } as OperationRequest;
  await expect(review(other)).rejects.toThrow(refused('nonce/not-usable'));
});

test('nothing is known of what was never signed', () => {
  expect(() => desk.book.find('nobody')).toThrow(refused('journal/unknown-transaction'));
});
