import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function transactionHandlers({ journalExports, transactions }: Services): Group<'transactions'> {
  return {
    list: () => transactions.list(),
    read: ({ id }) => transactions.read(id),
    landed: ({ id }) => transactions.landed(id),
    async annotate({ id, ...words }) {
      await transactions.annotate(id, words);
      return {};
    },
    saveWire: ({ id }) => journalExports.saveWire(id),
    saveJournal: () => journalExports.saveJournal(),
    saveBooks: () => journalExports.saveBooks(),
  };
}
