import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';
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
