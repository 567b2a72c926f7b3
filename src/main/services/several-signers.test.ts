import { yesTo } from '#test/signing/desk-steps.ts';
import { until } from '#test/until.ts';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { signatureSlots } from '#core/journal/wire-signatures.ts';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator, type PracticeOperator } from '#test/main/practice-operator.ts';
import { noDialogs } from '#test/main/start-main.ts';

/** People whose keys are not on this machine. */
const friends = [31, 32, 33].map((fill) => {
  const seed = new Uint8Array(32).fill(fill);
  return { seed, address: addressFromBytes(ed25519.getPublicKey(seed)) };
});
const [friend, other, stranger] = friends as [(typeof friends)[0], (typeof friends)[0], (typeof friends)[0]];

const folder = mainFolder();

async function opened(): Promise<PracticeOperator> {
  const main = await folder.start({ dialogs: { ...noDialogs, confirm: async () => true } });
  return practiceOperator(main);
}

/** A transaction that the demo key pays, a friend authorises, and that lives by a nonce which another friend holds. */
async function threeSigners({ services, demo, request, review, finish }: PracticeOperator) {
  await services.signers.addAddress(other.address, 'Nonce keeper');
  const creation = await review(
    request({ kind: 'create-nonce-accounts', base: demo, authority: other.address, first: 1, count: 1 }),
  );
  await finish((await services.approvals.approve(approvalOf(creation))).transactionId);
  const nonce = { address: nonceAddress(demo, 1) };
  await services.nonces.remember(nonce.address);
  const asked: OperationRequest = {
    operation: { kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } },
    signers: { payer: demo, authority: demo, joinAuthority: friend.address },
    lifetime: { kind: 'nonce', account: nonce.address },
  };
  return { nonce, asked };
}

/** What a friend sends back: the same transaction with their signature. */
function signedBy(text: string, ...seeds: readonly Uint8Array[]): string {
  const { messageBytes, signatures } = decodeTransaction(base64.decode(text));
  const keys = signatureSlots(base64.decode(text)).map(({ address }) => address);
  const signed = keys.map((address, index) => {
    const seed = seeds.find((each) => addressFromBytes(ed25519.getPublicKey(each)) === address);
    return seed ? ed25519.sign(messageBytes, seed) : (signatures[index] ?? new Uint8Array(64));
  });
  return base64.encode(encodeTransaction(signed, messageBytes));
}

describe('a transaction of three people', () => {
  test('is signed here, handed out, completed by the others one after the other, and then sent', async () => {
    const operator = await opened();
    const { services } = operator;
    const { nonce, asked } = await threeSigners(operator);
    const shown = await operator.review(asked);
    expect(shown.slots.map(({ role, kind }) => [role, kind])).toEqual([
      ['Fee payer', 'keyfile'],
      ['Nonce authority', 'absent'],
      ['Join authority', 'absent'],
    ]);
    expect(shown.review.lifetime).toMatchObject({ kind: 'nonce', nonceAccount: nonce.address });
    expect(shown.lastValidBlockHeight).toBeUndefined();
    expect(shown.blocked).toBe('');

    const { transactionId: id } = await services.approvals.approve(yesTo(shown));
    const view = () => services.transactions.read(id);
    expect(view()).toMatchObject({ missing: [other.address, friend.address], timeline: [{}, {}, { state: 'signed' }] });
    expect(view().wireBase64).toBeUndefined();
    expect(() => services.handed.resend(id)).toThrow(/handed\/still-missing/);

    const text = await services.handed.exportText(id);
    const first = signedBy(text, friend.seed);
    expect(await services.handed.look(first)).toEqual({
      kind: 'known',
      id,
      title: view().title,
      adds: [friend.address],
      missing: [other.address],
      isEnded: false,
    });
    await services.handed.addSignatures(id, first);
    expect(view()).toMatchObject({ missing: [other.address] });
    await expect(services.handed.addSignatures(id, first)).rejects.toThrow(/handed\/brings-nothing/);
    // The other signed the text that was handed out, not the one that came back.
    await services.handed.addSignatures(id, signedBy(text, other.seed));
    await operator.finish(id);
    expect(view().timeline.map(({ state }) => state)).toEqual([
      'reviewed',
      'approved',
      'signed',
      'exported',
      'completed',
      'completed',
      'sent',
      'ended',
    ]);
    expect(view().wireBase64).toBeDefined();
    await expect(services.handed.addSignatures(id, text)).rejects.toThrow(/handed\/ended/);
  }, 60_000);

  test('takes no signature of other bytes, of somebody else, or that does not fit', async () => {
    const operator = await opened();
    const { services } = operator;
    const { asked } = await threeSigners(operator);
    const { transactionId: id } = await services.approvals.approve(yesTo(await operator.review(asked)));
    const text = await services.handed.exportText(id);
    const wire = base64.decode(text);
    const forged = Uint8Array.from(wire);
    forged.set(ed25519.sign(decodeTransaction(wire).messageBytes, stranger.seed), 1 + 64);
    await expect(services.handed.addSignatures(id, base64.encode(forged))).rejects.toThrow(/handed\/bad-signature/);
    const elsewhere = decodeTransaction(wire).messageBytes;
    const changed = elsewhere.with(elsewhere.length - 1, (elsewhere.at(-1) ?? 0) ^ 1);
    await expect(services.handed.addSignatures(id, base64.encode(changed))).rejects.toThrow(/handed\/other-message/);
    await expect(services.handed.look('no transaction')).rejects.toThrow(/handed\/not-base64/);
    await expect(services.handed.look('A'.repeat(30_000))).rejects.toThrow(/handed\/too-long/);
    expect(services.transactions.read(id).missing).toHaveLength(2);
  }, 60_000);

  test('that is completed and sent elsewhere is found on the chain by its message', async () => {
    const operator = await opened();
    const { services } = operator;
    const { asked } = await threeSigners(operator);
    const shown = await operator.review(asked);
    const { transactionId: id } = await services.approvals.approve(yesTo(shown));
    const text = await services.handed.exportText(id);
    const whole = base64.decode(signedBy(text, friend.seed, other.seed));
    await services.connections.current().node.send(whole);
    await until(() => services.transactions.read(id).outcome !== undefined);
    expect(services.transactions.read(id)).toMatchObject({ outcome: { kind: 'confirmed' }, missing: [] });
  }, 60_000);
});

