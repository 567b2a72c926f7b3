import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { readNonce } from '#core/nonces/nonce-account.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { MEMO_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { Lifetime } from '#core/transactions/lifetime.ts';
import { someInstruction } from '#test/builders/message-builder.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { NONCES, PEOPLE, REQUESTS, createSigningDesk, signatureBy } from '#test/signing/signing-desk.ts';
import { createHanded } from './handed.ts';

const refused = (code: string) => expect.objectContaining({ code });
const none = new Uint8Array(64);

/** A desk on which one transaction waits for its holder. */
async function createDesk() {
  const desk = createSigningDesk();
  const nudged: string[] = [];
  const handed = createHanded({
    book: desk.book,
    bytesReviews: { review: () => Promise.reject(new Error('not asked for here')) },
    sending: { nudge: (id) => nudged.push(id) },
    dialogs: { chooseFile: async () => '/home/op/from bob.txt' } as never,
    files: { read: async (path: string, max: number) => `${path} up to ${max}` } as never,
  });
  const review = async (request: OperationRequest) => {
    const kept = await desk.reviews.reviewNext(await desk.plans.begin(request));
    if (!kept) throw new Error('there is nothing to do');
    return kept.shown;
  };
  const sign = async (request: OperationRequest, absent: readonly string[] = []) => {
    const { reviewId, review: shown, typedPhrase: typed } = await review(request);
    const manner = { reviewId, messageHash: shown.messageHash, typed, absent: absent as never };
    return (await desk.approvals.approve(manner)).transactionId;
  };
  const [fund, , takeOwn, , onNonce] = REQUESTS;
  return { ...desk, handed, own: desk.handed, nudged, sign, review, fund, takeOwn, onNonce };
}

describe('what is handed in', () => {
  test('is known by its message: what it adds, what is missing then, and whether it ended', async () => {
    const { handed, sign, book, takeOwn } = await createDesk();
    const id = await sign(takeOwn, [PEOPLE.holder.address]);
    const { wire } = book.find(id).signed;
    const same = base64.encode(wire);
    expect(await handed.look(same)).toMatchObject({ kind: 'known', id, adds: [], missing: [PEOPLE.holder.address] });
    await book.writeEnded(id, { kind: 'expired' });
    expect(await handed.look(same)).toMatchObject({ kind: 'known', id, isEnded: true });
    await expect(handed.addSignatures(id, same)).rejects.toThrow(refused('handed/ended'));
    await expect(handed.signRest(id)).rejects.toThrow(refused('handed/ended'));
    expect(() => handed.resend(id)).toThrow(refused('handed/ended'));
  });

  test('completes what waits for it, and lets it be sent at once', async () => {
    const { handed, sign, book, takeOwn, nudged } = await createDesk();
    const id = await sign(takeOwn, [PEOPLE.holder.address]);
    const { wire } = book.find(id).signed;
    const message = wire.subarray(1 + 2 * 64);
    const theirs = base64.encode(encodeTransaction([none, signatureBy(PEOPLE.holder, message)], message));
    expect(() => handed.resend(id)).toThrow(refused('handed/still-missing'));
    expect(await handed.look(theirs)).toMatchObject({ adds: [PEOPLE.holder.address], missing: [] });
    await handed.addSignatures(id, theirs);
    expect(nudged).toEqual([id]);
    handed.resend(id);
    expect(nudged).toEqual([id, id]);
    await expect(handed.addSignatures(id, theirs)).rejects.toThrow(refused('handed/brings-nothing'));
  });

  test('is not added to another transaction', async () => {
    const { handed, sign, book, takeOwn, onNonce } = await createDesk();
    const [id, other] = [await sign(takeOwn, [PEOPLE.holder.address]), await sign(onNonce)];
    const text = base64.encode(book.find(other).signed.wire);
    await expect(handed.addSignatures(id, text)).rejects.toThrow(refused('handed/other-message'));
  });

  test('from a file is what stands in it; no file is no transaction', async () => {
    const { handed, book } = await createDesk();
    expect(await handed.open()).toMatchObject({ kind: 'opened', fileName: 'from bob.txt' });
    const deps = { book, bytesReviews: {} as never, sending: {} as never, files: {} as never };
    const closed = createHanded({ ...deps, dialogs: { chooseFile: async () => undefined } as never });
    expect(await closed.open()).toEqual({ kind: 'cancelled' });
  });

  test('of others is reviewed, and a plan that is given up does not take that review along', async () => {
    const { own, approvals, plans, fund, book } = await createDesk();
    const plan = await plans.begin(fund);
    const lifetime: Lifetime = { kind: 'blockhash', blockhash: NONCES.forLife, lastValidBlockHeight: 0n };
    const text = (word: number) =>
      base64.encode(messageFor([someInstruction(MEMO_PROGRAM, [], [word])], { payer: PEOPLE.payer.address, lifetime }));
    const [first, second] = [await own.look(text(65)), await own.look(text(66))];
    await plans.discard(plan.id);
    for (const looked of [first, second]) {
      if (looked.kind !== 'foreign') throw new Error('it is in no journal');
      const { reviewId, review, typedPhrase: typed } = looked.step;
      const { transactionId } = await approvals.approve({ reviewId, messageHash: review.messageHash, typed });
      expect(book.find(transactionId).signed.planId).toBe('');
    }
  });

  test('on a nonce that another transaction lives by is not signed', async () => {
    const { own, sign, onNonce, accounts } = await createDesk();
    await sign(onNonce);
    const stored = accounts.get(NONCES.forLife);
    if (!stored) throw new Error('the nonce account is gone');
    const found = readNonce({ ...stored, address: NONCES.forLife, space: stored.data.length });
    if (found.kind !== 'initialised') throw new Error('the nonce account holds no nonce');
    const payer = PEOPLE.payer.address;
    const lifetime: Lifetime = { kind: 'nonce', account: NONCES.forLife, authority: payer, nonce: found.nonce };
    const looked = await own.look(base64.encode(messageFor([], { payer, lifetime })));
    expect(looked).toMatchObject({ kind: 'foreign', step: { blocked: expect.stringContaining('same nonce') } });
  });
});

describe('what is handed out', () => {
  test('is noted before its first byte leaves, once, and not when it was sent already', async () => {
    const { handed, sign, book, takeOwn, onNonce } = await createDesk();
    const id = await sign(takeOwn, [PEOPLE.holder.address]);
    expect(await handed.exportText(id)).toBe(base64.encode(book.find(id).signed.wire));
    const { exportedAt } = book.find(id);
    expect(exportedAt).toBeDefined();
    await handed.exportText(id);
    expect(book.find(id).exportedAt).toBe(exportedAt);
    const sent = await sign(onNonce);
    await book.writeSent(sent);
    await handed.exportText(sent);
    expect(book.find(sent).exportedAt).toBeUndefined();
  });

  test('waits for signatures, and what is about the same waits for it', async () => {
    const { sign, review, takeOwn } = await createDesk();
    await sign(takeOwn, [PEOPLE.holder.address]);
    expect((await review(takeOwn)).blocked).toContain('waits for signatures');
  });
});
