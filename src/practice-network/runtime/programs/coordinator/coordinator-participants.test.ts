import { describe, expect, test } from 'vitest';
import {
  codeOf,
  errorLine,
  setUp,
  setUpWaiting,
  setUpTraining,
  join,
  joinArgs,
  witnessArgs,
  warmupArgs,
  validProof,
  withAccount,
  healthArgs,
} from '#test/practice/coordinator-steps.ts';
import { sampleConfig, updateArgs } from '#test/practice/run-on-stage.ts';
import { testAddress } from '#test/practice/stage.ts';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { selectCommittees } from './state-machine/committee-selection.ts';

describe('participants', () => {
  test('join only with a valid authorization: 2003, 3012, 3007', () => {
    const { stage, run } = setUpWaiting();
    const user = stage.fund(90);
    const instruction = run.instruction('join_run', joinArgs(user), user);
    expect(codeOf(stage.send([withAccount(instruction, 1, testAddress(91))]))).toBe(3012);
    const genuine = stage.accounts.get(run.run.authorization);
    if (genuine === undefined) throw new Error('no authorization');
    stage.accounts.set(testAddress(92), { ...genuine, owner: TOKEN_PROGRAM });
    expect(codeOf(stage.send([withAccount(instruction, 1, testAddress(92))]))).toBe(3007);
    const everybody = {
      bump: 255,
      grantor: addressToBytes(run.run.authority),
      grantee: addressToBytes(SYSTEM_PROGRAM),
      scope: new TextEncoder().encode('CoordinatorJoinRun'),
      active: true,
      delegates: [],
      grantor_update_unix_timestamp: 0n,
    };
    const cases: [Partial<typeof everybody> & { delegates?: Uint8Array[] }, boolean][] = [
      [{}, true],
      [{ active: false }, false],
      [{ grantor: addressToBytes(user) }, false],
      [{ scope: new Uint8Array(3) }, false],
      [{ grantee: addressToBytes(testAddress(1)) }, false],
      [{ grantee: addressToBytes(user) }, true],
    ];
    for (const [change, isAllowed] of cases) {
      const data = encodeAccount('authorizer', 'Authorization', { ...everybody, ...change });
      stage.accounts.set(run.run.authorization, { ...genuine, data });
      const result = stage.send([instruction]);
      if (isAllowed) expect(result.err).toBeNull();
      else {
        expect(codeOf(result)).toBe(2003);
        expect(errorLine(result)).toContain('caused by account: authorization');
      }
    }
    const delegated = encodeAccount('authorizer', 'Authorization', {
      ...everybody,
      grantee: addressToBytes(testAddress(1)),
      delegates: [addressToBytes(user)],
    });
    stage.accounts.set(run.run.authorization, { ...genuine, data: delegated });
    expect(stage.send([instruction]).err).toBeNull();
  });

  test('join as themselves (6008), before any configuration never (6022), and not beyond the batches (6022)', () => {
    const { stage, run } = setUp();
    const user = stage.fund(90);
    expect(codeOf(run.send('join_run', joinArgs(testAddress(91)), user))).toBe(6008);
    expect(codeOf(run.send('join_run', joinArgs(user), user))).toBe(6022);
    run.land('update', updateArgs({ config: sampleConfig({ global_batch_size_start: 1, global_batch_size_end: 1 }) }));
    const first = run.land('join_run', joinArgs(user), user);
    expect(first.logs.some((line) => /New client [0-9a-f]{8} joined, 1 total clients$/u.test(line))).toBe(true);
    const again = run.land('join_run', joinArgs(user), user);
    expect(again.logs.some((line) => /Existing client [0-9a-f]{8} re-joined$/u.test(line))).toBe(true);
    const second = stage.fund(91);
    expect(codeOf(run.send('join_run', joinArgs(second), second))).toBe(6022);
  });

  test('find the list full after 256 wallets: 6003', () => {
    const { stage, run } = setUp();
    run.land('update', updateArgs({ config: sampleConfig({ global_batch_size_end: 1000 }) }));
    for (let seed = 0; seed < 256; seed += 1) join(stage, run, 1000 + seed);
    const late = stage.fund(2000);
    expect(codeOf(run.send('join_run', joinArgs(late), late))).toBe(6003);
    expect(run.read().state.clients_state.clients).toHaveLength(256);
  });

  test('cannot tick, report or check while the run is halted: 6015', () => {
    const { stage, run } = setUp();
    expect(codeOf(run.send('tick', {}))).toBe(6015);
    run.land('update', updateArgs({ config: sampleConfig() }));
    const user = join(stage, run, 90);
    const proof = { position: 0n, index: 0n, witness: true };
    expect(codeOf(run.send('witness', witnessArgs(proof), user))).toBe(6015);
    expect(codeOf(run.send('warmup_witness', warmupArgs(proof), user))).toBe(6015);
    const check = healthArgs(user, 0n, 0n);
    expect(codeOf(run.send('health_check', check, user))).toBe(6015);
  });

  test('who are strangers are told so: 6007', () => {
    const { stage, run } = setUpTraining(1);
    const stranger = stage.fund(90);
    const proof = { position: 0n, index: 0n, witness: true };
    expect(codeOf(run.send('witness', witnessArgs(proof), stranger))).toBe(6007);
    expect(codeOf(run.send('warmup_witness', warmupArgs(proof), stranger))).toBe(6007);
    expect(codeOf(run.send('health_check', healthArgs(stranger, 0n, 0n), stranger))).toBe(6007);
    expect(codeOf(run.send('checkpoint', { repo: 'Ephemeral' }, stranger))).toBe(6007);
  });

  test('report once, in training, with their own proof: 6012, 6011, 6013', () => {
    const { stage, run } = setUpWaiting();
    const early = join(stage, run, 200);
    expect(codeOf(run.send('witness', witnessArgs({ position: 0n, index: 0n, witness: true }), early))).toBe(6012);
    expect(codeOf(run.send('warmup_witness', warmupArgs({ position: 0n, index: 0n, witness: true }), early))).toBe(
      6012,
    );
    const { run: training, users } = setUpTraining(3);
    const [first] = users;
    const proof = validProof(training, 0);
    expect(codeOf(training.send('witness', witnessArgs({ ...proof, position: 77n }), first))).toBe(6011);
    expect(codeOf(training.send('witness', witnessArgs({ ...proof, witness: false }), first))).toBe(6011);
    expect(codeOf(training.send('witness', witnessArgs(validProof(training, 1)), first))).toBe(6011);
    const landed = training.land('witness', witnessArgs(proof), first);
    expect(landed.logs).toContain('Program log: Pre-tick run state: Training');
    expect(codeOf(training.send('witness', witnessArgs(proof), first))).toBe(6013);
    const stored = training.read().state.coordinator.epoch_state.rounds[0]?.witnesses;
    expect(stored?.map((witness) => witness.proof)).toEqual([proof]);
  });

  test('end training early when all of them have reported', () => {
    const { run, users } = setUpTraining(2);
    for (const [index, user] of users.entries()) run.land('witness', witnessArgs(validProof(run, index)), user);
    expect(run.read().state.coordinator.run_state).toBe('RoundWitness');
  });

  test('cannot be chosen when there are fewer than witnesses wanted, or more than all would verify: 6020', () => {
    const many = setUpTraining(1, sampleConfig({ verification_percent: 101 }));
    const proof = { position: 0n, index: 0n, witness: true };
    expect(codeOf(many.run.send('witness', witnessArgs(proof), many.users[0]))).toBe(6020);
  });

  test('find no room for a 33rd report: 6017', () => {
    const { stage, run } = setUpWaiting(sampleConfig({ warmup_time: 50n }));
    const users = Array.from({ length: 34 }, (_, index) => join(stage, run, 200 + index));
    run.wait(5n);
    run.land('tick', {});
    expect(run.read().state.coordinator.run_state).toBe('Warmup');
    // Reports of the warm-up count by index, not by sender: 32 of them naming the last client fill the round.
    const account = stage.accounts.get(run.run.account);
    if (account === undefined) throw new Error('no account');
    const data = account.data.slice();
    const view = new DataView(data.buffer);
    for (let slot = 0; slot < 32; slot += 1) view.setBigUint64(1048 + slot * 440 + 8, 33n, true);
    view.setBigUint64(15_128, 32n, true);
    stage.accounts.set(run.run.account, { ...account, data });
    const late = { position: 0n, index: 0n, witness: true };
    expect(codeOf(run.send('warmup_witness', warmupArgs(late), users[0]))).toBe(6017);
    expect(codeOf(run.send('warmup_witness', warmupArgs(late), users[33]))).toBe(6013);
  });

  test('report others only after two rounds (6014), with a valid proof (6021), and drop who did nothing', () => {
    const { run, users } = setUpTraining(3, sampleConfig({ epoch_time: 1000n }));
    const [first, second] = users;
    if (first === undefined || second === undefined) throw new Error('no users');
    expect(codeOf(run.send('health_check', healthArgs(second, 0n, 1n), first))).toBe(6014);
    for (let round = 0; round < 2; round += 1) {
      for (const [index, user] of users.entries()) run.land('witness', witnessArgs(validProof(run, index)), user);
      run.wait(6n);
      run.land('tick', {});
    }
    const { epoch_state: epoch, config } = run.read().state.coordinator;
    expect(epoch.rounds[epoch.rounds_head]?.height).toBe(2);
    const previous = epoch.rounds[epoch.rounds_head - 1];
    if (previous === undefined) throw new Error('no previous round');
    const selection = selectCommittees(previous, config);
    const position = [0n, 1n, 2n].find((each) =>
      selection.isCommitteeProofValid({ committee: 'Trainer', position: each, index: 1n }),
    );
    if (position === undefined) throw new Error('no proof fits');
    expect(codeOf(run.send('health_check', healthArgs(second, position + 1n, 1n), first))).toBe(6021);
    expect(codeOf(run.send('health_check', healthArgs(first, position, 1n), first))).toBe(6021);
    expect(codeOf(run.send('health_check', healthArgs(second, position, 9n), first))).toBe(6021);
    const verifier = run.send('health_check', { ...healthArgs(second, position, 1n), committee: 'Verifier' }, first);
    expect(codeOf(verifier)).toBe(6021);
    run.land('health_check', healthArgs(second, position, 1n), first);
    expect(run.read().state.coordinator.epoch_state.clients.map(({ state }) => state)).toEqual([
      'Healthy',
      'Dropped',
      'Healthy',
    ]);
  });

  test('record a checkpoint also while the run is halted, without a tick', () => {
    const { run, users } = setUpTraining(1);
    const repo = { Hub: { repo_id: 'org/saved', revision: 'abc' } };
    run.land('checkpoint', { repo }, users[0]);
    expect(run.read().state.coordinator.model.LLM.checkpoint).toEqual(repo);
    run.land('set_paused', { paused: true });
    for (const seconds of [20n, 10n, 30n]) {
      run.wait(seconds);
      run.land('tick', {});
    }
    expect(run.read().state.coordinator.run_state).toBe('Paused');
  });
});
