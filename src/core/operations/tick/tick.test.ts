import { expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk } from '#test/practice/rewards-desk.ts';
import { prepareRequest } from '../prepare-request.ts';
import type { TickInput } from './input.ts';

const tick: TickInput = { kind: 'tick', runId: 'atlas-7' };

test('the payer signs alone, whoever owns the run', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: true }));
  const payer = desk.person('somebody');
  desk.fund(payer, 1_000_000_000n);
  const signers = { payer, authority: desk.person('stranger'), joinAuthority: payer };
  const { prepared } = await desk.prepare(tick, signers);
  expect(prepared.checks.filter(({ kind }) => kind === 'fail')).toEqual([]);
  expect(prepared.steps).toMatchObject([{ signers: [{ address: payer, role: 'Fee payer' }] }]);
  expect(await desk.sendNext(tick, signers)).toBeNull();
});

test('says what it would move now, or when', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: true }));
  expect(await desk.warnings(tick)).toEqual([expect.stringContaining('waits for clients')]);
  desk.alter(({ state }) => {
    state.coordinator.run_state = 'RoundTrain';
    state.coordinator.run_state_start_unix_timestamp = desk.chain.time().unixTimestamp;
  });
  expect(await desk.warnings(tick)).toEqual([expect.stringContaining('Training → Witness at 20')]);
  desk.alter(({ state }) => {
    state.coordinator.run_state_start_unix_timestamp -= 100_000n;
  });
  const { prepared } = await desk.prepare(tick, desk.owner);
  expect(prepared.changes).toEqual([{ label: 'State', before: 'Training', after: 'Witness' }]);
  expect(await desk.sendNext(tick, desk.owner)).toBeNull();
  expect(desk.newRun().state.coordinator.run_state).toBe('RoundWitness');
});

test('can be sent without knowing the cluster’s time', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: true }));
  const chain = {
    ...desk.reader,
    readClusterTime: () => Promise.reject(new AppError('network/offline', {})),
  };
  const context = { chain, programs: DEFAULT_PROGRAM_IDS, freshAccount: undefined, ownAccounts: new Set<never>() };
  const { steps, prepared } = await prepareRequest({ operation: tick, signers: desk.owner }, context);
  expect(steps).toHaveLength(1);
  expect(prepared.checks.filter(({ kind }) => kind === 'fail')).toEqual([]);
});
