import { z } from 'zod';
import { JournalEntry, type JournaledTransaction, type SignedEntry } from '#core/journal/entry.ts';
import { applyEntry, foldEntries } from '#core/journal/fold-entries.ts';
import { missingSigners, signatureOf, withSignaturesOf } from '#core/journal/wire-signatures.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { Journal } from '#main/ports.ts';

export type JournalBook = ReturnType<typeof createJournalBook>;

/** The transactions in the journal: every change is on disk before it is true here, and is judged by what the one before it left. */
export function createJournalBook(journal: Journal, clock: Clock, onChanged: (id: string) => void) {
  const { transactions, misunderstoodAt } = foldEntries(journal.takePayloads());
  const brokenAt = journal.brokenAt ?? misunderstoodAt;

  let last: Promise<unknown> = Promise.resolve();

  /** @throws AppError `journal/unknown-transaction` */
  function find(id: string): JournaledTransaction {
    const transaction = transactions.get(id);
    if (!transaction) throw new AppError('journal/unknown-transaction', { id });
    return transaction;
  }

  /** Changes go one after the other: what two of them were judged by together, both would write. */
  function inTurn(change: () => Promise<void>): Promise<void> {
    const done = last.then(change);
    last = done.catch(() => undefined);
    return done;
  }

  async function writeNow(entry: JournalEntry): Promise<void> {
    if (brokenAt !== undefined) throw new AppError('journal/broken', { record: brokenAt });
    // Refuses a change along no drawn edge before it is on disk.
    const next = applyEntry(transactions.get(entry.id), entry);
    await journal.append(z.encode(JournalEntry, entry));
    transactions.set(entry.id, next);
    onChanged(entry.id);
  }

  const write = (entry: JournalEntry) => inTurn(() => writeNow(entry));

  return {
    /** Number of the record from which on the journal is not readable: nothing is signed then. */
    brokenAt,
    all: (): JournaledTransaction[] => [...transactions.values()],

    find,

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
    /** The signatures that this copy has besides, before any byte of it is sent. What is there already is not written again. */
    writeSignatures: (id: string, copy: Uint8Array) =>
      inTurn(async () => {
        const known = find(id).signed.wire;
        const wire = withSignaturesOf(known, copy);
        if (missingSigners(wire).length === missingSigners(known).length) return;
        await writeNow({ event: 'signatures', id, at: clock.now(), wire, signature: signatureOf(wire) });
      }),
    /** Its bytes leave the app as a file or as text. */
    writeExported: (id: string) => write({ event: 'exported', id, at: clock.now() }),
    writeSent: (id: string) => write({ event: 'sent', id, at: clock.now() }),
    /** The operator's words about a transaction, whatever became of it. */
    writeNote: (id: string, words: { label: string; note: string }) =>
      write({ event: 'noted', id, at: clock.now(), ...words }),
    writeEnded: (id: string, outcome: Outcome) => write({ event: 'ended', id, at: clock.now(), outcome }),
  };
}
