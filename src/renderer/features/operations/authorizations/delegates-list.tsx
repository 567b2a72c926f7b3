import { Button } from '@mantine/core';
import type { Address } from '#core/solana/address.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import classes from './authorizations.module.css';

const ROW_HEIGHT = 38;
const MOST_ROWS_SHOWN = 8;

/** Delegates as the chain has them; each can be taken off and put back before anything is signed. */
export function DelegatesList({
  delegates,
  removed,
  onToggle,
}: {
  delegates: readonly Address[];
  removed: readonly Address[];
  onToggle: (delegate: Address) => void;
}) {
  const labels = useLabels();
  if (delegates.length === 0) return <p className="muted">None: only the user itself may join.</p>;
  const columns: readonly Column<Address>[] = [
    {
      id: 'delegate',
      title: 'Delegate',
      width: 'minmax(430px, 1fr)',
      cell: (delegate) => (
        <span className={removed.includes(delegate) ? classes.gone : undefined}>
          <FullAddress address={delegate} label={labels.get(delegate)} />
        </span>
      ),
    },
    {
      id: 'act',
      title: '',
      width: '84px',
      align: 'end',
      cell: (delegate) => {
        const isGone = removed.includes(delegate);
        return (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${isGone ? 'Keep' : 'Remove'} ${delegate}`}
            onClick={() => onToggle(delegate)}
          >
            {isGone ? 'Keep' : 'Remove'}
          </Button>
        );
      },
    },
  ];
  return (
    <VirtualTable
      label="Delegates"
      columns={columns}
      rows={[...new Set(delegates)]}
      rowKey={(delegate) => delegate}
      rowHeight={ROW_HEIGHT}
      height={Math.min(MOST_ROWS_SHOWN, delegates.length) * ROW_HEIGHT}
    />
  );
}
