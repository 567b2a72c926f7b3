import type { ProgramIds } from '#core/layouts/programs.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { ClientRefusal } from './client-activity.ts';

/** What a network would not take of one simulated client. */
export type Refused = {
  readonly instruction: string;
  /** The cluster's error value. */
  readonly error: unknown;
  readonly logs: readonly string[];
};

/** Says why clients were refused, once for all that were refused alike; what most of them met comes first. */
export function explainRefusals(refused: readonly Refused[], programs: ProgramIds): ClientRefusal[] {
  const groups = new Map<string, ClientRefusal>();
  for (const each of refused) {
    const refusal = explain(each, programs);
    const key = `${refusal.instruction} ${refusal.name} ${refusal.cause}`;
    groups.set(key, { ...refusal, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count);
}

function explain({ instruction, error, logs }: Refused, programs: ProgramIds): ClientRefusal {
  const { name, cause, remedy, account } = explainFailure({ error, logs, programs });
  // A client shows the authorization for everybody, or its own: what is wrong with it is that nobody gave it.
  const isUnauthorized = instruction === 'join_run' && account === 'authorization';
  const words = isUnauthorized
    ? { cause: 'Nobody allowed these clients to join the run', remedy: 'Allow Anyone, or their addresses' }
    : { cause, remedy };
  return { instruction, count: 1, name, ...words, isUnauthorized };
}
