import { describe, expect, test } from 'vitest';
import { codeOf, errorLine, setUp, setUpWaiting, withAccount } from '#test/practice/coordinator-steps.ts';
import {
  createCoordinatorAccount,
  initInstruction,
  sampleConfig,
  sampleModel,
  updateArgs,
} from '#test/practice/run-on-stage.ts';
import { testAddress } from '#test/practice/stage.ts';
import { type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '../../rent.ts';

describe('the owner', () => {
  test('alone may change a run: 2003 at the instance for anybody else', () => {
    const { stage, run } = setUp();
    const stranger = stage.fund(80);
    for (const instruction of [
      run.instruction('update', updateArgs()),
      run.instruction('set_paused', { paused: true }),
      run.instruction('update_client_version', { new_version: 'v2' }),
      run.instruction('set_future_epoch_rates', {
        epoch_earning_rate_total_shared: 1n,
        epoch_slashing_rate_per_client: null,
      }),
    ]) {
      const result = stage.send([withAccount(instruction, 0, stranger)]);
      expect(codeOf(result)).toBe(2003);
      expect(errorLine(result)).toContain('caused by account: coordinator_instance');
    }
  });

  test('replaces the parts given and nothing else', () => {
    const { run } = setUp();
    const metadata = { name: 'Atlas', description: 'é'.repeat(140), num_parameters: 7n, vocab_size: 9n };
    run.land('update', updateArgs({ metadata, config: sampleConfig(), model: sampleModel() }));
    run.land('update', updateArgs({ progress: { epoch: 1, step: 4, epoch_start_data_index: 24n } }));
    const { state, nonce } = run.read();
    expect(nonce).toBe(2n);
    expect(state.metadata).toEqual(metadata);
    expect(state.coordinator.config).toEqual(sampleConfig());
    expect(state.coordinator.model).toEqual(sampleModel());
    expect(state.coordinator.progress).toEqual({ epoch: 1, step: 4, epoch_start_data_index: 24n });
  });

  test('counts the nonce up with every change but that of the client version', () => {
    const { run } = setUp();
    const result = run.land('update_client_version', { new_version: 'v2' });
    expect(result.logs).toContain('Program log: new version: v2');
    expect(run.read()).toMatchObject({ nonce: 0n, state: { client_version: 'v2' } });
    run.land('set_future_epoch_rates', { epoch_earning_rate_total_shared: 5n, epoch_slashing_rate_per_client: null });
    expect(run.read()).toMatchObject({
      nonce: 1n,
      state: { clients_state: { future_epoch_rates: { earning_rate_total_shared: 5n, slashing_rate_per_client: 0n } } },
    });
    const long = run.send('update_client_version', { new_version: 'v'.repeat(97) });
    expect(long.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
  });

  test.each([
    ['a configuration no rule allows', 6004, updateArgs({ config: sampleConfig({ epoch_time: 0n }) })],
    ['a model without data to train on', 6005, updateArgs({ model: sampleModel({ max_seq_len: 0 }) })],
    [
      'step 0, with the model’s code',
      6005,
      updateArgs({ progress: { epoch: 0, step: 0, epoch_start_data_index: 0n } }),
    ],
    [
      'a cold start longer than an epoch',
      6004,
      updateArgs({ config: sampleConfig(), model: sampleModel({ cold_start_warmup_steps: 4 }) }),
    ],
  ])('cannot store %s: %i', (_what, code, args) => {
    const { run } = setUp();
    const result = run.send('update', args);
    expect(codeOf(result)).toBe(code);
    expect(run.read().nonce).toBe(0n);
  });

  test('reads in the log why a model was refused, and how long a cold start may be', () => {
    const { run } = setUp();
    const model = run.send('update', updateArgs({ model: sampleModel({ optimizer: 'Dummy' }) }));
    expect(model.logs).toContain('Program log: model check failed: bad optimizer');
    const cold = updateArgs({ config: sampleConfig(), model: sampleModel({ cold_start_warmup_steps: 4 }) });
    expect(run.send('update', cold).logs).toContain(
      'Program log: cold_start_warmup_steps (4) exceeds estimated training rounds per epoch ' +
        '((epoch_time=60 - warmup_time=10) / max_round_train_time=15 = 3)',
    );
    const noConfig = run.send('update', updateArgs({ model: sampleModel({ cold_start_warmup_steps: 1 }) }));
    expect(noConfig.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
  });

  test('starts a run, cannot resume it twice (6018), and pauses it at once while it waits', () => {
    const { run } = setUpWaiting();
    const { state } = run.read();
    expect(state.coordinator).toMatchObject({ run_state: 'WaitingForMembers', progress: { step: 1 } });
    expect(state.clients_state.next_active).toBe(1n);
    expect(codeOf(run.send('set_paused', { paused: false }))).toBe(6018);
    expect(codeOf(run.send('update', updateArgs({ config: sampleConfig() })))).toBe(6001);
    expect(codeOf(run.send('update_client_version', { new_version: 'v2' }))).toBe(6001);
    expect(codeOf(run.send('free_coordinator', { params: {} }))).toBe(6009);
    const paused = run.land('set_paused', { paused: true });
    expect(paused.logs).toContain('Program log: set_paused called: paused=true, state=Waiting for members');
    expect(run.read().state.coordinator.run_state).toBe('Paused');
    expect(codeOf(run.send('set_paused', { paused: true }))).toBe(6015);
  });

  test('hears of a finished run (6000), of no steps left (6015) and of a lost step counter (6006)', () => {
    const { stage, run } = setUp();
    run.land('update', updateArgs({ config: sampleConfig({ total_steps: 1 }), model: sampleModel() }));
    expect(codeOf(run.send('set_paused', { paused: false }))).toBe(6015);
    const account = stage.accounts.get(run.run.account);
    if (account === undefined) throw new Error('no account');
    const withState = (state: number) => {
      stage.accounts.set(run.run.account, { ...account, data: account.data.with(408, state) });
    };
    withState(6);
    expect(codeOf(run.send('update', updateArgs()))).toBe(6000);
    withState(7);
    expect(codeOf(run.send('set_paused', { paused: false }))).toBe(6006);
  });

  test('closes a halted run into another account and can use its id again', () => {
    const { stage, run } = setUp();
    const spill = testAddress(81);
    const lamports = rentExemptMinimum(173) + rentExemptMinimum(119_160);
    const free = run.instruction('free_coordinator', { params: {} });
    const withSpill = (address: Address) => withAccount(free, 1, address);
    expect(codeOf(stage.send([withSpill(run.run.instance)]))).toBe(3011);
    stage.land([withSpill(spill)]);
    expect(stage.accounts.get(spill)).toMatchObject({ lamports, owner: SYSTEM_PROGRAM });
    expect(stage.accounts.has(run.run.account)).toBe(false);
    expect(stage.accounts.has(run.run.instance)).toBe(false);
    stage.land([createCoordinatorAccount(run.run), initInstruction(run.run, 'atlas-7')]);
    expect(run.read().nonce).toBe(0n);
  });
});
