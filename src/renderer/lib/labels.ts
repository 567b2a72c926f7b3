import { useMemo } from 'react';
import { useSigners } from './queries.ts';

/** The operator's own addresses and what they called them. */
export function useLabels(): ReadonlyMap<string, string> {
  const signers = useSigners().data?.signers;
  return useMemo(() => new Map(signers?.map(({ address, label }) => [address, label])), [signers]);
}
