import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeInstruction } from '#core/codec/instruction-codec.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { updateRewardedRun } from '#core/programs/treasurer.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import { configurationOf } from './configuration-parts.ts';
import type { OperationInput } from './request.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const run = { runId: 'atlas-7' } as const;
const pause: OperationInput = { kind: 'set-paused', ...run, paused: true };
const resume: OperationInput = { kind: 'set-paused', ...run, paused: false };

test('starts, pauses and resumes a run with rewards through the treasurer', async () => {
  const desk = await rewardedDesk();
  for (const [operation, state] of [
    [resume, 'WaitingForMembers'],
    [pause, 'Paused'],
    [resume, 'WaitingForMembers'],
  ] as const) {
    expect(await desk.failures(operation)).toEqual([]);
    expect(await onlyParams(desk, operation)).toEqual({
      ...NOTHING,
      paused: operation === pause,
    });
    expect(await desk.sendNext(operation, desk.owner)).toBeNull();
    expect(desk.newRun().state.coordinator.run_state).toBe(state);
  }
});

test('says beforehand what the chain would refuse through the treasurer too', async () => {
  const desk = await rewardedDesk();
  expect(await desk.failures(pause)).toEqual([expect.stringContaining('6015')]);
  expect(await desk.sendNext(pause, desk.owner)).toEqual({ InstructionError: [0, { Custom: 6015 }] });
  const stranger = { ...desk.owner, authority: desk.person('stranger') };
  expect(await desk.failures(resume, stranger)).toEqual([expect.stringContaining(desk.owner.authority)]);
  expect(await desk.sendNext(resume, stranger)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
  await desk.sendNext(resume, desk.owner);
  const version: OperationInput = { kind: 'update-configuration', ...run, clientVersion: 'v2' };
  expect(await desk.failures(version)).toEqual([expect.stringContaining('6001')]);
  expect(await desk.sendNext(version, desk.owner)).toEqual({ InstructionError: [0, { Custom: 6001 }] });
});

test('updates configuration, metadata and client version, only what differs', async () => {
  const desk = await rewardedDesk();
  const longer = configText.replace('total_steps = 12000', 'total_steps = 15000');
  const update: OperationInput = {
    kind: 'update-configuration',
    ...run,
    configText: longer,
    metadata: { name: 'Atlas II', description: '', parameters: 1n, vocabulary: 2n },
    clientVersion: 'v2',
  };
  expect(await desk.failures(update)).toEqual([]);
  const { steps } = await desk.prepare(update, desk.owner);
  const programs = steps.flatMap(({ instructions }) => instructions.map(({ programId }) => programId.toBase58()));
  expect(new Set(programs)).toEqual(new Set([DEFAULT_PROGRAM_IDS.treasurer]));
  await desk.carryOut(update);
  expect(desk.newRun().state).toMatchObject({
    client_version: 'v2',
    metadata: { name: 'Atlas II' },
    coordinator: { config: configurationOf(longer)?.config },
  });
});

test('resumes an interrupted launch with another client version in an order the program takes', async () => {
  const desk = await rewardedDesk();
  const changed = rewardedRunInput({ earning: 5n }, { configText, start: true, clientVersion: 'v2' });
  const { steps } = await desk.prepare(changed, desk.owner);
  expect(steps[0]?.instructions).toHaveLength(2);
  expect(await desk.sendNext(changed, desk.owner)).toBeNull();
  expect(desk.newRun().state).toMatchObject({ client_version: 'v2', coordinator: { run_state: 'WaitingForMembers' } });

  const together = await rewardedDesk();
  const account = together.person('account of the new run');
  const [step] = (await together.prepare(resume, together.owner)).steps;
  const instance = step?.instructions[0]?.keys[2]?.pubkey.toBase58();
  const place = {
    account,
    instance: instance as never,
    programs: DEFAULT_PROGRAM_IDS,
    treasurerRun: together.treasurerRun,
  };
  const trap = updateRewardedRun(place, together.owner.authority, { paused: false, client_version: 'v2' });
  expect(together.send([trap], together.owner.payer)).toEqual({ InstructionError: [0, { Custom: 6001 }] });
});

test('names the treasurer index in commands when it cannot be derived', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput({ treasurerIndex: 12n }, { configText }));
  expect((await desk.prepare(resume, desk.owner)).prepared.command).toContain('--treasurer-index 12');
  const version: OperationInput = { kind: 'update-configuration', ...run, clientVersion: 'v2' };
  expect((await desk.prepare(version, desk.owner)).prepared.command).toContain('--treasurer-index 12');
});

const NOTHING = {
  metadata: null,
  config: null,
  model: null,
  progress: null,
  epoch_earning_rate_total_shared: null,
  epoch_slashing_rate_per_client: null,
  paused: null,
  client_version: null,
};

async function rewardedDesk() {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput({}, { configText }));
  return desk;
}

/** Arguments of the one instruction an operation plans. */
async function onlyParams(desk: ReturnType<typeof createRewardsDesk>, operation: OperationInput) {
  const { steps } = await desk.prepare(operation, desk.owner);
  const instructions = steps.flatMap((step) => step.instructions);
  expect(instructions).toHaveLength(1);
  return decodeInstruction('treasurer', new Uint8Array(instructions[0]?.data ?? [])).args['params'];
}
