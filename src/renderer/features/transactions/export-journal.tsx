import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';

/** The journal as files for elsewhere: whole as JSON, and its money as CSV. What became of it is said below the heading. */
export function useJournalExports(): { readonly buttons: ReactNode; readonly report: ReactNode } {
  const client = useClient();
  const journal = useMutation({ mutationFn: () => client.transactions.saveJournal({}) });
  const books = useMutation({ mutationFn: () => client.transactions.saveBooks({}) });
  const saved = journal.data?.kind === 'saved' ? journal.data : undefined;
  const booked = books.data?.kind === 'saved' ? books.data : undefined;
  return {
    buttons: (
      <>
        <Button
          variant="default"
          loading={journal.isPending}
          title="Every record with its hash, so that a change shows. It holds no keys."
          onClick={() => journal.mutate()}
        >
          Export journal
        </Button>
        <Button
          variant="default"
          loading={books.isPending}
          title="Fees, top-ups, claims and locked rent of everything that landed, one line each"
          onClick={() => books.mutate()}
        >
          Export books (CSV)
        </Button>
      </>
    ),
    report: (
      <>
        {journal.error && (
          <Failure error={journal.error} title="The journal was not exported" onRetry={() => journal.mutate()} />
        )}
        {books.error && (
          <Failure error={books.error} title="The books were not exported" onRetry={() => books.mutate()} />
        )}
        {(saved ?? booked) && (
          <p role="status" className="muted">
            {saved && `${counted(saved.records, 'record')} saved as ${saved.fileName}. `}
            {booked &&
              `${counted(booked.movements, 'movement')} of money saved as ${booked.fileName}. ${leftOut(booked.open)}`}
          </p>
        )}
      </>
    ),
  };
}

function leftOut(open: number): string {
  if (open === 0) return '';
  return `${counted(open, 'transaction')} may still land and ${open === 1 ? 'is' : 'are'} not in it.`;
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
