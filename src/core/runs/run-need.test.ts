import { describe, expect, test } from 'vitest';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, RunState } from '#core/layouts/generated/coordinator.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { psycheBytes } from '#test/psyche-files.ts';
import { readiness, type ReadinessFacts } from './readiness.ts';
import { runNeed, type RunNeedFacts } from './run-need.ts';

const START = 1_800_000_000n;

/** A run in a state, with the changes a test is about. */
function accountIn(
  state: RunState,
  change: (account: CoordinatorAccount) => void = () => undefined,
): CoordinatorAccount {
  const account = decodeCoordinatorAccount(psycheBytes('fixtures/mid-training.bin'));
  account.state.coordinator.run_state = state;
  account.state.coordinator.pending_pause = false;
  account.state.coordinator.run_state_start_unix_timestamp = START;
  change(account);
  return account;
}

function needOf(account: CoordinatorAccount, parts: Partial<RunNeedFacts> = {}) {
  return runNeed({
    runId: 'atlas',
    account,
    clusterTime: Number(START),
    admission: 'anyone',
    treasury: undefined,
    isOwner: true,
    ...parts,
  });
}

function rewarded(parts: Partial<Extract<RunTreasury, { kind: 'rewarded' }>>): RunTreasury {
  const share = { earning: 10n, slashing: 0n, perClient: 5n, lost: 0n };
  // Only what is read here is filled in.
  return {
    kind: 'rewarded',
    missing: 0n,
    surplus: 0n,
    future: share,
    runwayFuture: { epochs: 0n, seconds: 0n },
    ...parts,
  } as RunTreasury;
}

describe('what a run waits for', () => {
  test('a new run without a configuration asks for one', () => {
    const account = accountIn('Uninitialized', ({ state }) => {
      state.coordinator.config.total_steps = 0;
      state.coordinator.config.epoch_time = 0n;
    });
    expect(needOf(account).action?.place).toEqual({ kind: 'update-configuration', runId: 'atlas' });
  });

  test('a configuration that breaks a rule is named before starting is offered', () => {
    const account = accountIn('Uninitialized', ({ state }) => {
      state.coordinator.config.cooldown_time = 0n;
    });
    const need = needOf(account);
    expect(need.detail).toContain('cooldown_time is 0');
    expect(need.action?.place.kind).toBe('update-configuration');
  });

  test('a valid new run can be started, by its owner only', () => {
    expect(needOf(accountIn('Uninitialized')).action?.place).toEqual({
      kind: 'set-paused',
      runId: 'atlas',
      paused: false,
    });
    expect(needOf(accountIn('Uninitialized'), { isOwner: false }).action).toBeUndefined();
  });

  test('a paused run at its last step is not offered to be resumed', () => {
    const account = accountIn('Paused', ({ state }) => {
      state.coordinator.progress.step = state.coordinator.config.total_steps;
    });
    expect(needOf(account).action?.place.kind).toBe('update-configuration');
  });

  test('missing clients are counted against the configured minimum', () => {
    const account = accountIn('WaitingForMembers', ({ state }) => {
      state.clients_state.clients = [];
      state.coordinator.config.init_min_clients = 4;
    });
    expect(needOf(account).sentence).toBe('It waits for clients: 0 of 4 have joined');
    expect(needOf(account, { admission: 'nobody' }).sentence).toBe('Nobody may join it');
    expect(needOf(account, { admission: 'nobody' }).action?.place.kind).toBe('who-may-join');
  });

  test('a list of clients that is full is said, because letting more in would not help', () => {
    const account = accountIn('WaitingForMembers', ({ state }) => {
      state.clients_state.next_active += 1n;
      state.coordinator.config.global_batch_size_end = state.clients_state.clients.length;
      state.coordinator.config.init_min_clients = 1;
    });
    const need = needOf(account, { admission: 'nobody' });
    expect(need.detail).toContain('global_batch_size_end');
    expect(need.action?.place).toEqual({ kind: 'set-paused', runId: 'atlas', paused: true });
  });

  test('a run whose time is long up asks anybody to tick', () => {
    const account = accountIn('Cooldown');
    const over = Number(START) + Number(account.state.coordinator.config.cooldown_time);
    expect(needOf(account, { clusterTime: over + 60, isOwner: false }).action?.place.kind).toBe('tick');
    expect(needOf(account, { clusterTime: over - 1 }).action).toBeUndefined();
  });

  test('a pending pause is said to be final', () => {
    const account = accountIn('RoundTrain', ({ state }) => {
      state.coordinator.pending_pause = true;
    });
    expect(needOf(account).detail).toContain('cannot be taken back');
  });

  test('a running run with an empty treasury asks for a top-up', () => {
    const need = needOf(accountIn('RoundTrain'), { treasury: rewarded({}) });
    expect(need.sentence).toContain('treasury is empty');
    expect(need.action?.place.kind).toBe('top-up');
    expect(
      needOf(accountIn('RoundTrain'), { treasury: rewarded({ runwayFuture: { epochs: 3n } }) }).action,
    ).toBeUndefined();
  });

  test('only a finished run without rewards can be closed', () => {
    expect(needOf(accountIn('Finished')).action?.place.kind).toBe('close-run');
    expect(needOf(accountIn('Finished'), { treasury: rewarded({}) }).action).toBeUndefined();
  });
});

describe('before the first start', () => {
  function linesOf(parts: Partial<ReadinessFacts>) {
    const lines = readiness({
      runId: 'atlas',
      account: accountIn('Uninitialized'),
      admission: 'anyone',
      treasury: undefined,
      ownerSigns: true,
      payerLamports: 1n,
      ...parts,
    });
    return Object.fromEntries(lines.map(({ title, kind }) => [title, kind]));
  }

  test('everything in place passes', () => {
    expect(linesOf({})).toEqual({
      Configuration: 'pass',
      'Who may join': 'pass',
      'Main authority': 'pass',
      'Fee payer': 'pass',
    });
  });

  test('what would stop the start fails, what would only disappoint warns', () => {
    expect(linesOf({ ownerSigns: false, payerLamports: 0n, admission: 'nobody', treasury: rewarded({}) })).toEqual({
      Configuration: 'pass',
      'Who may join': 'warn',
      'Main authority': 'fail',
      'Fee payer': 'fail',
      Treasury: 'warn',
    });
  });
});
