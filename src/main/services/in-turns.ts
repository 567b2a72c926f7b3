import type { Clock } from '#core/ports.ts';
import type { Sleep } from '#main/ports.ts';

/** How long one turn takes at most, milliseconds: other work waits no longer. */
const TURN_MS = 20;

/** Works through many items, letting other work pass every few milliseconds. */
export async function inTurns<T, R>(
  items: Iterable<T>,
  work: (item: T) => R,
  { clock, sleep }: { clock: Clock; sleep: Sleep },
): Promise<R[]> {
  const results: R[] = [];
  let turnEndsAt = clock.monotonic() + TURN_MS;
  for (const item of items) {
    results.push(work(item));
    if (clock.monotonic() < turnEndsAt) continue;
    await sleep(0);
    turnEndsAt = clock.monotonic() + TURN_MS;
  }
  return results;
}