describe('a signature left for later', () => {
  test('is made afterwards, from a review of the same bytes, and only that one', async () => {
    const operator = await opened();
    const { services, demo } = operator;
    const { asked } = await threeSigners(operator);
    const shown = await operator.review(asked);
    const approval = { ...yesTo(shown), absent: [demo] };
    const { transactionId: id } = await services.approvals.approve(approval);
    expect(services.transactions.read(id)).toMatchObject({
      signature: '',
      missing: [demo, other.address, friend.address],
    });
    const text = await services.handed.exportText(id);
    await services.handed.addSignatures(id, signedBy(text, friend.seed, other.seed));
    const rest = await services.handed.signRest(id);
    expect(rest.origin).toBe('journal');
    expect(rest.slots.map(({ kind }) => kind)).toEqual(['keyfile', 'signed', 'signed']);
    expect(rest.review.messageHash).toBe(shown.review.messageHash);
    expect((await services.approvals.approve(yesTo(rest))).transactionId).toBe(id);
    await operator.finish(id);
  }, 60_000);
});

describe('bytes from elsewhere', () => {
  test('are reviewed for what they are, signed here, and sent', async () => {
    const operator = await opened();
    const { services, demo } = operator;
    const { asked } = await threeSigners(operator);
    const made = await operator.review(asked);
    const message = base64.decode(made.review.messageBase64);
    // Its plan is given up: only the bytes are left, as a friend would have sent them.
    await services.plans.discard(made.planId ?? '');
    const text = signedBy(
      base64.encode(
        encodeTransaction(
          Array.from({ length: 3 }, () => new Uint8Array(64)),
          message,
        ),
      ),
      friend.seed,
      other.seed,
    );
    const found = await services.handed.look(text);
    if (found.kind !== 'foreign') throw new Error(found.kind);
    const { step } = found;
    expect(step).toMatchObject({ origin: 'import', blocked: '', checks: [] });
    expect(step.title).toMatch(/anyone|anybody|join/i);
    expect(step.slots.map(({ kind, address }) => [kind, address])).toEqual([
      ['keyfile', demo],
      ['signed', other.address],
      ['signed', friend.address],
    ]);
    const { transactionId } = await services.approvals.approve(yesTo(step));
    await operator.finish(transactionId);
    // Whoever pastes it again finds what became of it.
    expect(await services.handed.look(text)).toMatchObject({ kind: 'known', id: transactionId, isEnded: true });
  }, 60_000);

  test('that no key here signs cannot be approved, and dead ones are refused', async () => {
    const operator = await opened();
    const { services, demo } = operator;
    const { asked } = await threeSigners(operator);
    const shown = await operator.review(asked);
    const message = base64.decode(shown.review.messageBase64);
    const { transactionId } = await services.approvals.approve(yesTo(shown));
    const text = await services.handed.exportText(transactionId);
    await services.handed.addSignatures(transactionId, signedBy(text, friend.seed, other.seed));
    await operator.finish(transactionId);
    expect(demo).toBe(shown.review.feePayer);
    const again = message.with(message.length - 1, (message.at(-1) ?? 0) ^ 1);
    await expect(services.handed.look(base64.encode(again))).rejects.toThrow(/handed\/nonce-moved|message\//);
  }, 60_000);
});
