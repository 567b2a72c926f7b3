import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunState } from '#core/layouts/generated/coordinator.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { OperationInput } from './request.ts';

/** Every operation on a run, in every state, on both routes: what fails here fails there with the code that is named. */
const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const run = { runId: 'atlas-7' } as const;
const client = createRewardsDesk().person('client');
const metadata = { name: 'Atlas II', description: '', parameters: 1n, vocabulary: 2n };
const update = { kind: 'update-configuration', ...run } as const;

const operations: Readonly<Record<string, OperationInput>> = {
  pause: { kind: 'set-paused', ...run, paused: true },
  resume: { kind: 'set-paused', ...run, paused: false },
  tick: { kind: 'tick', ...run },
  checkpoint: { kind: 'checkpoint', ...run, user: client, repository: { kind: 'hub', repository: 'org/new' } },
  metadata: { ...update, metadata },
  configuration: { ...update, configText: configText.replace('total_steps = 12000', 'total_steps = 15000') },
  'zero step': { ...update, restartFromStep: 0 },
  restart: { ...update, restartFromStep: 7 },
  hub: { ...update, switchToHub: true },
  version: { ...update, clientVersion: 'v2' },
  // Last: after it there is no run.
  close: { kind: 'close-run', ...run },
};

const STATES: readonly RunState[] = [
  'Uninitialized',
  'WaitingForMembers',
  'Warmup',
  'RoundTrain',
  'RoundWitness',
  'Cooldown',
  'Finished',
  'Paused',
];

/** The code an operation's first failing check names; `null` when none fails, `''` when it names none. */
async function predicted(desk: ReturnType<typeof createRewardsDesk>, operation: OperationInput) {
  const [first] = await desk.failures(operation);
  if (first === undefined) return null;
  return /(\d{4})\)/.exec(first)?.[1] ?? '';
}

async function actual(desk: ReturnType<typeof createRewardsDesk>, operation: OperationInput) {
  const error = await desk.sendNext(operation, desk.owner);
  if (error === null) return null;
  return /"Custom":(\d+)/.exec(JSON.stringify(error))?.[1] ?? JSON.stringify(error);
}

describe.each([
  ['a plain run', createRunInput({ configText })],
  ['a run with rewards', rewardedRunInput({}, { configText })],
])('%s', (_route, creation) => {
  test.each(STATES)('in the state %s', async (state) => {
    const desk = createRewardsDesk();
    await desk.carryOut(creation);
    const account = desk.person('account of the new run');
    const created = desk.chain.account(account)?.data.slice() ?? new Uint8Array();
    const user = { signer: addressToBytes(desk.person('client')), p2p_identity: new Uint8Array(32) };
    for (const [name, operation] of Object.entries(operations)) {
      desk.poke(account, () => created);
      desk.alter(({ state: { coordinator, clients_state: known } }) => {
        coordinator.run_state = state;
        coordinator.progress.step = 3;
        const common = { id: user, earned: 0n, slashed: 0n, active: known.next_active };
        known.clients = [{ ...common, _unused: new Uint8Array(8) }];
        coordinator.epoch_state.clients = [{ id: user, state: 'Healthy', exited_height: 0 }];
      });
      const code = await predicted(desk, operation);
      expect([name, code]).toEqual([name, await actual(desk, operation)]);
    }
  });

  test('a stranger is refused everything but a tick', async () => {
    const desk = createRewardsDesk();
    await desk.carryOut(creation);
    await desk.sendNext({ kind: 'set-paused', ...run, paused: false }, desk.owner);
    desk.person('client');
    for (const [name, operation] of Object.entries(operations)) {
      const stranger = { ...desk.owner, authority: desk.person('stranger') };
      const failures = await desk.failures(operation, stranger);
      const error = await desk.sendNext(operation, stranger);
      expect([name, failures.length === 0]).toEqual([name, error === null]);
    }
  });
});
