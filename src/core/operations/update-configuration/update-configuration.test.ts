import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';
import type { Prepared } from '../prepared.ts';
import type { UpdateConfigurationInput } from './input.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const base = { kind: 'update-configuration', runId: 'atlas-7' } as const;

test('sends only the part that differs and shows each value before and after', async () => {
  const { desk, owner } = await deskWithRun();
  const longer: UpdateConfigurationInput = {
    ...base,
    configText: configText.replace('total_steps = 12000', 'total_steps = 15000'),
  };
  const { prepared, steps } = await desk.prepare(longer, owner);
  expect(prepared.changes).toEqual([{ label: 'config.total_steps', before: '12000', after: '15000' }]);
  // 8 discriminator bytes, no metadata, the configuration's 64 behind its tag, no model, no progress.
  expect(steps[0]?.instructions[0]?.data).toHaveLength(8 + 1 + 1 + 64 + 1 + 1);
  expect(await desk.sendNext(longer, owner)).toBeNull();
  expect(desk.newRun().state.coordinator.config.total_steps).toBe(15_000);
});

test('has nothing to send when the file says what the chain has', async () => {
  const { desk, owner } = await deskWithRun();
  const { prepared } = await desk.prepare({ ...base, configText }, owner);
  expect(prepared.steps).toEqual([]);
  expect(failuresOf(prepared).map(({ title }) => title)).toEqual(['Nothing to send']);
});

test('changes metadata and client version in one transaction', async () => {
  const { desk, owner } = await deskWithRun();
  const metadata = { name: 'Atlas II', description: 'Longer', parameters: 1n, vocabulary: 2n };
  const renamed: UpdateConfigurationInput = { ...base, metadata, clientVersion: 'v2' };
  expect((await desk.prepare(renamed, owner)).prepared.steps).toHaveLength(1);
  expect(await desk.sendNext(renamed, owner)).toBeNull();
  expect(desk.newRun().state).toMatchObject({
    metadata: { name: 'Atlas II', num_parameters: 1n },
    client_version: 'v2',
  });
});

test('says that configuration waits for a pause while metadata does not, as the chain does', async () => {
  const { desk, owner } = await deskWithRun();
  await desk.sendNext({ kind: 'set-paused', runId: 'atlas-7', paused: false }, owner);
  const metadata = { name: 'Atlas III', description: '', parameters: 1n, vocabulary: 2n };
  expect(failuresOf((await desk.prepare({ ...base, metadata }, owner)).prepared)).toEqual([]);
  expect(await desk.sendNext({ ...base, metadata }, owner)).toBeNull();
  const version: UpdateConfigurationInput = { ...base, clientVersion: 'v3' };
  expect(failuresOf((await desk.prepare(version, owner)).prepared)[0]?.reason).toContain('6001');
  expect(await desk.sendNext(version, owner)).toEqual({ InstructionError: [0, { Custom: 6001 }] });
});

async function deskWithRun() {
  const desk = createOperatorDesk();
  const owner = desk.oneOwner();
  const create = createRunInput({ configText });
  await desk.sendNext(create, owner);
  await desk.sendNext(create, owner);
  return { desk, owner };
}

function failuresOf({ checks }: Prepared) {
  return checks.filter(({ kind }) => kind === 'fail');
}
