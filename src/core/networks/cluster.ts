import { z } from 'zod';

/** Which cluster a genesis hash belongs to. */
export const ClusterName = z.enum(['mainnet', 'testnet', 'devnet', 'practice', 'unknown']);

export type ClusterName = z.output<typeof ClusterName>;

/** Genesis hashes of the public clusters. Source: Solana documentation, `getGenesisHash` of each cluster. */
const GENESIS_HASHES: Readonly<Record<string, ClusterName>> = {
  '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d': 'mainnet',
  '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpJk2NsNY': 'testnet',
  EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG: 'devnet',
};

/**
 * The cluster a genesis hash proves.
 *
 * @param practiceGenesisHash - hash of this app's own practice network, which only the app itself can vouch for
 */
export function clusterOf(genesisHash: string, practiceGenesisHash: string | undefined): ClusterName {
  if (genesisHash === practiceGenesisHash) return 'practice';
  return GENESIS_HASHES[genesisHash] ?? 'unknown';
}
