import { describe, expect, test } from 'vitest';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { authorizationAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS, JOIN_SCOPE } from '#core/layouts/programs.ts';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { createStage, type Stage, testAddress } from '#test/practice/stage.ts';
import { programInstruction } from '#test/practice/trace-instructions.ts';
import { EMPTY_ACCOUNT } from '../../accounts.ts';
import type { ExecutionResult } from '../../execution-result.ts';
import type { Instruction } from '../../native/native-executor.ts';
import { rentExemptMinimum } from '../../rent.ts';

const SCOPE = new TextEncoder().encode(JOIN_SCOPE);

type Parties = { stage: Stage; payer: Address; grantor: Address; grantee: Address; authorization: Address };

function setUp(): Parties {
  const stage = createStage();
  const [payer, grantor, grantee] = [stage.fund(1), stage.fund(2), stage.fund(3)];
  const parties = {
    stage,
    payer,
    grantor,
    grantee,
    authorization: authorizationAddress(grantor, grantee).address,
  };
  stage.land([create(parties)]);
  return parties;
}

function create({ payer, grantor, grantee, authorization }: Parties, scope = SCOPE): Instruction {
  const params = { grantee: addressToBytes(grantee), scope };
  const keys = { payer, grantor, authorization };
  return programInstruction('authorizer', 'authorization_create', { params }, keys);
}

function activate({ grantor, authorization }: Parties, active: boolean): Instruction {
  const keys = { grantor, authorization };
  return programInstruction('authorizer', 'authorization_grantor_update', { params: { active } }, keys);
}

function delegate({ payer, grantee, authorization }: Parties, added: number, clear = false): Instruction {
  const delegates = Array.from({ length: added }, (_, index) => addressToBytes(testAddress(500 + index)));
  const params = { delegates_clear: clear, delegates_added: delegates };
  const keys = { payer, grantee, authorization };
  return programInstruction('authorizer', 'authorization_grantee_update', { params }, keys);
}

function close({ grantor, authorization }: Parties, spill: Address): Instruction {
  const keys = { grantor, authorization, spill };
  return programInstruction('authorizer', 'authorization_close', { params: {} }, keys);
}

function read({ stage, authorization }: Parties) {
  const account = stage.accounts.get(authorization);
  if (account === undefined) throw new Error('no authorization');
  return { account, value: decodeAccount('authorizer', 'Authorization', account.data).value };
}

function codeOf({ err, logs }: ExecutionResult): number {
  if (typeof err === 'object' && err !== null && 'InstructionError' in err) {
    const [, error] = err.InstructionError;
    if (typeof error === 'object' && 'Custom' in error) return error.Custom;
  }
  throw new Error(`${JSON.stringify(err)} ${logs.join('\n')}`);
}

