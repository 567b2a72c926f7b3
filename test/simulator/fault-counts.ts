import { appendFileSync } from 'node:fs';

/** How often each fault was injected in a suite. */
export type FaultCounts<Kind extends string> = {
  count(kind: Kind): void;
  of(kind: Kind): number;
  /** Kinds that never happened: a suite with any proves less than it says. */
  missing(): Kind[];
  print(): void;
};

/**
 * Counts faults by kind, every one of which is named beforehand.
 *
 * @param title - the row of the fault catalogue
 */
export function createFaultCounts<Kind extends string>(title: string, kinds: readonly Kind[]): FaultCounts<Kind> {
  const counts = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
  return {
    count: (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    of: (kind) => counts.get(kind) ?? 0,
    missing: () => kinds.filter((kind) => counts.get(kind) === 0),
    print() {
      console.info(`${title}: ${[...counts].map(([kind, number]) => `${kind} ${number}`).join(', ')}`);
      // `npm run soak` adds up the rounds.
      const file = process.env['FAULT_COUNTS'];
      if (file !== undefined)
        appendFileSync(file, `${JSON.stringify({ title, counts: Object.fromEntries(counts) })}\n`);
    },
  };
}
