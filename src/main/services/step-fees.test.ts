import { base64 } from '@scure/base';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PRACTICE_PROFILE_ID } from '#core/networks/built-in-profiles.ts';
import { DEFAULT_FEE_POLICY, type FeePolicy } from '#core/networks/fee-policy.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import { exchangesOf } from '#test/exchanges.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator } from '#test/main/practice-operator.ts';
import { feesFor } from './step-fees.ts';
import type { Trial } from './trial.ts';

const TOKEN = 1_000_000n;
const FIXED: FeePolicy = { kind: 'fixed', microLamports: 123_457 };

const folder = mainFolder();
afterEach(() => void vi.restoreAllMocks());

/** A person at a practice network whose transactions bid by a policy. */
async function practising(fees: FeePolicy | undefined) {
  const main = await folder.start();
  const operator = await practiceOperator(main);
  const { connections } = operator.services;
  const profile = connections.list().profiles.find(({ id }) => id === PRACTICE_PROFILE_ID);
  if (!profile) throw new Error('no practice profile');
  if (fees) {
    await connections.save({ ...profile, fees });
    await vi.waitFor(() => expect(connections.current().profile.fees).toEqual(fees), 10_000);
  }
  /** Reviews the next transaction of a plan, signs it, and looks at what it took. */
  async function carryOutNext(plan: Awaited<ReturnType<typeof operator.services.plans.begin>>) {
    const next = await operator.services.reviews.reviewNext(plan);
    if (!next) return undefined;
    const { shown, message } = next;
    expect({ reason: shown.simulation.reason, blocked: shown.blocked }).toEqual({ reason: '', blocked: '' });
    const { transactionId } = await operator.services.approvals.approve(approvalOf(shown));
    await operator.finish(transactionId);
    const { node } = connections.current();
    const { signature } = operator.services.transactions.read(transactionId);
    const landed = await node.readLanded(signature, passCanonicalGate(message).staticKeys);
    const paid = landed?.balances.find(({ address }) => address === operator.demo);
    const said = shown.simulation.balances.find(({ address }) => address === operator.demo);
    if (!paid || !said) throw new Error('nothing was paid');
    return { shown, message, paid: paid.before - paid.after, said: said.beforeLamports - said.afterLamports };
  }
  async function carryOut(operation: OperationInput) {
    const plan = await operator.services.plans.begin(operator.request(operation));
    const done: NonNullable<Awaited<ReturnType<typeof carryOutNext>>>[] = [];
    for (let next = await carryOutNext(plan); next; next = await carryOutNext(plan)) done.push(next);
    return done;
  }
  return { ...operator, carryOut };
}

/** Makes the network tell these recent fees, or an error. */
function tellRecentFees(fees: readonly number[] | 'nothing'): void {
  vi.restoreAllMocks();
  const plain = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const body = request[1]?.body;
    if (typeof body !== 'string' || !body.includes('getRecentPrioritizationFees')) return plain(...request);
    const { id } = JSON.parse(body) as { id: number };
    const answer =
      fees === 'nothing'
        ? { error: { code: -32601, message: 'Method not found' } }
        : { result: fees.map((prioritizationFee, slot) => ({ slot, prioritizationFee })) };
    return new Response(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  });
}

const metadata = { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n };
const creation: OperationInput = {
  kind: 'create-run',
  runId: 'another-run',
  whoMayJoin: { kind: 'anyone' },
  metadata,
  clientVersion: 'latest',
  start: false,
};
const update: OperationInput = {
  kind: 'update-configuration',
  runId: 'atlas-7',
  metadata: { ...metadata, name: 'Renamed' },
};
const pause: OperationInput = { kind: 'set-paused', runId: 'atlas-7', paused: true };

