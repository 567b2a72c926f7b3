import { defineErrors } from './define-errors.ts';

export const journalErrors = defineErrors({
  'journal/unwritable': (_: Record<string, never>) => ({
    happened: 'The journal could not be written, so nothing is signed or sent',
    remedy: 'Check that the data folder is on a disk with free space that you may write to, then try again',
  }),
  'journal/broken': ({ record }: { record: number }) => ({
    happened: `The journal was changed from outside at record ${record}; everything before it is shown`,
    remedy: 'Nothing is signed while it is so. Restore journal.log from a backup, or move it away to start a new one',
  }),
  'journal/unknown-transaction': ({ id }: { id: string }) => ({
    happened: `The journal holds no transaction ${id}`,
    remedy: 'Open it from the list of transactions',
  }),
  'journal/export-unreadable': ({ reason }: { reason: string }) => ({
    happened: `This is not an exported journal: ${reason}`,
    remedy: 'Choose a file that this app exported, as it was written',
  }),
  'journal/export-changed': ({ record }: { record: number }) => ({
    happened: `The exported journal was changed at record ${record}: the chain of its records does not fit`,
    remedy: 'Do not rely on it. Export it again from the machine that has the journal',
  }),
});
