import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function transactionHandlers({ transactions }: Services): Group<'transactions'> {
  return {
    list: () => transactions.list(),
    read: ({ id }) => transactions.read(id),
  };
}