describe('what the payer can spare', () => {
  const FLOOR = 890_880n;
  const step = (costLamports: bigint): Step => ({
    title: '',
    instructions: [],
    watch: [],
    costLamports,
    signers: [SIGNER],
  });
  const SIGNER = { address: SYSTEM_PROGRAM, role: 'Fee payer' };

  /** The fee chosen at a fixed price for the first of these steps; the payer is left with `after` by it. */
  function chosen(before: bigint, after: bigint, steps: readonly Step[]) {
    const payer = { address: SYSTEM_PROGRAM, lamports: after, owner: SYSTEM_PROGRAM, executable: false, space: 0 };
    const trial: Trial = {
      kind: 'ran',
      watch: [SYSTEM_PROGRAM],
      before: [before],
      simulation: {
        slot: 1n,
        err: null,
        logs: [],
        unitsConsumed: 0n,
        accounts: [{ ...payer, data: new Uint8Array() }],
      },
    };
    const request = { operation: pause, signers: {} } as OperationRequest;
    // 5,000 units at this price are 1,000 lamports.
    const policy: FeePolicy = { kind: 'fixed', microLamports: 200_000 };
    return feesFor(policy, { steps, floorLamports: FLOOR }, request, { trial, recent: undefined }).fees?.microLamports;
  }

  test('is what it need not keep', () => {
    expect(chosen(10n ** 9n, FLOOR + 1_000n, [step(0n)])).toBe(200_000n);
    expect(chosen(10n ** 9n, FLOOR + 999n, [step(0n)])).toBe(0n);
  });

  test('is not what it only gets back by the transaction itself', () => {
    expect(chosen(FLOOR + 5_999n, 10n ** 9n, [step(0n)])).toBe(0n);
    expect(chosen(FLOOR + 6_000n, 10n ** 9n, [step(0n)])).toBe(200_000n);
  });

  test('is not what the next transactions of the plan need', () => {
    const later = step(2_000_000n);
    expect(chosen(10n ** 9n, FLOOR + 2_006_000n, [step(0n), later])).toBe(200_000n);
    expect(chosen(10n ** 9n, FLOOR + 2_005_999n, [step(0n), later])).toBe(0n);
    // What a later one gives back is not there yet when its fee is due.
    expect(chosen(10n ** 9n, FLOOR + 5_999n, [step(0n), step(-2_000_000n)])).toBe(0n);
  });
});

