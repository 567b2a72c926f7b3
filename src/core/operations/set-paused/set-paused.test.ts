import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { Prepared } from '../prepared.ts';
import type { SetPausedInput } from './input.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const pause: SetPausedInput = { kind: 'set-paused', runId: 'atlas-7', paused: true };
const resume: SetPausedInput = { ...pause, paused: false };

test('starts a configured run, pauses it at once while it waits, and resumes it', async () => {
  const { desk, owner } = await deskWithRun();
  expect((await desk.prepare(resume, owner)).prepared.steps[0]?.title).toBe('Start run “atlas-7”');
  for (const [operation, state] of [
    [resume, 'WaitingForMembers'],
    [pause, 'Paused'],
    [resume, 'WaitingForMembers'],
  ] as const) {
    const { prepared } = await desk.prepare(operation, owner);
    expect(failuresOf(prepared)).toEqual([]);
    expect(await desk.sendNext(operation, owner)).toBeNull();
    expect(desk.newRun().state.coordinator.run_state).toBe(state);
  }
});

test('says beforehand what the chain would refuse: a pause of what does not run, a second start, a start without configuration', async () => {
  const { desk, owner } = await deskWithRun();
  expect(await refusal(desk, pause, owner)).toContain('6015');
  expect(await desk.sendNext(pause, owner)).toEqual({ InstructionError: [0, { Custom: 6015 }] });
  await desk.sendNext(resume, owner);
  expect(await refusal(desk, resume, owner)).toContain('6018');
  expect(await desk.sendNext(resume, owner)).toEqual({ InstructionError: [0, { Custom: 6018 }] });

  const empty = createOperatorDesk();
  const other = empty.oneOwner();
  await empty.sendNext(createRunInput(), other);
  expect(await refusal(empty, resume, other)).toContain('6004');
  expect(await empty.sendNext(resume, other)).toEqual({ InstructionError: [0, { Custom: 6004 }] });
});

test('wants the main authority, whoever pays', async () => {
  const { desk, owner } = await deskWithRun();
  const stranger = { ...owner, authority: desk.person('stranger') };
  expect(await refusal(desk, resume, stranger)).toContain(owner.authority);
  expect(await desk.sendNext(resume, stranger)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
});

test('throws run/not-found for an id nobody has', async () => {
  const desk = createOperatorDesk();
  await expect(desk.prepare(resume, desk.oneOwner())).rejects.toMatchObject({ code: 'run/not-found' });
});

async function deskWithRun() {
  const desk = createOperatorDesk();
  const owner = desk.oneOwner();
  const create = createRunInput({ configText });
  await desk.sendNext(create, owner);
  await desk.sendNext(create, owner);
  return { desk, owner };
}

async function refusal(
  desk: ReturnType<typeof createOperatorDesk>,
  operation: SetPausedInput,
  signers: ReturnType<typeof desk.oneOwner>,
) {
  return failuresOf((await desk.prepare(operation, signers)).prepared)[0]?.reason;
}

function failuresOf({ checks }: Prepared) {
  return checks.filter(({ kind }) => kind === 'fail');
}

test.each([createRunInput({ configText }), rewardedRunInput({}, { configText })])(
  'names the rule that a resume meets first, as the chain does',
  async (creation) => {
    const desk = createRewardsDesk();
    await desk.carryOut(creation);
    const account = desk.person('account of the new run');
    const created = desk.chain.account(account)?.data.slice() ?? new Uint8Array();
    const cases: readonly (readonly [number, (value: CoordinatorAccount['state']['coordinator']) => void])[] = [
      [6004, ({ config }) => Object.assign(config, { cooldown_time: 0n })],
      [6005, ({ model }) => Object.assign(model.LLM, { max_seq_len: 0 })],
      [6004, ({ model }) => Object.assign(model.LLM, { cold_start_warmup_steps: 4_000_000_000 })],
      [6006, ({ progress }) => Object.assign(progress, { step: 0 })],
      [6015, ({ progress, config }) => Object.assign(progress, { step: config.total_steps })],
      [6004, (value) => Object.assign(value.config, { min_clients: 0 }) && Object.assign(value.progress, { step: 0 })],
    ];
    for (const [code, change] of cases) {
      desk.poke(account, () => created);
      desk.alter(({ state: { coordinator } }) => {
        coordinator.run_state = 'Paused';
        coordinator.progress.step = 5;
        change(coordinator);
      });
      expect((await desk.failures(resume))[0]).toContain(String(code));
      expect(await desk.sendNext(resume, desk.owner)).toEqual({ InstructionError: [0, { Custom: code }] });
    }
  },
);

test('tells who must join again, that a pause on the last step ends it, and offers the button that helps', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: true }));
  const client = { signer: new Uint8Array(32).fill(9), p2p_identity: new Uint8Array(32) };
  desk.alter(({ state: { coordinator } }) => {
    coordinator.run_state = 'RoundTrain';
    coordinator.progress.step = coordinator.config.total_steps - 1;
    coordinator.epoch_state.clients = [{ id: client, state: 'Healthy', exited_height: 0 }];
  });
  const { prepared } = await desk.prepare(pause, desk.owner);
  expect(prepared.consequences).toContainEqual({ about: 'people', text: '1 client must join again after a resume' });
  expect(await desk.warnings(pause)).toContainEqual(expect.stringContaining('instead of Finished'));
  expect(await desk.sendNext(pause, desk.owner)).toBeNull();
  expect(await desk.warnings(pause)).toEqual([expect.stringContaining('pending already')]);
  const failed = (await desk.prepare(resume, desk.owner)).prepared.checks.find(({ kind }) => kind === 'fail');
  expect(failed).toMatchObject({
    reason: expect.stringContaining('cannot be taken back') as string,
    action: { place: { kind: 'run', runId: 'atlas-7' } },
  });
});
