import { CloseButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import { OutcomeBadge } from '#renderer/lib/review/outcome-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import classes from './toasts.module.css';

/** Screens that show the end of a transaction themselves. */
const TELLING: readonly Screen['kind'][] = [
  'create-run',
  'update-configuration',
  'set-paused',
  'who-may-join',
  'transactions',
  'transaction',
];
/** How long a message stays, in milliseconds. */
const SHOWN_MS = 12_000;

/** Says that a transaction ended while the operator was elsewhere. Nothing else is ever said here. */
export function Toasts() {
  const client = useClient();
  const navigation = useNavigation();
  const [ended, setEnded] = useState<readonly TransactionView[]>([]);
  const told = useRef(new Set<string>());
  const here = useRef(navigation.screen.kind);
  useEffect(() => {
    here.current = navigation.screen.kind;
  }, [navigation.screen.kind]);
  useEffect(
    () =>
      client.transactions.changed(({ id }) => {
        if (told.current.has(id)) return;
        client.transactions.read({ id }).then(
          (transaction) => {
            if (!transaction.outcome || told.current.has(id)) return;
            told.current.add(id);
            if (TELLING.includes(here.current)) return;
            setEnded((before) => [...before, transaction]);
            setTimeout(() => setEnded((before) => before.filter((one) => one.id !== id)), SHOWN_MS);
          },
          // Transactions shows it with its failure; a message here is a convenience.
          () => undefined,
        );
      }),
    [client],
  );
  return (
    <div className={classes.toasts} role="status" aria-live="polite">
      {ended.map((transaction) => (
        <div key={transaction.id} className={classes.toast}>
          <button
            type="button"
            className="link"
            onClick={() => navigation.go({ kind: 'transaction', id: transaction.id })}
          >
            <Said text={transaction.title} />
          </button>
          <OutcomeBadge outcome={transaction.outcome} />
          <CloseButton
            size="sm"
            aria-label="Close this message"
            onClick={() => setEnded(ended.filter((one) => one !== transaction))}
          />
        </div>
      ))}
    </div>
  );
}
