import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationInput } from '#core/operations/request.ts';
import { withdrawNonce } from '#core/programs/nonce.ts';
import { createNonceDesk, NONCE_RENT, nonceAccount } from '#test/practice/nonce-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { propertyRuns } from '#test/property-runs.ts';

type Desk = ReturnType<typeof createNonceDesk>;
const EXTRA = 1_000_000n;

const take = ({ account, holder, payer }: Desk, lamports: bigint, to = payer): OperationInput => ({
  kind: 'withdraw-nonce',
  nonceAccount: account,
  authority: holder,
  to,
  lamports,
});
const close = ({ account, holder, payer }: Desk): OperationInput => ({
  kind: 'close-nonce',
  nonceAccount: account,
  authority: holder,
  to: payer,
});

function deskWith(parts: Partial<Parameters<typeof nonceAccount>[0]> = {}) {
  const place = createNonceDesk();
  const stored = nonceAccount({ authority: place.holder, lamports: NONCE_RENT + EXTRA, ...parts });
  return createNonceDesk({ accounts: [[place.account, stored]] });
}

test('takes what is above the rent, and not a lamport more', async () => {
  const desk = deskWith();
  const tooMuch = take(desk, EXTRA + 1n);
  expect(await desk.failures(tooMuch)).toEqual([expect.stringContaining('InsufficientFunds')]);
  expect((await desk.prepare(tooMuch)).prepared.checks.find(({ kind }) => kind === 'fail')).toMatchObject({
    action: { place: { kind: 'change-nonce', nonceAccount: desk.account, act: 'close' } },
  });
  expect(await desk.sendNext(tooMuch)).toEqual({ InstructionError: [0, 'InsufficientFunds'] });
  expect(await desk.failures(take(desk, EXTRA))).toEqual([]);
  const before = desk.lamportsOf(desk.payer);
  expect(await desk.sendNext(take(desk, EXTRA))).toBeNull();
  expect(desk.nonceOf()).toMatchObject({ kind: 'initialised', lamports: NONCE_RENT });
  // The refused try paid its fee too, before this was read.
  expect(desk.lamportsOf(desk.payer)).toBe(before - 10_000n + EXTRA);
});

test('closes with everything, whichever way it is asked for', async () => {
  for (const ask of [close, (desk: Desk) => take(desk, NONCE_RENT + EXTRA)]) {
    const desk = deskWith();
    const value = desk.valueOf();
    const { prepared } = await desk.prepare(ask(desk));
    expect(prepared.consequences).toEqual([{ about: 'final', text: expect.stringContaining(value) as string }]);
    expect(prepared.command).toContain(`solana withdraw-from-nonce-account ${desk.account} ${desk.payer} 0.00244768`);
    expect(await desk.failures(ask(desk))).toEqual([]);
    expect(await desk.sendNext(ask(desk))).toBeNull();
    expect(desk.nonceOf().kind).toBe('missing');
  }
});

test('is refused when SOL arrives after the amount was fixed: nothing is lost', async () => {
  const desk = deskWith();
  const { steps } = await desk.prepare(close(desk));
  desk.fund(desk.account, 1n);
  expect(desk.send(steps[0]?.instructions ?? [], desk.payer)).toEqual({ InstructionError: [0, 'InsufficientFunds'] });
  expect(await desk.failures(close(desk))).toEqual([]);
  expect(await desk.sendNext(close(desk))).toBeNull();
});

test('wants the authority, and a destination that can hold what it gets', async () => {
  const foreign = deskWith({ authority: testAddress(9) });
  for (const operation of [take(foreign, 1n), close(foreign)]) {
    expect(await foreign.failures(operation)).toEqual([expect.stringContaining('MissingRequiredSignature')]);
    expect(await foreign.sendNext(operation)).toEqual({ InstructionError: [0, 'MissingRequiredSignature'] });
  }
  const empty = deskWith({ state: 0 });
  for (const operation of [take(empty, 1n), close(empty)]) {
    expect(await empty.failures(operation)).toEqual([expect.stringContaining('MissingRequiredSignature')]);
    expect(await empty.sendNext(operation)).toEqual({ InstructionError: [0, 'MissingRequiredSignature'] });
  }
  const desk = deskWith();
  const nowhere = take(desk, 5n, testAddress(77));
  expect(await desk.failures(nowhere)).toEqual([expect.stringContaining('InsufficientFundsForRent')]);
  expect(await desk.sendNext(nowhere)).toMatchObject({ InsufficientFundsForRent: {} });
  expect(await desk.failures(take(desk, EXTRA, testAddress(77)))).toEqual([]);
  const itself = (await desk.prepare(take(desk, 5n, desk.account))).prepared.checks;
  expect(itself).toContainEqual(expect.objectContaining({ kind: 'warn', title: 'Destination' }));
  expect(await desk.failures(take(desk, 0n))).toEqual([expect.stringMatching(/^Amount/)]);
  expect((await desk.prepare(take(desk, 0n))).steps).toEqual([]);
});

test('takes the fee payer’s signature for the authority’s when the SOL goes to it, as the chain does', async () => {
  const place = createNonceDesk();
  const desk = deskWith({ authority: place.payer });
  for (const operation of [take(desk, 1n), close(desk)]) {
    expect(await desk.failures(operation)).toEqual([]);
    expect(await desk.sendNext(operation)).toBeNull();
  }
});

test('names every lamport of an amount beyond what a number holds', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (lamports) => {
      const [account, authority, to] = [testAddress(1), testAddress(2), testAddress(3)];
      expect(withdrawNonce(account, { authority, to, lamports }).data.readBigUInt64LE(4)).toBe(lamports);
    }),
    { numRuns: propertyRuns() },
  );
});
