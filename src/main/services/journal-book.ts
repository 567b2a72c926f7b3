import { z } from 'zod';
import { JournalEntry, type JournaledTransaction, type SignedEntry } from '#core/journal/entry.ts';
import { applyEntry, foldEntries } from '#core/journal/fold-entries.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { Journal } from '#main/ports.ts';

export type JournalBook = ReturnType<typeof createJournalBook>;

/** The transactions in the journal: every change is on disk before it is true here. One writer at a time for each of them. */
export function createJournalBook(journal: Journal, clock: Clock, onChanged: (id: string) => void) {
  const { transactions, misunderstoodAt } = foldEntries(journal.takePayloads());
  const brokenAt = journal.brokenAt ?? misunderstoodAt;

  async function write(entry: JournalEntry): Promise<void> {
    if (brokenAt !== undefined) throw new AppError('journal/broken', { record: brokenAt });
    // Refuses a change along no drawn edge before it is on disk.
    const known = transactions.get(entry.id);
    const next = applyEntry(known, entry);
    await journal.append(z.encode(JournalEntry, entry));
    // A note may have been written meanwhile, or the end while a note was: neither replaces the other.
    const now = transactions.get(entry.id);
    transactions.set(entry.id, now === known ? next : applyEntry(now, entry));
    onChanged(entry.id);
  }

  return {
    /** Number of the record from which on the journal is not readable: nothing is signed then. */
    brokenAt,
    all: (): JournaledTransaction[] => [...transactions.values()],

    /** @throws AppError `journal/unknown-transaction` */
    find(id: string): JournaledTransaction {
      const transaction = transactions.get(id);
      if (!transaction) throw new AppError('journal/unknown-transaction', { id });
      return transaction;
    },

    /** All records with their hashes, read from the disk anew. @throws AppError `journal/unwritable` */
    readRecords: () => journal.readRecords(),

    /** Accounts created by transactions that landed on the cluster with this genesis hash. */
    accountsCreatedOn: (genesisHash: string): ReadonlySet<Address> =>
      new Set(
        [...transactions.values()].flatMap(({ signed, end }) => {
          const isThere = end?.outcome.kind === 'confirmed' && signed.genesisHash === genesisHash;
          return isThere && signed.freshAccount !== undefined ? [signed.freshAccount] : [];
        }),
      ),

    /** Those that may still land. */
    inFlight: () => [...transactions.values()].filter(({ end }) => end === undefined),

    /** @throws AppError `journal/unwritable`, `journal/broken` */
    writeSigned: (entry: Omit<SignedEntry, 'event' | 'at'>) => write({ event: 'signed', at: clock.now(), ...entry }),
    writeSent: (id: string) => write({ event: 'sent', id, at: clock.now() }),
    /** The operator's words about a transaction, whatever became of it. */
    writeNote: (id: string, words: { label: string; note: string }) =>
      write({ event: 'noted', id, at: clock.now(), ...words }),
    writeEnded: (id: string, outcome: Outcome) => write({ event: 'ended', id, at: clock.now(), outcome }),
  };
}
