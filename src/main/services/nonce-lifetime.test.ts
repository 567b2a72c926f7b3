import { yesTo } from '#test/signing/desk-steps.ts';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import { sendLamports } from '#core/programs/nonce.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator, type PracticeOperator } from '#test/main/practice-operator.ts';
import { noDialogs } from '#test/main/start-main.ts';

const folder = mainFolder();

const friend = addressFromBytes(ed25519.getPublicKey(new Uint8Array(32).fill(41)));

/** A person with so many nonce accounts. */
async function withNonces(count: number) {
  const main = await folder.start({ dialogs: { ...noDialogs, confirm: async () => true } });
  const operator = await practiceOperator(main);
  const { demo, services } = operator;
  const shown = await operator.review(
    operator.request({ kind: 'create-nonce-accounts', base: demo, authority: demo, first: 1, count }),
  );
  await operator.finish((await services.approvals.approve(approvalOf(shown))).transactionId);
  return { ...operator, forgetApprovals: main.forgetApprovals };
}

const onNonce = (request: OperationRequest, account?: Address): OperationRequest => ({
  ...request,
  lifetime: account === undefined ? { kind: 'nonce' } : { kind: 'nonce', account },
});

const allow: OperationInput = { kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } };

async function ended({ services }: PracticeOperator, id: string) {
  const deadline = performance.now() + 25_000;
  for (;;) {
    const { outcome } = services.transactions.read(id);
    if (outcome) return outcome;
    if (performance.now() > deadline) throw new Error('it did not end');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The seed of the demo key, for what somebody else would do with it. */
function demoSeed(): Uint8Array {
  const numbers = JSON.parse(readFileSync(join(folder.path, 'demo-key.json'), 'utf8')) as number[];
  return Uint8Array.from(numbers.slice(0, 32));
}

describe('a transaction that lives by a nonce', () => {
  test('takes the first free account, lands, and leaves the account with a new value for the next', async () => {
    const operator = await withNonces(1);
    const { services, demo } = operator;
    const [before] = (await services.nonces.list()).rows;
    const plain = await services.reviews.prepare(operator.request(allow));
    const counted = await services.reviews.prepare(onNonce(operator.request(allow)));
    expect(counted.steps[0]?.parts.some(({ label }) => label.startsWith('1. AdvanceNonce'))).toBe(true);
    expect(counted.steps[0]?.sizeBytes).toBeGreaterThan(plain.steps[0]?.sizeBytes ?? 0);

    const shown = await operator.review(onNonce(operator.request(allow)));
    expect(shown.review.lifetime).toEqual({
      kind: 'nonce',
      nonceAccount: before?.address,
      nonceAuthority: demo,
      nonce: before?.nonce,
    });
    const { transactionId } = await services.approvals.approve(approvalOf(shown));
    await operator.finish(transactionId);
    const [after] = (await services.nonces.list()).rows;
    expect(after?.nonce).not.toBe(before?.nonce);
    expect(after?.state.kind).toMatch(/^(free|too-new)$/);
  }, 60_000);

  test('carries a plan of several transactions on one account, one value after the other', async () => {
    const operator = await withNonces(1);
    const { services } = operator;
    const request = operator.request({
      kind: 'create-run',
      runId: 'atlas-9',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
    });
    const plan = await services.plans.begin(onNonce(request));
    const values = new Set<string>();
    for (;;) {
      const next = await services.reviews.reviewNext(plan);
      if (!next) break;
      const { lifetime, sizeBytes } = next.shown.review;
      expect(lifetime.kind).toBe('nonce');
      expect(sizeBytes).toBeLessThanOrEqual(1232);
      if (lifetime.kind === 'nonce') values.add(lifetime.nonce);
      await operator.finish((await services.approvals.approve(approvalOf(next.shown))).transactionId);
    }
    expect(values.size).toBe(plan.titles.length);
    expect(values.size).toBeGreaterThanOrEqual(2);
  }, 60_000);

  test('never shares its account: not with another review, not with what is pending', async () => {
    const operator = await withNonces(2);
    const { request, demo } = operator;
    const one = await operator.review(onNonce(request(allow)));
    const user = (address: Address): OperationInput => ({
      kind: 'allow-to-join',
      whoMayJoin: { kind: 'user', address },
    });
    const two = await operator.review(onNonce(request(user(friend))));
    const accounts = [one, two].map(({ review }) => review.lifetime.kind === 'nonce' && review.lifetime.nonceAccount);
    expect(new Set(accounts)).toEqual(new Set([nonceAddress(demo, 1), nonceAddress(demo, 2)]));
    await expect(operator.review(onNonce(request(user(demo))))).rejects.toThrow(/nonce\/none-free/);
    await expect(operator.review(onNonce(request(user(demo)), nonceAddress(demo, 1)))).rejects.toThrow(
      /nonce\/not-usable.*a review/,
    );
    // A transaction cannot live by the nonce that it closes.
    const closing: OperationInput = {
      kind: 'close-nonce',
      nonceAccount: nonceAddress(demo, 1),
      authority: demo,
      to: demo,
    };
    await expect(operator.review(onNonce(request(closing), nonceAddress(demo, 1)))).rejects.toThrow(
      /itself changes it/,
    );
  }, 60_000);

  test('frees its account when the page of its review is gone, and bytes that were only looked at reserve none', async () => {
    const operator = await withNonces(1);
    const { request, demo, services } = operator;
    const asked = onNonce(request(allow), nonceAddress(demo, 1));
    const left = await operator.review(asked);
    await expect(operator.review(asked)).rejects.toThrow(/nonce\/not-usable/);
    operator.forgetApprovals();
    await expect(services.approvals.approve(approvalOf(left))).rejects.toThrow(/approval\/not-reviewed/);
    const found = await services.handed.look(left.review.messageBase64);
    expect(found.kind).toBe('foreign');
    const again = await operator.review(asked);
    await operator.finish((await services.approvals.approve(approvalOf(again))).transactionId);
  }, 60_000);

  test('is revoked by advancing its nonce, before all have signed', async () => {
    const operator = await withNonces(1);
    const { services, request, demo } = operator;
    const shown = await operator.review(
      onNonce({ ...request(allow), signers: { payer: demo, authority: demo, joinAuthority: friend } }),
    );
    const { transactionId } = await services.approvals.approve(approvalOf(shown));
    await services.handed.exportText(transactionId);
    const account = nonceAddress(demo, 1);
    const [row] = (await services.nonces.list()).rows;
    expect(row?.state).toEqual({ kind: 'reserved', transactionId, title: shown.title });
    const advance = await operator.review(request({ kind: 'advance-nonce', nonceAccount: account, authority: demo }));
    await operator.finish((await services.approvals.approve(approvalOf(advance))).transactionId);
    expect(await ended(operator, transactionId)).toEqual({ kind: 'nonce-used' });
  }, 60_000);

  test('is dead when another on the same nonce failed on chain: failing spends the nonce', async () => {
    const operator = await withNonces(1);
    const { services, request, demo } = operator;
    const shown = await operator.review(
      onNonce({ ...request(allow), signers: { payer: demo, authority: demo, joinAuthority: friend } }),
    );
    const { transactionId } = await services.approvals.approve(approvalOf(shown));
    const { lifetime } = shown.review;
    if (lifetime.kind !== 'nonce') throw new Error(lifetime.kind);
    // Signed on another machine: more SOL than there is.
    const message = messageFor([sendLamports(demo, friend, 10n ** 18n)], {
      payer: demo,
      lifetime: { kind: 'nonce', account: lifetime.nonceAccount, authority: demo, nonce: lifetime.nonce },
    });
    const wire = encodeTransaction([ed25519.sign(message, demoSeed())], message);
    const { node } = services.connections.current();
    const [before] = (await node.readAccounts([demo])).accounts;
    await node.send(wire);
    expect(await ended(operator, transactionId)).toEqual({ kind: 'nonce-used' });
    const [after] = (await node.readAccounts([demo])).accounts;
    expect((before?.lamports ?? 0n) - (after?.lamports ?? 0n)).toBe(5000n);
    const [row] = (await services.nonces.list()).rows;
    expect(row?.nonce).not.toBe(lifetime.nonce);
    expect(row?.state.kind).toBe('free');
    // What was signed elsewhere can be looked at, and not be sent again.
    await expect(services.handed.look(base64.encode(wire))).rejects.toThrow(/handed\/nonce-moved/);
  }, 60_000);

  test('that fails itself has used its nonce, says why, and is sent no more', async () => {
    const operator = await withNonces(1);
    const { services, demo } = operator;
    const account = nonceAddress(demo, 1);
    const [row] = (await services.nonces.list()).rows;
    const message = messageFor([sendLamports(demo, friend, 10n ** 18n)], {
      payer: demo,
      lifetime: { kind: 'nonce', account, authority: demo, nonce: row?.nonce ?? '' },
    });
    const bytes = base64.encode(encodeTransaction([new Uint8Array(64)], message));
    const found = await services.handed.look(bytes);
    if (found.kind !== 'foreign') throw new Error(found.kind);
    const { step } = found;
    expect(step.simulation.kind).toBe('would-fail');
    const { transactionId } = await services.approvals.approve(yesTo(step));
    expect(await ended(operator, transactionId)).toMatchObject({ kind: 'failed' });
    expect(services.transactions.read(transactionId).failure?.cause).toMatch(/SOL|lamports/i);
    const [after] = (await services.nonces.list()).rows;
    expect(after?.nonce).not.toBe(row?.nonce);
    await expect(async () => services.handed.resend(transactionId)).rejects.toThrow(/handed\/ended/);
  }, 60_000);
});
