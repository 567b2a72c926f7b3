import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { authorizationAddress, coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount, fieldRange } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { programInstruction } from '#core/programs/program-instruction.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { runAccounts } from '#test/builders/run-accounts.ts';
import { authorizationAccount, createAuthorizationDesk, customCodeOf } from '#test/practice/authorization-desk.ts';
import { joinArgs } from '#test/practice/coordinator-steps.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { canJoin } from './can-join.ts';

type Desk = ReturnType<typeof createAuthorizationDesk>;

/** A run that lets one user in, and a wallet with SOL that asks. */
async function joiningDesk({ configText = PRACTICE_CONFIG_TEXT, start = true, accounts = [] }: Parts = {}) {
  const desk = createAuthorizationDesk({ accounts });
  const grantee = desk.person('grantee');
  const user = desk.person('joining user');
  desk.fund(user, 1_000_000_000n);
  desk.fund(grantee, 1_000_000_000n);
  const config = configText === '' ? {} : { configText };
  const whoMayJoin = { kind: 'user' as const, address: grantee };
  await desk.sendAll(createRunInput({ ...config, whoMayJoin, start }));
  return { ...asking(desk, 'atlas-7'), desk, grantee, user };
}

/** An empty `configText` leaves the run without configuration. */
type Parts = { configText?: string; start?: boolean; accounts?: Iterable<readonly [Address, StoredAccount]> };

/** Asks the checklist and the chain the same. */
function asking(desk: Desk, runId: string) {
  const instance = coordinatorInstanceAddress(runId).address;
  const ask = (user: Address, grantee: Address) =>
    canJoin({ runId, user, grantee }, { chain: desk.reader, programs: DEFAULT_PROGRAM_IDS });
  const accountOf = () =>
    addressFromBytes((desk.chain.account(instance)?.data ?? new Uint8Array(200)).subarray(73, 105));
  const join = (user: Address, grantee: Address, grantor = desk.joinAuthority) => {
    const keys = {
      user,
      authorization: authorizationAddress(grantor, grantee).address,
      coordinator_instance: instance,
      coordinator_account: accountOf(),
    };
    const call = { program: 'coordinator' as const, instruction: 'join_run', args: joinArgs(user), keys };
    return desk.send([programInstruction(call, DEFAULT_PROGRAM_IDS)], user);
  };
  return {
    ask,
    join,
    /** What fails, after the chain was asked the same: it answers with `code`, or takes the client when nothing fails. */
    async both(user: Address, grantee: Address, code?: number, grantor = desk.joinAuthority): Promise<string[]> {
      const { checks, canJoin } = await ask(user, grantee);
      const failing = checks.filter(({ kind }) => kind === 'fail');
      expect(canJoin).toBe(failing.length === 0);
      const error = join(user, grantee, grantor);
      if (code === undefined) expect(error).toBeNull();
      else expect(customCodeOf(error)).toBe(code);
      for (const { reason } of failing) expect(reason).toContain(String(code));
      return failing.map(({ title }) => title);
    },
  };
}

const text = (checks: readonly { title: string; reason: string }[], title: string) =>
  checks.find((check) => check.title === title)?.reason;