describe('fees on the practice network', () => {
  test('a create, an update and a top-up pay to the lamport what was shown, within the limit they asked for', async () => {
    const { carryOut, launch, demo } = await practising(FIXED);
    await launch({});
    const topUp: OperationInput = {
      kind: 'top-up',
      runId: 'atlas-7',
      amount: TOKEN,
      decimals: 6,
      funder: demo,
      depositedBefore: 0n,
    };
    const done = [...(await carryOut(creation)), ...(await carryOut(update)), ...(await carryOut(topUp))];
    expect(done).toHaveLength(3);
    for (const { shown, paid, said } of done) {
      const { fee } = shown.review;
      const limit = fee.computeUnitLimit ?? 0;
      expect(paid).toBe(said);
      expect(BigInt(limit)).toBeGreaterThan(shown.simulation.unitsConsumed ?? 0n);
      expect(fee.computeUnitPrice).toBe('123457');
      expect(BigInt(fee.priorityLamports)).toBe((123_457n * BigInt(limit) + 999_999n) / 1_000_000n);
      expect(shown.feeNote).toBe('The price this network is set to');
    }
    const [last] = done.slice(-1);
    expect(last?.paid).toBe(BigInt(last?.shown.review.fee.totalLamports ?? 0));
  }, 60_000);

  test('that find no room in a full transaction cost no further approval, and say that they are missing', async () => {
    const { services, request, mint, demo } = await practising(FIXED);
    const rewards = { mint, decimals: 6, earning: TOKEN, topUp: { upTo: TOKEN, funder: demo } };
    const asked = request({ ...creation, rewards } as OperationInput);
    const { steps, mostPriorityLamports } = await services.reviews.prepare(asked);
    expect(steps).toHaveLength(2);
    // The first transaction is full; the second has room.
    expect(mostPriorityLamports).toBe((123_457n * 1_400_000n + 999_999n) / 1_000_000n);
    const first = await services.reviews.reviewNext(await services.plans.begin(asked));
    expect(first?.shown.review.fee).toMatchObject({ priorityLamports: '0' });
    expect(first?.shown.simulation.kind).toBe('would-succeed');
    expect(first?.shown.feeNote).toMatch(/no longer fit/);
  }, 60_000);

  test('automatic ones pay what recent slots took, held at the cap', async () => {
    const capped: FeePolicy = { kind: 'auto', percentile: 50, capLamports: 700 };
    const { carryOut, launch, services, request } = await practising(capped);
    await launch(undefined);
    const prepared = await services.reviews.prepare(request(update));
    expect(prepared).toMatchObject({ feeLamports: 5_000n, mostPriorityLamports: 700n });
    tellRecentFees([0, 1_000, 2_000]);
    const [first] = await carryOut(update);
    expect(first?.shown.review.fee.computeUnitPrice).toBe('1000');
    expect(first?.shown.feeNote).toContain('50 % of 3 recent slots took 1000');
    expect(first?.paid).toBe(BigInt(first?.shown.review.fee.totalLamports ?? 0));
    tellRecentFees([5_000_000_000]);
    const [second] = await carryOut(pause);
    expect(second?.paid).toBe(BigInt(second?.shown.review.fee.totalLamports ?? 0));
    expect(second?.paid).toBeGreaterThan(5_690n);
    expect(second?.paid).toBeLessThanOrEqual(5_700n);
    expect(second?.shown.feeNote).toContain(`cap of ${formatSol(700n)} SOL`);
  }, 60_000);

  test('are asked about the accounts that the transaction writes to, and only then', async () => {
    const { launch, review, request } = await practising(undefined);
    await launch(undefined);
    const { result, exchanges } = await exchangesOf(() => review(request(pause)));
    const asked = exchanges.filter(({ method }) => method === 'getRecentPrioritizationFees');
    const writable = result.review.accounts.filter(({ isWritable }) => isWritable).map(({ address }) => address);
    expect(asked.map((one) => (JSON.parse(one.request) as { params: unknown }).params)).toEqual([[writable]]);
    // Nobody bids on the practice network.
    expect(result.review.fee).toMatchObject({ priorityLamports: '0', totalLamports: '5000' });
    expect(result.review.fee.computeUnitLimit).toBeGreaterThan(0);
  }, 60_000);

  test('do not stop a review when the endpoint does not tell what others pay', async () => {
    const { launch, review, request } = await practising(DEFAULT_FEE_POLICY);
    await launch(undefined);
    tellRecentFees('nothing');
    const { review: summary, feeNote } = await review(request(pause));
    expect(feeNote).toBe('No priority fee: the endpoint did not tell recent fees');
    expect(summary.fee).toMatchObject({ priorityLamports: '0' });
  }, 60_000);

  test('are not asked of a transaction that would fail, whose failing instruction keeps its number', async () => {
    const { launch, review, request } = await practising(FIXED);
    await launch(undefined);
    const shown = await review(request({ kind: 'set-paused', runId: 'atlas-7', paused: false }));
    expect(shown.simulation).toMatchObject({ kind: 'would-fail', failure: { instructionIndex: 0 } });
    expect(shown.review.fee).toMatchObject({ priorityLamports: '0', totalLamports: '5000' });
    expect(shown.review.instructions).toHaveLength(1);
    expect(shown.feeNote).toMatch(/No compute limit and no priority fee/);
  }, 60_000);

  test('set to none leave no trace in the bytes', async () => {
    const { launch, review, request } = await practising({ kind: 'off' });
    await launch(undefined);
    const shown = await review(request(pause));
    const { instructions } = passCanonicalGate(base64.decode(shown.review.messageBase64));
    expect(instructions).toHaveLength(1);
    expect(shown.feeNote).toBe('');
    expect(shown.review.fee).toEqual({
      signatures: 1,
      baseLamports: '5000',
      priorityLamports: '0',
      totalLamports: '5000',
    });
  }, 60_000);

  test('of a tick allow for what is due when it lands', async () => {
    const { launch, review, request } = await practising(FIXED);
    await launch(undefined);
    const { review: summary } = await review(request({ kind: 'tick', runId: 'atlas-7' }));
    expect(summary.fee.computeUnitLimit).toBeGreaterThanOrEqual(200_000);
  }, 60_000);
});
