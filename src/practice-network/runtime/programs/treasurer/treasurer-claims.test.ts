import { describe, expect, test } from 'vitest';
import { participantAddress } from '#core/layouts/addresses.ts';
import { fieldRange } from '#core/layouts/coordinator-account.ts';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { codeOf, errorLine, withAccount } from '#test/practice/coordinator-steps.ts';
import { createStage, type Stage, testAddress } from '#test/practice/stage.ts';
import {
  createRewardedRun,
  putEarnings,
  putEmptyCoordinatorAccount,
  putMint,
  putTokens,
  type StagedRewardedRun,
} from '#test/practice/treasurer-run.ts';
import type { Instruction } from '../../native/native-executor.ts';
import { rentExemptMinimum } from '../../rent.ts';

const { treasurer: TREASURER } = DEFAULT_PROGRAM_IDS;

/** A run whose vault holds 1,000 and a user who earned 600 and has a record. */
function setUp(): { stage: Stage; run: StagedRewardedRun; user: Address } {
  const stage = createStage();
  const run = createRewardedRun(stage);
  const user = run.fundUser(10);
  run.fill(1_000n);
  putEarnings(stage, run.keys.coordinator_account, [[user, 600n]]);
  stage.land([run.instruction('participant_create', {}, user)]);
  return { stage, run, user };
}

function claim(run: StagedRewardedRun, user: Address, points: bigint): Instruction {
  return run.instruction('participant_claim', { claim_earned_points: points }, user);
}

describe('participant_create', () => {
  test('costs the payer the rent of 32 bytes and asks for no membership', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const stranger = stage.fund(20);
    stage.land([run.instruction('participant_create', {}, stranger)]);
    expect(stage.accounts.get(stranger)?.lamports).toBe(10_000_000_000n - rentExemptMinimum(32));
    const { address, bump } = participantAddress(run.keys.run, stranger);
    expect(stage.accounts.get(address)).toMatchObject({ owner: TREASURER, lamports: rentExemptMinimum(32) });
    expect(run.readParticipant(stranger)).toEqual({
      bump,
      claimed_collateral_amount: 0n,
      claimed_earned_points: 0n,
    });
  });

  test('is done once: Custom(0)', () => {
    const { stage, run, user } = setUp();
    const result = stage.send([run.instruction('participant_create', {}, user)]);
    expect(codeOf(result)).toBe(0);
    expect(result.logs.some((line) => line.includes('already in use'))).toBe(true);
  });

  test('needs the user’s signature (3010), a run (3012, 3007, 3002) and the address of both (2006)', () => {
    const { stage, run, user } = setUp();
    const other = run.fundUser(11);
    const create = run.instruction('participant_create', {}, other);
    const unsigned = withAccount(create, 1, testAddress(12));
    const accounts = unsigned.accounts.map((meta, at) => (at === 1 ? { ...meta, isSigner: false } : meta));
    expect(codeOf(stage.send([{ ...create, accounts }]))).toBe(3010);
    expect(codeOf(stage.send([withAccount(create, 2, testAddress(90))]))).toBe(3012);
    expect(codeOf(stage.send([withAccount(create, 2, run.keys.coordinator_instance)]))).toBe(3007);
    expect(codeOf(stage.send([withAccount(create, 2, participantAddress(run.keys.run, user).address)]))).toBe(3002);
    const elsewhere = stage.send([withAccount(create, 3, testAddress(90))]);
    expect(codeOf(elsewhere)).toBe(2006);
    expect(errorLine(elsewhere)).toContain('caused by account: participant.');
    expect(codeOf(stage.send([withAccount(create, 4, testAddress(90))]))).toBe(3008);
  });
});

