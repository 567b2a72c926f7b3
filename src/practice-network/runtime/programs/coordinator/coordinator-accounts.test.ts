import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instructionInterface, programInterface } from '#core/codec/program-interface.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { codeOf, errorLine, setUp, withAccount } from '#test/practice/coordinator-steps.ts';
import {
  createCoordinatorAccount,
  createRunOnStage,
  initInstruction,
  type StagedRun,
} from '#test/practice/run-on-stage.ts';
import { createStage, testAddress } from '#test/practice/stage.ts';
import { createAccount } from '#test/practice/system-instructions.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '../../rent.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Instruction } from '../../native/native-executor.ts';

const COORDINATOR = DEFAULT_PROGRAM_IDS.coordinator;

describe('init_coordinator', () => {
  test('creates the instance, stamps the account and cuts a version that is too long', () => {
    const stage = createStage();
    const run = createRunOnStage(stage);
    const { state, version, nonce } = run.read();
    expect({ version, nonce }).toEqual({ version: 1n, nonce: 0n });
    expect(state.coordinator).toMatchObject({ run_id: 'atlas-7', run_state: 'Uninitialized' });
    const instance = stage.accounts.get(run.run.instance);
    expect(instance).toMatchObject({ owner: COORDINATOR, lamports: rentExemptMinimum(173) });
    expect(instance?.data).toHaveLength(173);
    const long = { ...run.run, account: testAddress(60), instance: coordinatorInstanceAddress('long').address };
    stage.land([createCoordinatorAccount(long), initInstruction(long, 'long', 'v'.repeat(97))]);
    expect(new TextDecoder().decode(stage.accounts.get(long.account)?.data.subarray(119_050, 119_150))).toBe(
      `${'v'.repeat(96)}${'\0'.repeat(4)}`,
    );
  });

  test('logs what the real program logs', () => {
    const stage = createStage();
    const payer = stage.fund(1);
    const run = {
      authority: payer,
      instance: coordinatorInstanceAddress('x').address,
      account: testAddress(50),
      authorization: payer,
    };
    const result = stage.land([createCoordinatorAccount(run), initInstruction(run, 'x')]);
    expect(result.logs.slice(2)).toEqual([
      `Program ${COORDINATOR} invoke [1]`,
      'Program log: Instruction: InitCoordinator',
      `Program ${SYSTEM_PROGRAM} invoke [2]`,
      `Program ${SYSTEM_PROGRAM} success`,
      `Program ${COORDINATOR} consumed 40150 of 1399850 compute units`,
      `Program ${COORDINATOR} success`,
    ]);
  });

  test('refuses a run id that is taken, in the words of the System program', () => {
    const { stage, run } = setUp();
    const second = { ...run.run, account: testAddress(61) };
    const result = stage.send([createCoordinatorAccount(second), initInstruction(second, 'atlas-7')]);
    expect(codeOf(result, 1)).toBe(0);
    expect(result.logs.some((line) => /Allocate: account .* already in use/u.test(line))).toBe(true);
  });

  test.each([
    ['another address than the run id gives', 2006, { instance: testAddress(62) }],
    ['an account of another owner', 2004, { account: testAddress(63) }],
  ])('refuses %s: %i', (_what, code, keys) => {
    const { stage, run } = setUp();
    stage.fund(63);
    const other = { ...run.run, instance: coordinatorInstanceAddress('other').address, ...keys };
    expect(codeOf(stage.send([initInstruction(other, 'other')]))).toBe(code);
  });

  test('refuses an account of another size (6002) or one in use (3000)', () => {
    const { stage, run } = setUp();
    const other = { ...run.run, account: testAddress(64), instance: coordinatorInstanceAddress('other').address };
    const small = stage.send([createCoordinatorAccount(other, 119_072), initInstruction(other, 'other')]);
    expect(codeOf(small, 1)).toBe(6002);
    const used = stage.send([initInstruction({ ...other, account: run.run.account }, 'other')]);
    expect(codeOf(used)).toBe(3000);
    expect(errorLine(used)).toContain('AnchorError thrown in');
  });

  test('aborts for a run id of 33 bytes: it has no address', () => {
    const { stage, run } = setUp();
    const result = stage.send([initInstruction({ ...run.run, instance: testAddress(65) }, 'x'.repeat(33))]);
    expect(result.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(result.logs).toContain('Program log: panicked at Unable to find a viable program address bump seed');
  });
});

describe('accounts of an instruction', () => {
  const paused: [string, number, string, (run: StagedRun, tick: Instruction) => Instruction][] = [
    [
      'nothing signed',
      3010,
      'AnchorError caused by account: user. Error Code: AccountNotSigner',
      (_, tick) => ({
        ...tick,
        accounts: tick.accounts.map((account) => ({ ...account, isSigner: false })),
      }),
    ],
    [
      'one is missing',
      3005,
      'AnchorError caused by account: coordinator_account. Error Code: AccountNotEnoughKeys',
      (_, tick) => ({
        ...tick,
        accounts: tick.accounts.slice(0, 2),
      }),
    ],
    [
      'the account is read-only',
      2000,
      'AnchorError caused by account: coordinator_account. Error Code: ConstraintMut',
      (_, tick) => ({
        ...tick,
        accounts: tick.accounts.map((account) => ({ ...account, isWritable: false })),
      }),
    ],
    [
      'the instance does not exist',
      3012,
      'AnchorError caused by account: coordinator_instance. Error Code: AccountNotInitialized',
      (_, tick) => withAccount(tick, 1, testAddress(70)),
    ],
    [
      'the instance is not one',
      3002,
      'AnchorError caused by account: coordinator_instance. Error Code: AccountDiscriminatorMismatch',
      (run, tick) => withAccount(tick, 1, run.run.account),
    ],
    [
      'the account belongs to somebody else',
      3007,
      'AnchorError caused by account: coordinator_account. Error Code: AccountOwnedByWrongProgram',
      (run, tick) => withAccount(tick, 2, run.run.authorization),
    ],
    [
      'the account is an instance',
      3002,
      'AnchorError caused by account: coordinator_account. Error Code: AccountDiscriminatorMismatch',
      (run, tick) => withAccount(tick, 2, run.run.instance),
    ],
  ];

  test.each(paused)('fail when %s: %i', (_what, code, line, change) => {
    const { stage, run } = setUp();
    const result = stage.send([change(run, run.instruction('tick', {}))]);
    expect(codeOf(result)).toBe(code);
    expect(errorLine(result)).toContain(line);
  });

  test('of two different runs do not go together: 2003', () => {
    const { stage, run } = setUp();
    const other = { ...run.run, account: testAddress(71), instance: coordinatorInstanceAddress('other').address };
    stage.land([createCoordinatorAccount(other), initInstruction(other, 'other')]);
    const result = stage.send([withAccount(run.instruction('tick', {}), 2, other.account)]);
    expect(codeOf(result)).toBe(2003);
    expect(errorLine(result)).toBe(
      'Program log: AnchorError caused by account: coordinator_account. Error Code: ConstraintRaw. ' +
        'Error Number: 2003. Error Message: A raw constraint was violated.',
    );
  });

  test('must be at the address their seeds give: 2006', () => {
    const { stage, run } = setUp();
    const genuine = stage.accounts.get(run.run.instance);
    if (genuine === undefined) throw new Error('no instance');
    stage.accounts.set(testAddress(72), genuine);
    const result = stage.send([withAccount(run.instruction('tick', {}), 1, testAddress(72))]);
    expect(codeOf(result)).toBe(2006);
    expect(result.logs).toContain(`Program log: ${testAddress(72)}`);
    expect(result.logs).toContain(`Program log: ${run.run.instance}`);
  });

  test('of another version are refused (2003), of the old size the program aborts', () => {
    const { stage, run } = setUp();
    const account = stage.accounts.get(run.run.account);
    if (account === undefined) throw new Error('no account');
    const second = account.data.slice();
    second[8] = 2;
    stage.accounts.set(run.run.account, { ...account, data: second });
    expect(codeOf(run.send('tick', {}))).toBe(2003);
    stage.accounts.set(run.run.account, { ...account, data: account.data.slice(0, 119_072) });
    expect(run.send('tick', {}).err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(run.send('free_coordinator', { params: {} }).err).toBeTruthy();
  });

  test('and data: no discriminator 100, an unknown one 101, arguments that do not decode 102', () => {
    const { stage, run } = setUp();
    const tick = run.instruction('tick', {});
    expect(codeOf(stage.send([{ ...tick, data: tick.data.slice(0, 7) }]))).toBe(100);
    const unknown = stage.send([{ ...tick, data: new Uint8Array(8) }]);
    expect(codeOf(unknown)).toBe(101);
    const pause = run.instruction('set_paused', { paused: true });
    const malformed = stage.send([{ ...pause, data: pause.data.with(8, 2) }]);
    expect(codeOf(malformed)).toBe(102);
    expect(malformed.logs[1]).toBe('Program log: Instruction: SetPaused');
    expect(errorLine(malformed)).toContain('AnchorError occurred. Error Code: InstructionDidNotDeserialize');
    const trailing = stage.send([{ ...pause, data: Uint8Array.of(...pause.data, 1, 2, 3) }]);
    expect(codeOf(trailing)).toBe(6015);
  });
});

test('an instruction that only sets a flag leaves every other byte as it was', () => {
  const { stage, run } = setUp();
  const account = stage.accounts.get(run.run.account);
  if (account === undefined) throw new Error('no account');
  const noise = account.data.slice();
  noise.fill(0xaa, 440, 570);
  noise.fill(0xbb, 15_200, 15_400);
  stage.accounts.set(run.run.account, { ...account, data: noise });
  run.land('set_future_epoch_rates', { epoch_earning_rate_total_shared: 1n, epoch_slashing_rate_per_client: null });
  const after = stage.accounts.get(run.run.account)?.data ?? new Uint8Array(0);
  const changed = [...after.keys()].filter((at) => after[at] !== noise[at]);
  expect(changed).toEqual([119_032, 119_152]);
});

test('a longer account of the program works like one of the right size', () => {
  const { stage, run } = setUp();
  const account = stage.accounts.get(run.run.account);
  if (account === undefined) throw new Error('no account');
  const longer = new Uint8Array(120_016);
  longer.set(account.data);
  stage.accounts.set(run.run.account, { ...account, lamports: 10n ** 9n, data: longer });
  expect(codeOf(run.send('tick', {}))).toBe(6015);
  stage.land([
    createAccount(run.run.authority, testAddress(99), { lamports: 10n ** 9n, sizeBytes: 1, owner: COORDINATOR }),
  ]);
});

test('no instruction data, whatever it holds, ends in anything but a result', () => {
  const { stage, run } = setUp();
  const tick = run.instruction('tick', {});
  const discriminators = instructionNames.map((name) => instructionInterface('coordinator', name).discriminator);
  const data = fc
    .tuple(fc.constantFrom(...discriminators), fc.uint8Array({ maxLength: 1000 }))
    .map(([discriminator, rest]) => Uint8Array.of(...discriminator, ...rest));
  fc.assert(
    fc.property(data, fc.shuffledSubarray([...tick.accounts, ...tick.accounts]), (bytes, accounts) => {
      const { err, logs } = stage.send([{ ...tick, accounts, data: bytes }]);
      expect(logs.at(-1)).toMatch(err === null ? /success$/u : /failed: /u);
    }),
    { numRuns: propertyRuns() },
  );
});

const instructionNames = programInterface('coordinator').instructions.map(({ name }) => name);
