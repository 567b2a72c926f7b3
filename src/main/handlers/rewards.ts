import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function rewardHandlers({ rewards }: Services): Group<'rewards'> {
  return {
    claims: ({ runId }) => rewards.claims(runId),
    mint: ({ mint }) => rewards.mint(mint),
    holding: ({ mint, owner }) => rewards.holding(mint, owner),
  };
}
