import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function tickerHandlers({ ticker }: Services): Group<'ticker'> {
  return {
    start: (approval) => ticker.start(approval),
    stop: () => ticker.stop(),
    status: () => ticker.status(),
  };
}