describe('whether a key can join, by checklist and chain alike', () => {
  test('everyone, the grantee itself, and its delegates can', async () => {
    const { desk, grantee, user, ask, both } = await joiningDesk();
    await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: [user] });
    expect(text((await ask(user, grantee)).checks, 'Valid for this key')).toContain('is a delegate of');
    expect(await both(user, grantee)).toEqual([]);
    expect(await both(grantee, grantee)).toEqual([]);
    await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
    expect(text((await ask(user, SYSTEM_PROGRAM)).checks, 'Valid for this key')).toBe('It is for everyone');
    expect(await both(user, SYSTEM_PROGRAM)).toEqual([]);
    expect(text((await ask(user, SYSTEM_PROGRAM)).checks, 'Room')).toContain('knows this key');
  });

  test('nobody without authorization (3012), and the address where it would be is named', async () => {
    const { desk, user, ask, both } = await joiningDesk();
    expect(await both(user, SYSTEM_PROGRAM, 3012)).toEqual(['Authorization exists']);
    const { checks, authorization, action } = await ask(user, SYSTEM_PROGRAM);
    expect(authorization).toBe(authorizationAddress(desk.joinAuthority, SYSTEM_PROGRAM).address);
    expect(checks[0]?.reason).toContain(authorization);
    expect(action).toEqual({ label: 'Who may join', place: { kind: 'who-may-join' } });
    desk.fund(authorization, 1_000_000n);
    expect(await both(user, SYSTEM_PROGRAM, 3007)).toEqual(['Authorization exists']);
  });

  test('says which other authorization would do', async () => {
    const { grantee, ask } = await joiningDesk();
    const { checks } = await ask(grantee, SYSTEM_PROGRAM);
    expect(checks[0]).toMatchObject({
      kind: 'fail',
      remedy: expect.stringContaining(`Use AUTHORIZER=${grantee}`) as string,
    });
  });

  test('nobody by one that is not active, or that was given to another key (2003)', async () => {
    const { desk, grantee, user, both } = await joiningDesk();
    expect(await both(user, grantee, 2003)).toEqual(['Valid for this key']);
    await desk.sendAll({ kind: 'set-authorization-active', grantee, active: false });
    expect(await both(grantee, grantee, 2003)).toEqual(['Authorization is active']);
    expect(await both(user, grantee, 2003)).toEqual(['Authorization is active', 'Valid for this key']);
  });

  test('nobody by one for another purpose (2003)', async () => {
    const owner = createAuthorizationDesk();
    const user = owner.person('joining user');
    const scope = new TextEncoder().encode('AnotherPurpose');
    const account = authorizationAccount(owner.joinAuthority, user, { scope });
    const { both } = await joiningDesk({ accounts: [account] });
    expect(await both(user, user, 2003)).toEqual(['Scope']);
  });

  test('no new client once as many are known as batches (6022); known ones go on', async () => {
    const { desk, grantee, user, ask, both } = await joiningDesk({
      configText: PRACTICE_CONFIG_TEXT.replace(/^global_batch_size_(start|end) = .*$/gm, 'global_batch_size_$1 = 1'),
    });
    await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: [user] });
    expect(text((await ask(grantee, grantee)).checks, 'Room')).toBe('0 clients known; room for 1 more');
    expect(await both(grantee, grantee)).toEqual([]);
    expect(await both(user, grantee, 6022)).toEqual(['Room']);
    expect((await ask(user, grantee)).action?.place).toEqual({ kind: 'update-configuration', runId: 'atlas-7' });
    expect(await both(grantee, grantee)).toEqual([]);
  });

  test('no client of a run without configuration (6022)', async () => {
    const { grantee, ask, both } = await joiningDesk({ configText: '', start: false });
    expect(await both(grantee, grantee, 6022)).toEqual(['Room']);
    expect(text((await ask(grantee, grantee)).checks, 'Room')).toContain('no configuration yet');
  });

  test('a run that has not started takes a join that the start makes void, and says so', async () => {
    const { grantee, ask, both } = await joiningDesk({ start: false });
    expect((await ask(grantee, grantee)).checks.find(({ title }) => title === 'Run state')).toMatchObject({
      kind: 'warn',
      reason: expect.stringContaining('join again') as string,
    });
    expect(await both(grantee, grantee)).toEqual([]);
  });

  test('warns a wallet without SOL', async () => {
    const { desk, grantee, ask } = await joiningDesk();
    const poor = desk.person('poor');
    await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: [poor] });
    expect(await ask(poor, grantee)).toMatchObject({ canJoin: true });
    expect((await ask(poor, grantee)).checks.at(-1)).toMatchObject({
      kind: 'warn',
      action: { place: { kind: 'faucet', address: poor } },
    });
  });
});

describe('accounts that no join gets to', () => {
  const authority = addressFromBytes(new Uint8Array(32).fill(3));
  const asked = async (data: Uint8Array) => {
    const desk = createAuthorizationDesk({ accounts: runAccounts('old', data) });
    const user = desk.person('user');
    return canJoin({ runId: 'old', user }, { chain: desk.reader, programs: DEFAULT_PROGRAM_IDS });
  };

  test('of another size or version are named as such', async () => {
    const small = await asked(new Uint8Array(119_072));
    expect(small.authorization).toBe(authorizationAddress(authority, SYSTEM_PROGRAM).address);
    expect(text(small.checks, 'Account version')).toContain('119072 bytes instead of 119160');
    const other = new Uint8Array(COORDINATOR_ACCOUNT_SIZE);
    other.set([0xef, 0x21, 0xb1, 0x37, 0x2c, 0x9b, 0x56, 0x2b]);
    other[fieldRange('version').start] = 2;
    expect(text((await asked(other)).checks, 'Account version')).toContain('layout version 2');
  });

  test('that know 256 clients let no other one in, by checklist and chain alike (6003)', async () => {
    const data = new Uint8Array(readFileSync('test/fixtures/psyche/fixtures/full.bin'));
    const { state } = decodeCoordinatorAccount(data);
    expect(state.clients_state.clients).toHaveLength(256);
    const desk = createAuthorizationDesk({
      accounts: [...runAccounts('full', data), authorizationAccount(authority, SYSTEM_PROGRAM)],
    });
    const user = desk.person('user');
    desk.fund(user, 1_000_000_000n);
    const { both } = asking(desk, 'full');
    expect(await both(user, SYSTEM_PROGRAM, 6003, authority)).toEqual(['Room']);
  });
});
