import { describe, expect, test } from 'vitest';
import type { Address } from '#core/solana/address.ts';
import { wireSizeOf } from '#core/transactions/build.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createAuthorizationDesk } from '#test/practice/authorization-desk.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import type { AllowManyInput } from './input.ts';

function allowing(addresses: readonly Address[], label: (index: number) => string = () => ''): AllowManyInput {
  return { kind: 'allow-many', users: addresses.map((address, index) => ({ address, label: label(index) })) };
}

describe('allowing many users', () => {
  test('takes as many per transaction as fit, and costs what it says', async () => {
    const desk = createAuthorizationDesk();
    const users = desk.people(25);
    const input = allowing(users);
    const { prepared, steps } = await desk.prepare(input, desk.signers);
    expect(steps.map(({ title }) => title)).toEqual([...Array<string>(3).fill('Allow 8 users'), `Allow ${users[24]}`]);
    for (const { sizeBytes } of prepared.steps) expect(sizeBytes).toBeLessThanOrEqual(1232);
    expect(await desk.failures(input)).toEqual([]);
    const before = desk.lamportsOf(desk.payer);
    expect(await desk.sendAll(input)).toBe(4);
    expect(before - desk.lamportsOf(desk.payer)).toBe(prepared.lockedLamports + prepared.feeLamports);
    expect(users.map((user) => desk.authorizationOf(user)?.active)).toEqual(users.map(() => true));
    expect(await desk.failures(input)).toEqual([expect.stringContaining('Nothing to do')]);
  });

  test('goes on where it stopped, whoever was let in meanwhile', async () => {
    const desk = createAuthorizationDesk();
    const users = desk.people(25);
    const input = allowing(users);
    await desk.sendNext(input, desk.signers);
    await desk.sendNext(input, desk.signers);
    const meanwhile = users.at(-1) ?? SYSTEM_PROGRAM;
    await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: meanwhile } });
    const { steps, prepared } = await desk.prepare(input, desk.signers);
    expect(steps.map(({ title }) => title)).toEqual(['Allow 8 users']);
    expect(prepared.checks).toContainEqual(
      expect.objectContaining({
        title: 'Users',
        reason: '25 in the list: 8 new, 17 may join already and are left out',
      }),
    );
    expect(prepared.changes).toHaveLength(8);
    await desk.sendAll(input);
    expect(users.every((user) => desk.authorizationOf(user)?.active)).toBe(true);
  });

  test('a payer who runs dry in the middle is refused by check and chain alike, and the rest goes on later', async () => {
    const desk = createAuthorizationDesk();
    const poor = desk.person('poor payer');
    const input = allowing(desk.people(16));
    const signers = { ...desk.signers, payer: poor, authority: poor };
    const perStep = 10_000n + 8n * rentExemptMinimum(108);
    desk.fund(poor, 2n * perStep + rentExemptMinimum(0) - 1n);
    expect(await desk.failures(input, signers)).toEqual([
      expect.stringMatching(/^Payer has too little SOL: .* 0\.000000001 SOL are missing$/),
    ]);
    expect(await desk.sendNext(input, signers)).toBeNull();
    expect(await desk.failures(input, signers)).toHaveLength(1);
    expect(await desk.sendNext(input, signers)).not.toBeNull();
    desk.fund(poor, 1_000_000n);
    expect(await desk.failures(input, signers)).toEqual([]);
    expect(await desk.sendNext(input, signers)).toBeNull();
  });

  test('a payer may end with nothing at all', async () => {
    const desk = createAuthorizationDesk();
    const poor = desk.person('exact payer');
    const input = allowing(desk.people(9));
    const signers = { ...desk.signers, payer: poor, authority: poor };
    desk.fund(poor, 20_000n + 9n * rentExemptMinimum(108));
    expect(await desk.failures(input, signers)).toEqual([]);
    expect(await desk.sendAll(input, signers)).toBe(2);
    expect(desk.chain.account(poor)).toBeUndefined();
  });

  test('only reactivates what exists, and counts an address once whatever its labels', async () => {
    const desk = createAuthorizationDesk();
    const [anna, bert, carl] = desk.people(3) as [Address, Address, Address];
    await desk.sendAll(allowing([anna, bert]));
    await desk.sendAll({ kind: 'set-authorization-active', grantee: bert, active: false });
    const input = allowing([anna, bert, carl, bert], (index) => ['Anna', 'Bert', 'Carl', 'Bertram'][index] ?? '');
    const { prepared, steps } = await desk.prepare(input, desk.signers);
    expect(steps.map(({ instructions }) => instructions.length)).toEqual([3]);
    expect(prepared.lockedLamports).toBe(rentExemptMinimum(108));
    expect(prepared.changes.map(({ label }) => label)).toEqual([`Bert (${bert}) may join`, `Carl (${carl}) may join`]);
    expect(prepared.checks.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        '3 in the list: 1 new, 1 to reactivate, 1 may join already and are left out',
        '1 repeated in the list; each user counts once',
      ]),
    );
    expect(prepared.command.split('\n')).toHaveLength(2);
    expect(await desk.sendAll(input)).toBe(1);
    expect(desk.authorizationOf(bert)?.active).toBe(true);
  });

  test('takes off the rent what somebody has sent to the address already', async () => {
    const desk = createAuthorizationDesk();
    const [user] = desk.people(1) as [Address];
    const { steps } = await desk.prepare(allowing([user]), desk.signers);
    const address = steps[0]?.instructions[0]?.keys[2]?.pubkey.toBase58() as Address;
    desk.fund(address, 1_000_000n);
    const { prepared } = await desk.prepare(allowing([user]), desk.signers);
    expect(prepared.lockedLamports).toBe(rentExemptMinimum(108) - 1_000_000n);
    const before = desk.lamportsOf(desk.payer);
    await desk.sendAll(allowing([user]));
    expect(before - desk.lamportsOf(desk.payer)).toBe(prepared.lockedLamports + prepared.feeLamports);
  });

  test('leaves no transaction in which the next user would still fit, whoever is new or known', async () => {
    const desk = createAuthorizationDesk();
    const users = desk.people(40);
    const known = users.filter((_, index) => index % 3 > 0 || index > 15);
    await desk.sendAll(allowing(known));
    for (const grantee of known) {
      await desk.sendNext({ kind: 'set-authorization-active', grantee, active: false }, desk.signers);
    }
    const { prepared, steps } = await desk.prepare(allowing(users), desk.signers);
    for (const [index, step] of steps.entries()) {
      expect(prepared.steps[index]?.sizeBytes).toBeLessThanOrEqual(1232);
      const next = steps[index + 1]?.instructions ?? [];
      const isTwo = next[0]?.keys.length === 4;
      const more = [...step.instructions, ...next.slice(0, isTwo ? 2 : 1)];
      if (next.length > 0) expect(wireSizeOf(more, desk.payer)).toBeGreaterThan(1232);
    }
  }, 60_000);

  test('warns when the list holds the address of everyone', async () => {
    const desk = createAuthorizationDesk();
    const { checks } = (await desk.prepare(allowing([SYSTEM_PROGRAM]), desk.signers)).prepared;
    expect(checks.find(({ title }) => title === 'Everyone')).toMatchObject({ kind: 'warn', field: 'users' });
  });
});
