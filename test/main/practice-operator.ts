import { until } from '#test/until.ts';
import { expect } from 'vitest';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import type { RewardsInput } from '#core/operations/create-run/input.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { StartedMain } from './start-main.ts';

type CreateRun = Extract<OperationInput, { kind: 'create-run' }>;

/** A person at main on the practice network, who agrees with everything. */
export type PracticeOperator = Awaited<ReturnType<typeof practiceOperator>>;

/** Opens main, takes the practice door if none was taken yet, and waits for the network. */
export async function practiceOperator({ open, services }: StartedMain) {
  await open();
  if (services.app.status().door === undefined) await services.app.chooseDoor('practice');
  await until(() => services.connections.status().kind === 'online');
  const [demo] = services.signers.own();
  const mint = services.practice.endpoint()?.demoMint;
  if (!demo || !mint) throw new Error('no demo key or mint');
  const request = (operation: OperationInput): OperationRequest => ({
    operation,
    signers: { payer: demo, authority: demo, joinAuthority: demo },
  });

  async function review(asked: OperationRequest) {
    const found = await services.reviews.reviewNext(await services.plans.begin(asked));
    if (!found) throw new Error('nothing to do');
    return found.shown;
  }

  async function finish(id: string): Promise<void> {
    await until(() => services.transactions.read(id).outcome !== undefined);
    expect(services.transactions.read(id).outcome).toMatchObject({ kind: 'confirmed' });
  }

  /** Carries the launch of a run out; answers how many approvals it took. */
  async function launch(
    rewards: Partial<RewardsInput> | undefined,
    whoMayJoin: CreateRun['whoMayJoin'] = { kind: 'anyone' },
  ): Promise<number> {
    const operation: OperationInput = {
      kind: 'create-run',
      runId: 'atlas-7',
      whoMayJoin,
      metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
      ...(rewards && { rewards: { mint: mint as Address, decimals: 6, ...rewards } }),
    };
    const plan = await services.plans.begin(request(operation));
    for (let approvals = 0; ; approvals += 1) {
      const next = await services.reviews.reviewNext(plan);
      if (!next) return approvals;
      const { blocked, typedPhrase, simulation } = next.shown;
      expect({ blocked, typedPhrase, reason: simulation.reason }).toEqual({ blocked: '', typedPhrase: '', reason: '' });
      await finish((await services.approvals.approve(approvalOf(next.shown))).transactionId);
    }
  }

  return { services, demo, mint, request, review, finish, launch };
}

/** The yes to a review as it is shown. */
export function approvalOf({ reviewId, review }: Pick<ReviewedStep, 'reviewId' | 'review'>) {
  return { reviewId, messageHash: review.messageHash, typed: '' };
}
