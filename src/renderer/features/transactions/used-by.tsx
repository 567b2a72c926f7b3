import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useTransactions } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';

/** Which transaction used the nonce of another, when the journal knows it. */
export function UsedBy({ id, nonce }: { id: string; nonce: TransactionRow['nonce'] }) {
  const navigation = useNavigation();
  const rows = useTransactions().data;
  if (!rows) return null;
  const user = rows.find((row) => row.id !== id && hasUsed(row, nonce));
  if (!user) {
    return (
      <p>
        None in this journal was built on the same value: the nonce was advanced, or it was used elsewhere. The history
        of the nonce account tells.
      </p>
    );
  }
  return (
    <p>
      It was{' '}
      <button type="button" className="link" onClick={() => navigation.go({ kind: 'transaction', id: user.id })}>
        <Said text={user.title} />
      </button>
      .
    </p>
  );
}

/** One that was refused used it too. */
function hasUsed({ nonce, outcome }: TransactionRow, wanted: TransactionRow['nonce']): boolean {
  const hasLanded = outcome?.kind === 'confirmed' || outcome?.kind === 'failed';
  return hasLanded && nonce !== undefined && nonce.account === wanted?.account && nonce.value === wanted.value;
}