describe('participant_claim', () => {
  test('pays one unit for a point, again and again until nothing is left', () => {
    const { stage, run, user } = setUp();
    stage.land([claim(run, user, 250n)]);
    stage.land([claim(run, user, 0n)]);
    stage.land([claim(run, user, 350n)]);
    expect(run.held(user)).toBe(600n);
    expect(run.vault()).toBe(400n);
    expect(run.readParticipant(user)).toMatchObject({ claimed_collateral_amount: 600n, claimed_earned_points: 600n });
    expect(run.readRun()).toMatchObject({
      total_claimed_collateral_amount: 600n,
      total_claimed_earned_points: 600n,
    });
    expect(codeOf(stage.send([claim(run, user, 1n)]))).toBe(6000);
  });

  test('calls the token program in the name of the run', () => {
    const { stage, run, user } = setUp();
    const { logs, innerInstructions } = stage.land([claim(run, user, 600n)]);
    expect(logs).toContain(`Program ${TOKEN_PROGRAM} invoke [2]`);
    const [transfer] = innerInstructions[0]?.instructions ?? [];
    expect(transfer?.data).toEqual(Uint8Array.of(3, 0x58, 2, 0, 0, 0, 0, 0, 0));
    expect(transfer?.accounts).toHaveLength(3);
  });

  test('refuses more than was earned: 6000', () => {
    const { stage, run, user } = setUp();
    const result = stage.send([claim(run, user, 601n)]);
    expect(codeOf(result)).toBe(6000);
    expect(errorLine(result)).toContain(
      'Error Code: InvalidParameter. Error Number: 6000. Error Message: Invalid parameter.',
    );
    const stranger = run.fundUser(11);
    stage.land([run.instruction('participant_create', {}, stranger)]);
    stage.land([claim(run, stranger, 0n)]);
    expect(codeOf(stage.send([claim(run, stranger, 1n)]))).toBe(6000);
  });

  test('fails in the token program when the vault holds too little: Custom(1)', () => {
    const { stage, run, user } = setUp();
    run.fill(599n);
    const result = stage.send([claim(run, user, 600n)]);
    expect(codeOf(result)).toBe(1);
    expect(result.logs.filter((line) => line.endsWith('failed: custom program error: 0x1'))).toEqual([
      `Program ${TOKEN_PROGRAM} failed: custom program error: 0x1`,
      `Program ${TREASURER} failed: custom program error: 0x1`,
    ]);
    expect(run.readRun().total_claimed_earned_points).toBe(0n);
    stage.land([claim(run, user, 599n)]);
  });

  test('aborts when less was earned than already claimed', () => {
    const { stage, run, user } = setUp();
    stage.land([claim(run, user, 600n)]);
    putEarnings(stage, run.keys.coordinator_account, [[user, 599n]]);
    const result = stage.send([claim(run, user, 0n)]);
    expect(result.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(result.logs).toContain('Program log: panicked at attempt to subtract with overflow');
    expect(result.logs.at(-1)).toBe(`Program ${TREASURER} failed: Program failed to complete`);
  });

  test('aborts when a total no longer fits', () => {
    const { stage, run, user } = setUp();
    const account = stage.accounts.get(run.keys.run);
    if (account === undefined) throw new Error('no run');
    const full = { ...run.readRun(), total_claimed_earned_points: (1n << 64n) - 1n };
    const data = account.data.slice();
    data.set(encodeAccount('treasurer', 'Run', full));
    stage.accounts.set(run.keys.run, { ...account, data });
    const result = stage.send([claim(run, user, 1n)]);
    expect(result.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(result.logs).toContain('Program log: panicked at attempt to add with overflow');
    stage.land([claim(run, user, 0n)]);
  });

  test('counts the first client with the user’s key and nothing else', () => {
    const { stage, run, user } = setUp();
    putEarnings(stage, run.keys.coordinator_account, [
      [testAddress(30), 900n],
      [user, 10n],
      [user, 900n],
    ]);
    expect(codeOf(stage.send([claim(run, user, 11n)]))).toBe(6000);
    stage.land([claim(run, user, 10n)]);
  });

  test('takes any account of the user for the mint, not only the usual one', () => {
    const { stage, run, user } = setUp();
    putTokens(stage, testAddress(40), run.keys.collateral_mint, user, 5n);
    stage.land([withAccount(claim(run, user, 600n), 1, testAddress(40))]);
    expect(run.held(user)).toBe(0n);
  });

  const wallets: [string, (stage: Stage, run: StagedRewardedRun, user: Address) => void][] = [
    [
      'of another mint',
      (stage, _run, user) => {
        putMint(stage, testAddress(72));
        putTokens(stage, testAddress(40), testAddress(72), user, 0n);
      },
    ],
    [
      'of another owner',
      (stage, run) => putTokens(stage, testAddress(40), run.keys.collateral_mint, testAddress(41), 0n),
    ],
    [
      'with a delegate',
      (stage, run, user) => {
        putTokens(stage, testAddress(40), run.keys.collateral_mint, user, 0n);
        const account = stage.accounts.get(testAddress(40));
        if (account === undefined) throw new Error('no tokens');
        const data = account.data.slice();
        data.set([1, 0, 0, 0, ...addressToBytes(testAddress(41))], 72);
        stage.accounts.set(testAddress(40), { ...account, data });
      },
    ],
  ];
  test.each(wallets)('refuses an account %s: 2003', (_what, put) => {
    const { stage, run, user } = setUp();
    put(stage, run, user);
    const result = stage.send([withAccount(claim(run, user, 1n), 1, testAddress(40))]);
    expect(codeOf(result)).toBe(2003);
    expect(errorLine(result)).toContain('caused by account: user_collateral.');
  });

  test('refuses an account that does not exist (3012), is of Token-2022 (3007) or is the mint', () => {
    const { stage, run, user } = setUp();
    const missing = stage.send([withAccount(claim(run, user, 1n), 1, testAddress(90))]);
    expect(codeOf(missing)).toBe(3012);
    putTokens(stage, testAddress(40), run.keys.collateral_mint, user, 0n);
    const account = stage.accounts.get(testAddress(40));
    if (account === undefined) throw new Error('no tokens');
    stage.accounts.set(testAddress(40), { ...account, owner: TOKEN_2022_PROGRAM });
    expect(codeOf(stage.send([withAccount(claim(run, user, 1n), 1, testAddress(40))]))).toBe(3007);
    const mint = stage.send([withAccount(claim(run, user, 1n), 1, run.keys.collateral_mint)]);
    expect(mint.err).toEqual({ InstructionError: [0, 'InvalidAccountData'] });
  });

  test('refuses a vault that is not the run’s (2015) or not at its usual address (2009), naming no account', () => {
    const { stage, run, user } = setUp();
    const foreign = run.fundUser(11);
    const wallet = claim(run, foreign, 0n).accounts[1]?.address ?? testAddress(0);
    const owner = stage.send([withAccount(claim(run, user, 1n), 3, wallet)]);
    expect(codeOf(owner)).toBe(2015);
    expect(errorLine(owner)).toContain('AnchorError occurred. Error Code: ConstraintTokenOwner. Error Number: 2015.');
    putTokens(stage, testAddress(40), run.keys.collateral_mint, run.keys.run, 1_000n);
    const place = stage.send([withAccount(claim(run, user, 1n), 3, testAddress(40))]);
    expect(codeOf(place)).toBe(2009);
    expect(errorLine(place)).toContain('AnchorError occurred. Error Code: ConstraintAssociated. Error Number: 2009.');
  });

  test('refuses the coordinator account of another run: 2003 on run', () => {
    const { stage, run, user } = setUp();
    const copy = stage.accounts.get(run.keys.coordinator_account);
    if (copy === undefined) throw new Error('no run');
    stage.accounts.set(testAddress(51), copy);
    const result = stage.send([withAccount(claim(run, user, 1n), 4, testAddress(51))]);
    expect(codeOf(result)).toBe(2003);
    expect(errorLine(result)).toContain('caused by account: run. Error Code: ConstraintRaw');
  });

  test('refuses an account of another version (2003), without type (3002), and aborts for a short one', () => {
    const { stage, run, user } = setUp();
    const at = run.keys.coordinator_account;
    const before = stage.accounts.get(at);
    if (before === undefined) throw new Error('no run');
    const version = before.data.slice();
    version[fieldRange('version').start] = 0;
    stage.accounts.set(at, { ...before, data: version });
    const old = stage.send([claim(run, user, 1n)]);
    expect(codeOf(old)).toBe(2003);
    expect(errorLine(old)).toContain('caused by account: coordinator_account.');
    stage.accounts.set(at, { ...before, data: before.data.slice(0, 119_072) });
    expect(stage.send([claim(run, user, 1n)]).err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    putEmptyCoordinatorAccount(stage, at);
    expect(codeOf(stage.send([claim(run, user, 1n)]))).toBe(3002);
  });

  test('refuses somebody else’s record: 2006; one that does not exist: 3012', () => {
    const { stage, run, user } = setUp();
    const other = run.fundUser(11);
    expect(codeOf(stage.send([claim(run, other, 0n)]))).toBe(3012);
    stage.land([run.instruction('participant_create', {}, other)]);
    const record = participantAddress(run.keys.run, user).address;
    const result = stage.send([withAccount(claim(run, other, 0n), 5, record)]);
    expect(codeOf(result)).toBe(2006);
    expect(errorLine(result)).toContain('caused by account: participant.');
    expect(result.logs).toContain(`Program log: ${record}`);
  });

  test.each([
    ['user_collateral', 1],
    ['run', 2],
    ['run_collateral', 3],
    ['participant', 5],
  ])('needs %s writable: 2000', (name, place) => {
    const { stage, run, user } = setUp();
    const instruction = claim(run, user, 1n);
    const accounts = instruction.accounts.map((meta, at) => (at === place ? { ...meta, isWritable: false } : meta));
    const result = stage.send([{ ...instruction, accounts }]);
    expect(codeOf(result)).toBe(2000);
    expect(errorLine(result)).toContain(`caused by account: ${name}.`);
  });

  test('needs the user’s signature: 3010, and the token program: 3008', () => {
    const { stage, run, user } = setUp();
    const instruction = claim(run, user, 1n);
    const accounts = instruction.accounts.map((meta) => ({ ...meta, isSigner: false }));
    expect(codeOf(stage.send([{ ...instruction, accounts }]))).toBe(3010);
    expect(codeOf(stage.send([withAccount(instruction, 6, testAddress(90))]))).toBe(3008);
  });
});
