import { FullAddress } from '#renderer/lib/address.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import classes from './signer-slots.module.css';

/** People by their addresses, in full. */
export function WhoList({ label, addresses }: { label: string; addresses: readonly string[] }) {
  const labels = useLabels();
  return (
    <ul className={classes.slots} aria-label={label}>
      {addresses.map((address) => (
        <li key={address}>
          <FullAddress address={address} label={labels.get(address)} />
        </li>
      ))}
    </ul>
  );
}
