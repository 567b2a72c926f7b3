import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';
import { AppError } from '#core/errors/app-error.ts';

export function operationHandlers({ approvals, plans, reviews }: Services): Group<'operations'> {
  return {
    prepare: (request) => reviews.prepare(request),
    async begin(request) {
      const plan = await plans.begin(request);
      const review = await reviews.reviewNext(plan);
      if (!review) throw new AppError('plan/nothing-to-do', {});
      return review.shown;
    },
    async review({ planId }) {
      const review = await reviews.reviewNext(plans.find(planId));
      return review ? { kind: 'step', step: review.shown } : { kind: 'done' };
    },
    approve: (approval) => approvals.approve(approval),
    async discard({ planId }) {
      await plans.discard(planId);
      return {};
    },
  };
}
