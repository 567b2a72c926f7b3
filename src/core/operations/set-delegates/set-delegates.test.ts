import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createAuthorizationDesk, customCodeOf } from '#test/practice/authorization-desk.ts';
import { propertyRuns } from '#test/property-runs.ts';
import type { SetDelegatesInput } from './input.ts';

/** A grantee who may join, and pays for its own delegates unless another payer is given. */
async function delegatingDesk() {
  const desk = createAuthorizationDesk();
  const grantee = desk.person('grantee');
  desk.fund(grantee, 5_000_000_000n);
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: grantee } });
  const own = { payer: grantee, authority: grantee, joinAuthority: grantee };
  const to = (delegates: readonly Address[], of = grantee): SetDelegatesInput => ({
    kind: 'set-delegates',
    grantor: desk.joinAuthority,
    grantee: of,
    delegates: [...delegates],
  });
  return { desk, grantee, own, to, listed: () => desk.authorizationOf(grantee)?.delegates };
}

const keys = (count: number, from = 0): Address[] =>
  Array.from({ length: count }, (_, index) => {
    const bytes = new Uint8Array(32).fill(7);
    new DataView(bytes.buffer).setUint32(0, from + index);
    return addressFromBytes(bytes);
  });

describe('setting delegates', () => {
  test('appends when keys are only added, and clears in the same transaction otherwise', async () => {
    const { desk, own, to, listed } = await delegatingDesk();
    const [one, two, three] = keys(3) as [Address, Address, Address];
    await desk.sendAll(to([one, two]), own);
    const adding = await desk.prepare(to([one, two, three]), own);
    expect(adding.steps.map(({ title }) => title)).toEqual(['Add 1 delegate']);
    await desk.sendAll(to([one, two, three]), own);
    expect(listed()).toEqual([one, two, three]);
    const removing = await desk.prepare(to([three, one]), own);
    expect(removing.steps.map(({ title }) => title)).toEqual(['Clear the delegates and add 2 delegates']);
    expect(removing.steps[0]?.instructions).toHaveLength(1);
    expect(await desk.sendAll(to([three, one]), own)).toBe(1);
    expect(listed()).toEqual([three, one]);
    expect((await desk.prepare(to([]), own)).steps.map(({ title }) => title)).toEqual(['Clear the delegates']);
    await desk.sendAll(to([]), own);
    expect(listed()).toEqual([]);
  });

  test('says what rent moves, in both directions', async () => {
    const { desk, grantee, own, to } = await delegatingDesk();
    const moved = async (delegates: readonly Address[]) => {
      const { prepared } = await desk.prepare(to(delegates), own);
      const before = desk.lamportsOf(grantee);
      await desk.sendAll(to(delegates), own);
      return { prepared, paid: before - desk.lamportsOf(grantee) - prepared.feeLamports };
    };
    const grown = await moved(keys(5));
    expect(grown.paid).toBe(grown.prepared.lockedLamports);
    expect(grown.paid).toBe(rentExemptMinimum(108 + 160) - rentExemptMinimum(108));
    const shrunk = await moved(keys(2));
    expect(shrunk.prepared.lockedLamports).toBe(0n);
    expect(shrunk.paid).toBe(-3n * 32n * 6960n);
    expect(shrunk.prepared.consequences).toContainEqual({
      about: 'sol',
      text: '0.00066816 SOL of rent go back to the fee payer',
    });
    const exchanged = await moved(keys(2, 50));
    expect(exchanged.paid).toBe(0n);
  });

  test('splits more than 30 so that nobody unwanted is ever on the list, and goes on where it stopped', async () => {
    const { desk, own, to, listed } = await delegatingDesk();
    await desk.sendAll(to(keys(3, 900)), own);
    const target = keys(70);
    const { steps, prepared } = await desk.prepare(to(target), own);
    expect(steps.map(({ title }) => title)).toEqual([
      'Clear the delegates and add 30 delegates',
      'Add 30 delegates',
      'Add 10 delegates',
    ]);
    expect(prepared.steps.every(({ sizeBytes }) => sizeBytes <= 1232)).toBe(true);
    expect(await desk.sendNext(to(target), own)).toBeNull();
    expect(listed()).toEqual(target.slice(0, 30));
    expect((await desk.prepare(to(target), own)).steps.map(({ title }) => title)).toEqual([
      'Add 30 delegates',
      'Add 10 delegates',
    ]);
    expect(await desk.sendAll(to(target), own)).toBe(2);
    expect(listed()).toEqual(target);
  });

  test('puts as many into a transaction as fit, also with a payer of its own', async () => {
    const { desk, own, to } = await delegatingDesk();
    for (const signers of [own, { ...own, payer: desk.payer }]) {
      const { prepared } = await desk.prepare(to(keys(40)), signers);
      const [first] = prepared.steps;
      expect(first?.sizeBytes).toBeGreaterThan(1232 - 32);
      expect(first?.sizeBytes).toBeLessThanOrEqual(1232);
    }
    expect((await desk.prepare(to(keys(4)), { ...own, payer: desk.payer })).prepared.steps[0]?.signers).toEqual([
      { address: desk.payer, role: 'Fee payer' },
      { address: own.payer, role: 'Grantee' },
    ]);
  });

  test('ends at the wanted set from any list, without repetitions', async () => {
    const { desk, own, to, listed } = await delegatingDesk();
    const some = fc.array(fc.integer({ min: 0, max: 45 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(some, async (indexes) => {
        const target = indexes.flatMap((index) => keys(1, index));
        await desk.sendAll(to(target), own);
        expect(new Set(listed())).toEqual(new Set(target));
        expect(listed()).toHaveLength(new Set(target).size);
      }),
      { numRuns: Math.min(propertyRuns(), 20) },
    );
  });
});

describe('delegates are refused by check and chain alike', () => {
  test('without authorization (3012), and with lamports where it would be (3007)', async () => {
    const { desk, own, to } = await delegatingDesk();
    const stranger = desk.person('stranger');
    desk.fund(stranger, 1_000_000_000n);
    const signers = { ...own, payer: stranger };
    expect(await desk.failures(to(keys(1), stranger), signers)).toEqual([expect.stringContaining('3012')]);
    expect(customCodeOf(await desk.sendNext(to(keys(1), stranger), signers))).toBe(3012);
    const { steps } = await desk.prepare(to(keys(1), stranger), signers);
    desk.fund(steps[0]?.instructions[0]?.keys[2]?.pubkey.toBase58() as Address, 1_000_000n);
    expect(await desk.failures(to(keys(1), stranger), signers)).toEqual([expect.stringContaining('3007')]);
    expect(customCodeOf(await desk.sendNext(to(keys(1), stranger), signers))).toBe(3007);
  });

  test('for everyone, whom no key can sign for', async () => {
    const { desk, to } = await delegatingDesk();
    await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
    expect(await desk.failures(to(keys(1), SYSTEM_PROGRAM))).toEqual([
      expect.stringContaining('has no delegates and can never get any'),
    ]);
    expect((await desk.prepare(to(keys(1), SYSTEM_PROGRAM), desk.signers)).steps).toEqual([]);
  });

  test('when the payer cannot pay the growth', async () => {
    const { desk, own, to } = await delegatingDesk();
    const poor = desk.person('poor');
    desk.fund(poor, rentExemptMinimum(0) + 10_000n + 32n * 6960n - 1n);
    expect(await desk.failures(to(keys(1)), { ...own, payer: poor })).toEqual([
      expect.stringContaining('0.000000001 SOL are missing'),
    ]);
    expect(await desk.sendNext(to(keys(1)), { ...own, payer: poor })).not.toBeNull();
    desk.fund(poor, 1_000_000n);
    expect(await desk.failures(to(keys(1)), { ...own, payer: poor })).toEqual([]);
    expect(await desk.sendNext(to(keys(1)), { ...own, payer: poor })).toBeNull();
  });

  test('when the list stands already; and it warns while the authorization is not active', async () => {
    const { desk, grantee, own, to } = await delegatingDesk();
    await desk.sendAll(to(keys(2)), own);
    expect(await desk.failures(to(keys(2).toReversed()), own)).toEqual([expect.stringContaining('Nothing to do')]);
    await desk.sendAll({ kind: 'set-authorization-active', grantee, active: false });
    const { checks } = (await desk.prepare(to(keys(3)), own)).prepared;
    expect(checks).toContainEqual(expect.objectContaining({ kind: 'warn', title: 'Active' }));
    expect(await desk.sendNext(to(keys(3)), own)).toBeNull();
  });
});
