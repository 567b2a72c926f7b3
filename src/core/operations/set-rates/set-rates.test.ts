import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeInstruction } from '#core/codec/instruction-codec.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import { OperationInput } from '../request.ts';
import type { SetRatesInput } from './input.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const rates = (parts: Partial<SetRatesInput>): SetRatesInput => ({ kind: 'set-rates', runId: 'atlas-7', ...parts });

describe('on a run with rewards', () => {
  test('goes through the treasurer, in tokens and native units, per client and with the runway before and after', async () => {
    const desk = await rewardedDesk(50_000_000n);
    const input = rates({ earning: 4_000_000n, decimals: 6 });
    const { prepared, steps } = await desk.prepare(input, desk.owner);
    expect(await desk.failures(input)).toEqual([]);
    const [instruction] = steps[0]?.instructions ?? [];
    expect(instruction?.programId.toBase58()).toBe(DEFAULT_PROGRAM_IDS.treasurer);
    expect(decodeInstruction('treasurer', new Uint8Array(instruction?.data ?? [])).args['params']).toMatchObject({
      epoch_earning_rate_total_shared: 4_000_000n,
      epoch_slashing_rate_per_client: null,
      paused: null,
    });
    expect(prepared.changes).toEqual([
      {
        label: 'Reward per epoch, shared',
        before: '0 tokens (0 native units)',
        after: '4 tokens (4000000 native units)',
      },
      {
        label: expect.stringMatching(/^Reward per client and epoch, with \d+ clients?, the least that start$/),
        before: '0 tokens (0 native units)',
        after: expect.stringMatching(/tokens/),
      },
      {
        label: 'Treasury lasts',
        before: 'No end: nothing is paid',
        after: expect.stringMatching(/^12 epochs, at least /),
      },
    ]);
    expect(await desk.sendNext(input, desk.owner)).toBeNull();
    expect(desk.newRun().state.clients_state.future_epoch_rates).toEqual({
      earning_rate_total_shared: 4_000_000n,
      slashing_rate_per_client: 0n,
    });
    expect(await desk.failures(input)).toEqual([expect.stringContaining('these rates already')]);
  });

  test('says that an empty treasury covers no epoch, and that a penalty is never applied', async () => {
    const desk = await rewardedDesk(0n);
    const warnings = await desk.warnings(rates({ earning: 1_000_000n, slashing: 5n, decimals: 6 }));
    expect(warnings).toContainEqual(expect.stringMatching(/^Treasury: It does not cover one epoch/));
    expect(warnings).toContainEqual(expect.stringMatching(/^Penalty: .*never applies/));
  });

  test('refuses amounts typed with other decimals than the mint has', async () => {
    const desk = await rewardedDesk(0n);
    expect(await desk.failures(rates({ earning: 1n, decimals: 9 }))).toEqual([expect.stringMatching(/^Decimals/)]);
    expect(await desk.failures(rates({ earning: 1n }))).toEqual([expect.stringMatching(/^Decimals/)]);
  });

  test('wants the owner the treasury names, as the chain does', async () => {
    const desk = await rewardedDesk(0n);
    const stranger = { ...desk.owner, authority: desk.person('stranger') };
    const input = rates({ earning: 1n, decimals: 6 });
    expect(await desk.failures(input, stranger)).toEqual([expect.stringContaining(desk.owner.authority)]);
    expect(await desk.sendNext(input, stranger)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
  });

  test('shows the command with the index when it was chosen by hand, and says when the CLI would round', async () => {
    const desk = createRewardsDesk();
    await desk.carryOut(rewardedRunInput({ treasurerIndex: 7n }, { configText }));
    const { prepared } = await desk.prepare(rates({ earning: 2n ** 63n + 1n, decimals: 6 }), desk.owner);
    const [note, line] = prepared.command.split('\n');
    expect(note).toMatch(/^# run-manager rounds/);
    expect(line).toContain('--treasurer-index 7 --earning-rate-total-shared 9223372036854.775809');
  });
});

describe('on a plain run', () => {
  test('goes through the coordinator: points without tokens, said plainly', async () => {
    const desk = createRewardsDesk();
    await desk.carryOut(createRunInput({ configText }));
    const input = rates({ earning: 9n, slashing: 2n });
    expect(await desk.failures(input)).toEqual([]);
    expect(await desk.warnings(input)).toContainEqual(expect.stringMatching(/^Points without tokens: /));
    const [instruction] = (await desk.prepare(input, desk.owner)).steps[0]?.instructions ?? [];
    expect(decodeInstruction('coordinator', new Uint8Array(instruction?.data ?? []))).toMatchObject({
      name: 'set_future_epoch_rates',
      args: { epoch_earning_rate_total_shared: 9n, epoch_slashing_rate_per_client: 2n },
    });
    expect(await desk.sendNext(input, desk.owner)).toBeNull();
    expect(desk.newRun().state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(9n);
    expect(await desk.failures(rates({ earning: 1n, decimals: 6 }))).toEqual([expect.stringMatching(/^Decimals/)]);
  });

  test('is not taken for one with rewards because somebody sent SOL to the address of a treasury', async () => {
    const desk = createRewardsDesk();
    await desk.carryOut(createRunInput({ configText }));
    desk.fund(desk.treasurerRun, 1_000_000_000n);
    const [instruction] = (await desk.prepare(rates({ earning: 9n }), desk.owner)).steps[0]?.instructions ?? [];
    expect(instruction?.programId.toBase58()).toBe(DEFAULT_PROGRAM_IDS.coordinator);
  });
});

test('an input without any rate, and numbers no u64 holds, are no request', () => {
  const base = { kind: 'set-rates', runId: 'x' };
  for (const earning of ['-1', '1e3', '1,000', '1.5', '18446744073709551616', '', 5]) {
    expect(OperationInput.safeParse({ ...base, earning }).success).toBe(false);
  }
  expect(OperationInput.safeParse(base).success).toBe(false);
  expect(OperationInput.safeParse({ ...base, earning: '18446744073709551615' }).success).toBe(true);
});

async function rewardedDesk(funded: bigint) {
  const desk = createRewardsDesk();
  const topUp = funded === 0n ? {} : { topUp: { upTo: funded, funder: desk.owner.authority } };
  await desk.carryOut(rewardedRunInput(topUp, { configText }));
  return desk;
}
