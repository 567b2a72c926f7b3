import type { ClusterName } from '#core/networks/cluster.ts';
import classes from './network-badge.module.css';

/** Which network this is, by genesis hash: a colour of its own, practice with a hatch so that it is never taken for a real one. */
export function NetworkBadge({
  name,
  cluster,
  title,
}: {
  name: string;
  cluster: ClusterName | 'none';
  title?: string;
}) {
  const word = {
    mainnet: 'Mainnet',
    testnet: 'Testnet',
    devnet: 'Devnet',
    practice: 'Practice',
    unknown: 'Unknown genesis',
    none: '',
  }[cluster];
  const isSaid = word === '' || name.toLowerCase().includes(word.toLowerCase());
  const shown = isSaid ? name : [name, word].filter(Boolean).join(' · ');
  return (
    <span className={classes.badge} data-cluster={cluster} title={title} aria-label={`Network: ${shown}`} role="img">
      {shown}
    </span>
  );
}
