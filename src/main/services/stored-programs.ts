import { z } from 'zod';
import { SeenProgram } from '#core/programs-deployed/verdict.ts';
import type { Address } from '#core/solana/address.ts';
import type { Store } from '#main/ports.ts';

/** Programs on clusters, newest last. A local cluster that is made anew is another one: the oldest are forgotten. */
const MAX_SEEN = 3_000;

/** What was seen of the three programs, by cluster, as it is stored. */
export const StoredPrograms = z.strictObject({ seen: z.array(z.unknown()).max(MAX_SEEN).default([]) });

export type StoredPrograms = z.output<typeof StoredPrograms>;

/** How it is stored; version 1 is the first. */
export const programsFormat = {
  version: 1,
  defaults: StoredPrograms.parse({}),
  parse(document: unknown): StoredPrograms {
    const stored = StoredPrograms.parse(document);
    stored.seen.forEach(decoded);
    return stored;
  },
};

/** What is remembered of a program on the cluster with this genesis hash. */
export function findSeen(store: Store<StoredPrograms>, genesisHash: string, program: Address): SeenProgram | undefined {
  return store
    .read()
    .seen.map(decoded)
    .find((seen) => seen.genesisHash === genesisHash && seen.program === program);
}

/**
 * Remembers a program in the place of what was remembered of it.
 *
 * @throws AppError `storage/unwritable`
 */
export function keepSeen(store: Store<StoredPrograms>, seen: SeenProgram): Promise<void> {
  return store.update((stored) => ({
    seen: [
      ...stored.seen
        .map(decoded)
        .filter(({ genesisHash, program }) => genesisHash !== seen.genesisHash || program !== seen.program),
      seen,
    ]
      .slice(-MAX_SEEN)
      .map((entry) => z.encode(SeenProgram, entry)),
  }));
}

function decoded(entry: unknown): SeenProgram {
  return z.decode(SeenProgram, entry as z.input<typeof SeenProgram>);
}
