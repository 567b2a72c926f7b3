import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function transactionHandlers({ handed, journalExports, transactions }: Services): Group<'transactions'> {
  return {
    list: () => transactions.list(),
    read: ({ id }) => transactions.read(id),
    landed: ({ id }) => transactions.landed(id),
    async annotate({ id, ...words }) {
      await transactions.annotate(id, words);
      return {};
    },
    look: ({ text }) => handed.look(text),
    openHanded: () => handed.open(),
    async addSignatures({ id, text }) {
      await handed.addSignatures(id, text);
      return {};
    },
    signRest: ({ id }) => handed.signRest(id),
    resend({ id }) {
      handed.resend(id);
      return {};
    },
    exportText: async ({ id }) => ({ text: await handed.exportText(id) }),
    saveWire: ({ id }) => journalExports.saveWire(id),
    saveJournal: () => journalExports.saveJournal(),
    saveBooks: () => journalExports.saveBooks(),
  };
}
