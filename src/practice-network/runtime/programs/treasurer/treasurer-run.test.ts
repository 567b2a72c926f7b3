import { describe, expect, test } from 'vitest';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { coordinatorInstanceAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { fieldRange } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { codeOf, errorLine, withAccount } from '#test/practice/coordinator-steps.ts';
import { createCoordinatorAccount, initInstruction, sampleConfig, sampleModel } from '#test/practice/run-on-stage.ts';
import { createStage, type Stage, testAddress } from '#test/practice/stage.ts';
import {
  createRewardedRun,
  putEmptyCoordinatorAccount,
  putMint,
  putTokens,
  runCreateInstruction,
  runUpdateParams,
  treasurerKeys,
  type TreasurerKeys,
} from '#test/practice/treasurer-run.ts';
import { programInstruction } from '#test/practice/trace-instructions.ts';
import { EMPTY_ACCOUNT } from '../../accounts.ts';
import { rentExemptMinimum } from '../../rent.ts';

const { coordinator: COORDINATOR, treasurer: TREASURER } = DEFAULT_PROGRAM_IDS;

/** Where the name begins in an update that has metadata: after the discriminator and the option's tag. */
const NAME_AT = 9;

/** Everything `run_create` needs, nothing of what it makes. */
function setUp(runId = 'atlas-7'): { stage: Stage; keys: TreasurerKeys } {
  const stage = createStage();
  const keys = treasurerKeys(stage.fund(1), runId);
  putMint(stage, keys.collateral_mint);
  putEmptyCoordinatorAccount(stage, keys.coordinator_account);
  return { stage, keys };
}

describe('run_create', () => {
  test('pays for run, vault and instance, and makes the run the owner', () => {
    const { stage, keys } = setUp();
    stage.land([runCreateInstruction(keys, 'atlas-7')]);
    const rents = [200, 165, 173].map((size) => rentExemptMinimum(size));
    const spent = 10_000_000_000n - (stage.accounts.get(keys.payer)?.lamports ?? 0n);
    expect(spent).toBe(rents.reduce((sum, rent) => sum + rent, 0n));
    const instance = stage.accounts.get(keys.coordinator_instance)?.data ?? new Uint8Array(0);
    expect(decodeAccount('coordinator', 'CoordinatorInstance', instance).value).toMatchObject({
      main_authority: addressToBytes(keys.run),
      join_authority: addressToBytes(keys.authority),
    });
    expect(stage.accounts.get(keys.run)?.owner).toBe(TREASURER);
  });

  test('calls as the real one does, three levels deep', () => {
    const { stage, keys } = setUp();
    const { logs, innerInstructions } = stage.land([runCreateInstruction(keys, 'atlas-7')]);
    const calls = logs.flatMap((line) => /^Program (\w+) invoke \[(\d)\]$/u.exec(line)?.slice(1).join(' ') ?? []);
    expect(calls).toEqual([
      `${TREASURER} 1`,
      `${SYSTEM_PROGRAM} 2`,
      `${ASSOCIATED_TOKEN_PROGRAM} 2`,
      `${TOKEN_PROGRAM} 3`,
      `${SYSTEM_PROGRAM} 3`,
      `${TOKEN_PROGRAM} 3`,
      `${TOKEN_PROGRAM} 3`,
      `${COORDINATOR} 2`,
      `${SYSTEM_PROGRAM} 3`,
    ]);
    expect(innerInstructions.map(({ index, instructions }) => [index, instructions.length])).toEqual([[0, 8]]);
    expect(innerInstructions[0]?.instructions.map(({ stackHeight }) => stackHeight)).toEqual([2, 2, 3, 3, 3, 3, 2, 3]);
    expect(logs).toContain('Program log: Instruction: RunCreate');
    expect(logs).toContain('Program log: Instruction: InitCoordinator');
    expect(logs.at(-1)).toBe(`Program ${TREASURER} success`);
  });

  test('works where somebody has sent lamports to the run and the vault before', () => {
    const { stage, keys } = setUp();
    stage.accounts.set(keys.run, { ...EMPTY_ACCOUNT, lamports: 900_000n });
    stage.accounts.set(keys.run_collateral, { ...EMPTY_ACCOUNT, lamports: 900_000n });
    stage.land([runCreateInstruction(keys, 'atlas-7')]);
    expect(stage.accounts.get(keys.run)?.lamports).toBe(rentExemptMinimum(200));
  });

  test('refuses an index in use in the words of the System program: Custom(0)', () => {
    const { stage, keys } = setUp();
    stage.land([runCreateInstruction(keys, 'atlas-7')]);
    const other = treasurerKeys(keys.payer, 'other', { run: keys.run });
    const result = stage.send([runCreateInstruction(other, 'other', { index: treasurerIndexOf('atlas-7') })]);
    expect(codeOf(result)).toBe(0);
    expect(result.logs.some((line) => /Allocate: account .* already in use/u.test(line))).toBe(true);
  });

  test('refuses a run id in use: Custom(0), and nothing remains of the new run', () => {
    const { stage, keys } = setUp();
    stage.land([runCreateInstruction(keys, 'atlas-7')]);
    const run = treasurerRunAddress(7n).address;
    const second = treasurerKeys(keys.payer, 'atlas-7', { run, coordinator_account: testAddress(51) });
    putEmptyCoordinatorAccount(stage, testAddress(51));
    expect(codeOf(stage.send([runCreateInstruction(second, 'atlas-7', { index: 7n })]))).toBe(0);
    expect(stage.accounts.has(run)).toBe(false);
  });

  test('fails when somebody has made the vault before', () => {
    const { stage, keys } = setUp();
    putTokens(stage, keys.run_collateral, keys.collateral_mint, keys.run, 0n);
    const result = stage.send([runCreateInstruction(keys, 'atlas-7')]);
    expect(result.err).toEqual({ InstructionError: [0, 'IllegalOwner'] });
    expect(result.logs.at(-1)).toBe(`Program ${TREASURER} failed: Provided owner is not allowed`);
  });

  test('refuses another address than the index gives: 2006, and another vault: a missing account', () => {
    const { stage, keys } = setUp();
    const elsewhere = stage.send([runCreateInstruction({ ...keys, run: testAddress(60) }, 'atlas-7')]);
    expect(codeOf(elsewhere)).toBe(2006);
    expect(elsewhere.logs.slice(-6, -2)).toEqual([
      'Program log: Left:',
      `Program log: ${testAddress(60)}`,
      'Program log: Right:',
      `Program log: ${keys.run}`,
    ]);
    expect(errorLine(elsewhere)).toContain('caused by account: run. Error Code: ConstraintSeeds');
    const vault = stage.send([runCreateInstruction({ ...keys, run_collateral: testAddress(61) }, 'atlas-7')]);
    expect(vault.err).toEqual({ InstructionError: [0, 'MissingAccount'] });
  });

  test('refuses a run id of 33 bytes after everything else: 6001', () => {
    const { stage, keys } = setUp();
    const result = stage.send([
      runCreateInstruction(keys, 'ü'.repeat(16) + 'x', { index: treasurerIndexOf('atlas-7') }),
    ]);
    expect(codeOf(result)).toBe(6001);
    expect(errorLine(result)).toContain(
      'Error Code: RunIdInvalidLength. Error Number: 6001. Error Message: run_id must be 32 bytes or less.',
    );
    expect(errorLine(result)).toContain('thrown in');
  });

  test.each<[string, number | string, (stage: Stage, mint: Address) => void]>([
    ['does not exist: 3012', 3012, (stage, mint) => stage.accounts.delete(mint)],
    ['is Token-2022: 3007', 3007, (stage, mint) => setOwner(stage, mint, TOKEN_2022_PROGRAM)],
    ['is a wallet: 3007', 3007, (stage, mint) => setOwner(stage, mint, SYSTEM_PROGRAM)],
    [
      'is a token account',
      'InvalidAccountData',
      (stage, mint) => putTokens(stage, mint, testAddress(80), testAddress(81), 1n),
    ],
    [
      'is not initialised',
      'UninitializedAccount',
      (stage, mint) =>
        stage.accounts.set(mint, { ...EMPTY_ACCOUNT, lamports: 1n, data: new Uint8Array(82), owner: TOKEN_PROGRAM }),
    ],
  ])('refuses a mint that %s', (_what, expected, change) => {
    const { stage, keys } = setUp();
    change(stage, keys.collateral_mint);
    const result = stage.send([runCreateInstruction(keys, 'atlas-7')]);
    if (typeof expected === 'number') {
      expect(codeOf(result)).toBe(expected);
      expect(errorLine(result)).toContain('caused by account: collateral_mint.');
      return;
    }
    expect(result.err).toEqual({ InstructionError: [0, expected] });
    expect(result.logs[2]).toContain(`ProgramError caused by account: collateral_mint. Error Code: ${expected}. `);
  });

  test('passes on what the coordinator refuses: 2004, 6002, 3000', () => {
    const { stage, keys } = setUp();
    const at = (account: Address) => [runCreateInstruction({ ...keys, coordinator_account: account }, 'atlas-7')];
    expect(codeOf(stage.send(at(stage.fund(63))))).toBe(2004);
    const plain = {
      authority: keys.payer,
      instance: coordinatorInstanceAddress('plain').address,
      account: testAddress(64),
      authorization: keys.payer,
    };
    stage.land([createCoordinatorAccount(plain), initInstruction(plain, 'plain')]);
    const used = stage.send(at(plain.account));
    expect(codeOf(used)).toBe(3000);
    expect(used.logs.filter((line) => line.includes('failed: custom program error: 0xbb8'))).toEqual([
      `Program ${COORDINATOR} failed: custom program error: 0xbb8`,
      `Program ${TREASURER} failed: custom program error: 0xbb8`,
    ]);
    stage.land([createCoordinatorAccount({ ...plain, account: testAddress(65) }, 119_072)]);
    expect(codeOf(stage.send(at(testAddress(65))))).toBe(6002);
  });

  test.each([
    ['coordinator_program', 6],
    ['associated_token_program', 7],
    ['token_program', 8],
    ['system_program', 9],
  ])('needs the right %s: 3008', (name, at) => {
    const { stage, keys } = setUp();
    const result = stage.send([withAccount(runCreateInstruction(keys, 'atlas-7'), at, testAddress(9))]);
    expect(codeOf(result)).toBe(3008);
    expect(errorLine(result)).toContain(`caused by account: ${name}.`);
  });

  test.each([
    [3005, 9, 'system_program'],
    [3005, 3, 'collateral_mint'],
  ])('needs all its accounts: %i after %i of them', (code, count, name) => {
    const { stage, keys } = setUp();
    const instruction = runCreateInstruction(keys, 'atlas-7');
    const result = stage.send([{ ...instruction, accounts: instruction.accounts.slice(0, count) }]);
    expect(codeOf(result)).toBe(code);
    expect(errorLine(result)).toContain(`caused by account: ${name}.`);
  });

  test('needs its payer’s signature: 3010, and a writable coordinator account: 2000', () => {
    const { stage, keys } = setUp();
    const instruction = runCreateInstruction(keys, 'atlas-7');
    const unsigned = instruction.accounts.map((account) => ({ ...account, isSigner: false }));
    expect(codeOf(stage.send([{ ...instruction, accounts: unsigned }]))).toBe(3010);
    const fixed = instruction.accounts.map((account, at) => (at === 5 ? { ...account, isWritable: false } : account));
    const result = stage.send([{ ...instruction, accounts: fixed }]);
    expect(codeOf(result)).toBe(2000);
    expect(errorLine(result)).toContain('caused by account: coordinator_account.');
  });
});

describe('run_update', () => {
  test('makes the calls in order: config, rates and start in one instruction', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const { logs } = run.update({
      config: sampleConfig(),
      model: sampleModel(),
      epoch_earning_rate_total_shared: 5n,
      paused: false,
    });
    const names = logs.filter((line) => line.startsWith('Program log: Instruction: '));
    expect(names.map((line) => line.split(' ').at(-1))).toEqual([
      'RunUpdate',
      'Update',
      'SetFutureEpochRates',
      'SetPaused',
    ]);
    const { state, nonce } = run.read();
    expect(nonce).toBe(3n);
    expect(state.coordinator.run_state).toBe('WaitingForMembers');
    expect(state.clients_state.future_epoch_rates).toEqual({
      earning_rate_total_shared: 5n,
      slashing_rate_per_client: 0n,
    });
  });

  test('does nothing when nothing is given', () => {
    const run = createRewardedRun(createStage());
    expect(run.update({}).innerInstructions).toEqual([]);
    expect(run.read().nonce).toBe(0n);
  });

  test('cannot start a run and change its version at once: 6001 of the coordinator, and nothing is kept', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    run.update({ config: sampleConfig(), model: sampleModel() });
    const params = runUpdateParams({ paused: false, client_version: 'v2' });
    const result = stage.send([run.instruction('run_update', params)]);
    expect(codeOf(result)).toBe(6001);
    expect(errorLine(result)).toContain('UpdateConfigNotHalted');
    expect(run.read().state.coordinator.run_state).toBe('Uninitialized');
    run.update({ client_version: 'v2' });
    expect(run.read().state.client_version).toBe('v2');
    run.update({ paused: false });
    run.update({ paused: true, client_version: 'v3' });
    expect(run.read().state.client_version).toBe('v3');
  });

  test('hands text on byte by byte, also where it is no text', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const metadata = { name: 'x', description: '', num_parameters: 1n, vocab_size: 1n };
    const whole = run.instruction('run_update', runUpdateParams({ metadata }));
    const data = whole.data.slice();
    data.fill(0xff, NAME_AT, NAME_AT + 64);
    const { innerInstructions } = stage.land([{ ...whole, data }]);
    const [update] = innerInstructions[0]?.instructions ?? [];
    expect(update?.data.subarray(NAME_AT, NAME_AT + 64)).toEqual(new Uint8Array(64).fill(0xff));
    expect(run.read().state.metadata.num_parameters).toBe(1n);
  });

  test('is for the run’s own authority, instance and account: 2003 on run', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const update = run.instruction('run_update', runUpdateParams({ paused: true }));
    const other = {
      authority: stage.fund(2),
      instance: coordinatorInstanceAddress('plain').address,
      account: testAddress(64),
      authorization: run.owner,
    };
    stage.land([createCoordinatorAccount(other), initInstruction(other, 'plain')]);
    for (const [at, address] of [
      [0, other.authority],
      [2, other.instance],
      [3, other.account],
    ] as const) {
      const result = stage.send([withAccount(update, at, address)]);
      expect(codeOf(result)).toBe(2003);
      expect(errorLine(result)).toContain('caused by account: run. Error Code: ConstraintRaw');
    }
  });

  test.each([
    ['run that does not exist', 1, 3012, testAddress(90)],
    ['run that is a wallet’s', 1, 3007, testAddress(1)],
    ['instance that does not exist', 2, 3012, testAddress(90)],
    ['coordinator account that is a wallet’s', 3, 3007, testAddress(1)],
    ['coordinator program', 4, 3008, testAddress(90)],
  ])('refuses another %s', (_what, at, code, address) => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const update = run.instruction('run_update', runUpdateParams());
    expect(codeOf(stage.send([withAccount(update, at, address)]))).toBe(code);
  });

  test('refuses an account of another version: 2003 on coordinator_account', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const before = stage.accounts.get(run.keys.coordinator_account);
    if (before === undefined) throw new Error('no run');
    const data = before.data.slice();
    data[fieldRange('version').start] = 2;
    stage.accounts.set(run.keys.coordinator_account, { ...before, data });
    const result = stage.send([run.instruction('run_update', runUpdateParams({ paused: true }))]);
    expect(codeOf(result)).toBe(2003);
    expect(errorLine(result)).toContain('caused by account: coordinator_account.');
  });

  test('is the only way in: the run itself never signs for its owner', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const { keys } = run;
    const direct = programInstruction(
      'coordinator',
      'set_paused',
      { paused: true },
      { ...keys, authority: keys.authority },
    );
    const result = stage.send([direct]);
    expect(codeOf(result)).toBe(2003);
    expect(errorLine(result)).toContain('caused by account: coordinator_instance.');
  });

  test('refuses bytes that are no arguments: 102', () => {
    const stage = createStage();
    const run = createRewardedRun(stage);
    const update = run.instruction('run_update', runUpdateParams());
    expect(codeOf(stage.send([{ ...update, data: update.data.with(8, 2) }]))).toBe(102);
    expect(codeOf(stage.send([{ ...update, data: encodeInstruction('coordinator', 'tick', {}) }]))).toBe(101);
  });
});

function setOwner(stage: Stage, address: Address, owner: Address): void {
  const account = stage.accounts.get(address);
  if (account !== undefined) stage.accounts.set(address, { ...account, owner });
}
