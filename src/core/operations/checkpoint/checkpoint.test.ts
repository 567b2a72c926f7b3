import { describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import type { Checkpoint } from '#core/layouts/generated/coordinator.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk } from '#test/practice/rewards-desk.ts';
import { CheckpointInput } from './input.ts';

const hub = { kind: 'hub', repository: 'org/new', revision: 'main' } as const;
const gcs = { kind: 'gcs', bucket: 'bucket', prefix: 'p' } as const;
const Hub = { repo_id: 'org/old', revision: null };
const Gcs = { bucket: 'old', prefix: null };

/** A run whose client signs, with this checkpoint. */
async function deskWith(stored: Checkpoint, isHalted = true) {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: !isHalted }));
  const user = desk.person('client');
  desk.fund(user, 1_000_000_000n);
  const id = { signer: addressToBytes(user), p2p_identity: new Uint8Array(32) };
  desk.alter(({ state: { coordinator, clients_state: known } }) => {
    coordinator.model.LLM.checkpoint = stored;
    known.clients = [{ id, _unused: new Uint8Array(8), earned: 0n, slashed: 0n, active: 0n }];
    coordinator.epoch_state.clients = [{ id, state: 'Dropped', exited_height: 0 }];
  });
  return { desk, user };
}

describe.each<[string, Checkpoint]>([
  ['Ephemeral', 'Ephemeral'],
  ['Dummy', { Dummy: Hub }],
  ['Hub', { Hub }],
  ['P2P', { P2P: Hub }],
  ['Gcs', { Gcs }],
  ['P2PGcs', { P2PGcs: Gcs }],
])('over a stored %s', (_kind, stored) => {
  test.each([hub, gcs])('the change shown is the one that happens: $kind', async (repository) => {
    const { desk, user } = await deskWith(stored);
    const input: CheckpointInput = { kind: 'checkpoint', runId: 'atlas-7', user, repository };
    const { prepared } = await desk.prepare(input, desk.owner);
    expect(prepared.checks.filter(({ kind }) => kind === 'fail')).toEqual([]);
    expect(await desk.sendNext(input, desk.owner)).toBeNull();
    const after = desk.newRun().state.coordinator.model.LLM.checkpoint;
    const isIgnored = JSON.stringify(after) === JSON.stringify(stored);
    expect(prepared.changes.length === 0).toBe(isIgnored);
    expect(prepared.checks.some(({ title }) => title === 'Ignored')).toBe(isIgnored);
    const again = await desk.prepare(input, desk.owner);
    expect(again.prepared.changes).toEqual([]);
  });
});

test('wants a client of the epoch, as the chain does', async () => {
  const { desk, user } = await deskWith({ Hub }, false);
  const input: CheckpointInput = { kind: 'checkpoint', runId: 'atlas-7', user, repository: hub };
  expect(await desk.sendNext(input, desk.owner)).toBeNull();
  const stranger: CheckpointInput = { ...input, user: desk.owner.payer };
  expect(await desk.failures(stranger)).toEqual([expect.stringContaining('6007')]);
  expect(await desk.sendNext(stranger, desk.owner)).toEqual({ InstructionError: [0, { Custom: 6007 }] });
  desk.alter(({ state }) => {
    state.coordinator.epoch_state.clients = [];
  });
  expect(await desk.failures(input)).toEqual([expect.stringContaining('not among the 0 clients')]);
  expect(await desk.sendNext(input, desk.owner)).toEqual({ InstructionError: [0, { Custom: 6007 }] });
});

test('refuses a name that is too long instead of cutting it', () => {
  const user = createRewardsDesk().owner.payer;
  const given = (repository: string) =>
    CheckpointInput.safeParse({ kind: 'checkpoint', runId: 'a', user, repository: { kind: 'hub', repository } });
  expect(given('é'.repeat(32)).success).toBe(true);
  expect(given(`${'é'.repeat(32)}x`).success).toBe(false);
});
