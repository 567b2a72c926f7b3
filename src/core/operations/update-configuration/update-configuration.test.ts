import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { restartDataIndex } from '#core/config/schedules.ts';
import type { Checkpoint } from '#core/layouts/generated/coordinator.ts';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import { configurationOf } from '../configuration-parts.ts';
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

test('restarts from a step at the data index that the new configuration gives', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText }));
  const smaller = configText.replace(/global_batch_size_start = \d+/, 'global_batch_size_start = 2');
  const { config, model } = configurationOf(smaller) ?? desk.newRun().state.coordinator;
  const restart: UpdateConfigurationInput = { ...base, configText: smaller, restartFromStep: 900 };
  desk.alter(({ state }) => {
    state.coordinator.run_state = 'Paused';
    state.coordinator.progress = { epoch: 3, step: 1000, epoch_start_data_index: 5n };
  });
  const { prepared, steps } = await desk.prepare(restart, desk.owner);
  expect(failuresOf(prepared)).toEqual([]);
  expect(steps).toHaveLength(1);
  const index = restartDataIndex(config, model.LLM.max_seq_len, 900);
  expect(index).toBeGreaterThan(0n);
  expect(prepared.changes.slice(-2)).toEqual([
    { label: 'progress.step', before: '1000', after: '900' },
    { label: 'progress.epoch_start_data_index', before: '5', after: String(index) },
  ]);
  expect(await desk.sendNext(restart, desk.owner)).toBeNull();
  expect(desk.newRun().state.coordinator.progress).toEqual({ epoch: 3, step: 900, epoch_start_data_index: index });
});

test('warns that a restart before the first start is lost, and what becomes of it', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText }));
  expect(await desk.warnings({ ...base, restartFromStep: 900 })).toContainEqual(
    expect.stringContaining('would be lost'),
  );
  await desk.sendNext({ ...base, restartFromStep: 900 }, desk.owner);
  const start = { kind: 'set-paused', runId: 'atlas-7', paused: false } as const;
  expect(await desk.warnings(start)).toContainEqual(expect.stringContaining('900 is lost'));
  expect(await desk.sendNext(start, desk.owner)).toBeNull();
  expect(desk.newRun().state.coordinator.progress.step).toBe(1);
});

test.each<[Checkpoint, Checkpoint]>([
  [{ P2P: { repo_id: 'a/b', revision: 'r' } }, { Hub: { repo_id: 'a/b', revision: 'r' } }],
  [{ Dummy: { repo_id: 'a/b', revision: null } }, { Hub: { repo_id: 'a/b', revision: null } }],
  [{ P2PGcs: { bucket: 'b', prefix: null } }, { P2PGcs: { bucket: 'b', prefix: null } }],
])('switches %j to the Hub as far as it names a repository', async (stored, wanted) => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText }));
  desk.alter(({ state }) => {
    state.coordinator.model.LLM.checkpoint = stored;
  });
  const input: UpdateConfigurationInput = { ...base, switchToHub: true };
  expect(await desk.failures(input)).toEqual([]);
  expect((await desk.warnings(input)).some((text) => text.startsWith('Hub'))).toBe('P2PGcs' in Object(stored));
  expect(await desk.sendNext(input, desk.owner)).toBeNull();
  expect(desk.newRun().state.coordinator.model.LLM.checkpoint).toEqual(wanted);
});

test('knows that a model without a configuration makes the program divide by zero', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  desk.alter(({ state }) => {
    state.coordinator.model.LLM = {
      ...state.coordinator.model.LLM,
      max_seq_len: 8,
      checkpoint: { P2P: { repo_id: 'a/b', revision: null } },
      optimizer: { AdamW: { betas: [0, 0], weight_decay: 0, eps: 0, clip_grad_norm: null } },
      cold_start_warmup_steps: 1,
    };
  });
  const input: UpdateConfigurationInput = { ...base, switchToHub: true };
  expect(await desk.failures(input)).toEqual([expect.stringContaining('ProgramFailedToComplete')]);
  expect(await desk.sendNext(input, desk.owner)).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
});

test('says which broken rule the chain would answer with, only for what is sent', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText }));
  for (const [from, to, code] of [
    [/cooldown_time = \d+/, 'cooldown_time = 0', 6004],
    [/max_seq_len = \d+/, 'max_seq_len = 0', 6005],
    [/cold_start_warmup_steps = \d+/, 'cold_start_warmup_steps = 4000000000', 6004],
  ] as const) {
    const input: UpdateConfigurationInput = { ...base, configText: configText.replace(from, to) };
    expect(await desk.failures(input)).toEqual([expect.stringContaining(String(code))]);
    expect(await desk.sendNext(input, desk.owner)).toEqual({ InstructionError: [0, { Custom: code }] });
  }
});

test('warns when the batch size meets or passes the clients already known', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText }));
  const changed = configText.replace(/global_batch_size_end = \d+/, 'global_batch_size_end = 200');
  const warnings = async (known: number) => {
    desk.alter(({ state }) => {
      state.clients_state.clients = Array.from({ length: known }, (_, seed) => ({
        id: { signer: new Uint8Array(32).fill(seed), p2p_identity: new Uint8Array(32) },
        _unused: new Uint8Array(8),
        earned: 0n,
        slashed: 0n,
        active: 0n,
      }));
    });
    const all = await desk.warnings({ ...base, configText: changed });
    return all.filter((text) => text.startsWith('Room for clients'));
  };
  expect(await warnings(199)).toEqual([]);
  expect(await warnings(200)).toEqual([expect.stringContaining('6022')]);
  expect(await warnings(201)).toEqual([expect.stringContaining('up to 256')]);
});

test('splits a plan that does not fit: texts first, the rest together', async () => {
  for (const creation of [createRunInput(), rewardedRunInput()]) {
    const desk = createRewardsDesk();
    await desk.carryOut(creation);
    const metadata = { name: 'n'.repeat(64), description: 'd'.repeat(280), parameters: 1n, vocabulary: 2n };
    const long = 'x'.repeat(300);
    const everything: UpdateConfigurationInput = {
      ...base,
      metadata,
      configText: configText
        .replace(/repo_id = .*/, `repo_id = "${long}"\nrevision = "${long}"`)
        .replace(/bucket_name = .*/, `bucket_name = "${long}"`)
        .replace(/filter_directory = .*/, `filter_directory = "${long}"`)
        .replace(/shuffle = .*/, `shuffle = { Seeded = [${Array(32).fill(1).join(', ')}] }`),
      clientVersion: 'v'.repeat(96),
      restartFromStep: 7,
    };
    const { prepared, steps } = await desk.prepare(everything, desk.owner);
    expect(failuresOf(prepared)).toEqual([]);
    expect(steps.map(({ title }) => title)).toEqual([
      'Update metadata',
      'Update configuration, model, progress and client version',
    ]);
    expect(Math.max(...prepared.steps.map(({ sizeBytes }) => sizeBytes))).toBeLessThanOrEqual(1232);
    for (const { sizeBytes, parts } of prepared.steps) {
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sizeBytes);
    }
    expect(await desk.carryOut(everything)).toBe(2);
    expect(desk.newRun().state).toMatchObject({
      metadata: { name: metadata.name },
      client_version: everything.clientVersion,
      coordinator: { progress: { step: 7 } },
    });
  }
});
