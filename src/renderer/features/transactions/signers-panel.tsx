import type { TransactionView } from '#core/transactions/journal-view.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './transactions.module.css';

/** Whose signature it needs, what each account stands for, and whether it is there. */
export function SignersPanel({ view: { slots, review } }: { view: TransactionView }) {
  const labels = useLabels();
  const signed = slots.filter(({ isSigned }) => isSigned).length;
  return (
    <Panel title="Signatures" aside={`${signed} of ${slots.length}`}>
      <ol className={classes.slots}>
        {slots.map(({ address, isSigned }, index) => {
          const signer = review.signers[index];
          return (
            <li key={address} className={classes.slot}>
              <FullAddress address={address} role={signer?.isOwn ? 'you' : undefined} label={labels.get(address)} />
              <span className="row">
                {isSigned ? <Chip tone="good">signed</Chip> : <Chip tone="warn">missing</Chip>}
                {signer?.isFeePayer && <Chip>fee payer</Chip>}
                <Chip>{signer?.isWritable ? 'may change' : 'read-only'}</Chip>
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