describe('an authorization', () => {
  test('begins inactive, without delegates, its rent paid by the payer', () => {
    const parties = setUp();
    const { account, value } = read(parties);
    expect(account.data).toHaveLength(108);
    expect(account.lamports).toBe(rentExemptMinimum(108));
    expect(account.owner).toBe(DEFAULT_PROGRAM_IDS.authorizer);
    expect(value).toMatchObject({ active: false, delegates: [], grantor_update_unix_timestamp: 0n });
    expect(parties.stage.accounts.get(parties.payer)?.lamports).toBe(10_000_000_000n - account.lamports);
  });

  test('exists once for a grantor, grantee and scope', () => {
    const parties = setUp();
    const result = parties.stage.send([create(parties)]);
    expect(codeOf(result)).toBe(0);
    expect(result.logs.some((line) => line.includes('already in use'))).toBe(true);
  });

  test('is created also where somebody has sent lamports before', () => {
    const parties = setUp();
    const grantee = testAddress(4);
    const authorization = authorizationAddress(parties.grantor, grantee).address;
    const other = { ...parties, grantee, authorization };
    parties.stage.accounts.set(authorization, { ...EMPTY_ACCOUNT, lamports: 900_000n });
    parties.stage.land([create(other)]);
    expect(read(other).account.lamports).toBe(rentExemptMinimum(108));
  });

  test('lives at its own address only: 2006; a scope of 33 bytes has none', () => {
    const parties = setUp();
    const elsewhere = { ...parties, authorization: testAddress(9) };
    const result = parties.stage.send([create(elsewhere)]);
    expect(codeOf(result)).toBe(2006);
    expect(result.logs).toContain(
      'Program log: AnchorError caused by account: authorization. Error Code: ConstraintSeeds. ' +
        'Error Number: 2006. Error Message: A seeds constraint was violated.',
    );
    const long = parties.stage.send([create(elsewhere, new Uint8Array(33))]);
    expect(long.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
  });

  test('is switched by its grantor only, who leaves the time', () => {
    const parties = setUp();
    parties.stage.land([activate(parties, true)]);
    expect(read(parties).value).toMatchObject({
      active: true,
      grantor_update_unix_timestamp: parties.stage.clock.unixTimestamp,
    });
    const result = parties.stage.send([activate({ ...parties, grantor: parties.grantee }, false)]);
    expect(codeOf(result)).toBe(2003);
    expect(codeOf(parties.stage.send([activate({ ...parties, authorization: testAddress(9) }, true)]))).toBe(3012);
  });

  test('grows with its delegates at the payer’s cost and pays back when they go', () => {
    const parties = setUp();
    const before = parties.stage.accounts.get(parties.payer)?.lamports ?? 0n;
    parties.stage.land([delegate(parties, 3)]);
    const { account, value } = read(parties);
    expect(account.data).toHaveLength(108 + 96);
    expect(account.lamports).toBe(rentExemptMinimum(204));
    expect((value['delegates'] as Uint8Array[]).map(addressFromBytes)).toEqual([500, 501, 502].map(testAddress));
    parties.stage.land([delegate(parties, 1)]);
    expect(read(parties).value['delegates']).toHaveLength(4);
    parties.stage.land([delegate(parties, 0, true)]);
    expect(read(parties).account).toMatchObject({ lamports: rentExemptMinimum(108) });
    expect(parties.stage.accounts.get(parties.payer)?.lamports).toBe(before);
  });

  test('takes no more than 10,240 bytes of delegates at once (3016), and only from its grantee (2003)', () => {
    const parties = setUp();
    const result = parties.stage.send([delegate(parties, 321)]);
    expect(codeOf(result)).toBe(3016);
    expect(codeOf(parties.stage.send([delegate({ ...parties, grantee: parties.grantor }, 1)]))).toBe(2003);
    parties.stage.land([delegate(parties, 320)]);
  });

  test('is closed by its grantor once inactive, and after 30 days when it has delegates', () => {
    const parties = setUp();
    const { stage } = parties;
    const spill = stage.fund(7);
    stage.land([delegate(parties, 1), activate(parties, true)]);
    const active = stage.send([close(parties, spill)]);
    expect(codeOf(active)).toBe(6000);
    expect(
      active.logs.some((line) => line.includes('Error Code: AuthorizationActiveIsTrue. Error Number: 6000.')),
    ).toBe(true);
    stage.land([activate(parties, false)]);
    expect(codeOf(stage.send([close(parties, spill)]))).toBe(6001);
    stage.clock.unixTimestamp += 2_591_999n;
    expect(codeOf(stage.send([close(parties, spill)]))).toBe(6001);
    stage.clock.unixTimestamp += 1n;
    expect(codeOf(stage.send([close({ ...parties, grantor: parties.grantee }, spill)]))).toBe(2003);
    expect(codeOf(stage.send([close(parties, parties.authorization)]))).toBe(3011);
    stage.land([close(parties, spill)]);
    expect(stage.accounts.has(parties.authorization)).toBe(false);
    expect(stage.accounts.get(spill)?.lamports).toBe(10_000_000_000n + rentExemptMinimum(140));
  });

  test('needs the System program where it is listed: 3008', () => {
    const parties = setUp();
    const instruction = delegate(parties, 1);
    const accounts = instruction.accounts.with(3, { address: testAddress(9), isSigner: false, isWritable: false });
    const result = parties.stage.send([{ ...instruction, accounts }]);
    expect(codeOf(result)).toBe(3008);
    expect(result.logs).toContain(`Program log: ${testAddress(9)}`);
  });
});
