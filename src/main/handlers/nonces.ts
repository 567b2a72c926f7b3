import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function nonceHandlers({ nonces }: Services): Group<'nonces'> {
  return {
    list: () => nonces.list(),
    async remember({ address }) {
      await nonces.remember(address);
      return {};
    },
    async forget({ address }) {
      await nonces.forget(address);
      return {};
    },
  };
}
