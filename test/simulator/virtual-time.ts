import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#core/ports.ts';
import type { Sleep } from '#main/ports.ts';

type Timer = { readonly at: number; readonly fire: () => void };

export type VirtualTime = ReturnType<typeof createVirtualTime>;

/** Time that goes on only when nothing else is left to do. Milliseconds; it begins where wall clocks are. */
export function createVirtualTime(startsAt = 1_750_000_000_000) {
  let passed = 0;
  /** Of that, what a machine slept through; and how much of it its monotonic clock did not count. */
  let slept = 0;
  let uncounted = 0;
  /** How far the wall clock was set ahead, or back. */
  let wallOff = 0;
  /** Latest first, so that the next one is taken from the end. */
  const timers: Timer[] = [];

  function after(milliseconds: number, fire: () => void): void {
    const at = passed + Math.max(0, milliseconds);
    // Of two at the same time the one that was asked for first goes first.
    let place = timers.length;
    while (place > 0 && (timers[place - 1]?.at ?? 0) <= at) place -= 1;
    timers.splice(place, 0, { at, fire });
  }

  const clock: Clock = { now: () => startsAt + passed + wallOff, monotonic: () => passed - uncounted };

  const sleep: Sleep = (milliseconds, wake) =>
    new Promise((resolve) => {
      if (wake?.aborted) return resolve();
      const done = () => {
        wake?.removeEventListener('abort', done);
        resolve();
      };
      wake?.addEventListener('abort', done, { once: true });
      after(milliseconds, done);
    });

  return {
    clock,
    sleep,
    after,
    /** Milliseconds of the world since the start, whatever the machine's clocks say. */
    elapsed: () => passed,
    /** Somebody or something sets the wall clock. */
    setWallClock: (offMs: number) => void (wallOff = offMs),
    /**
     * The machine sleeps and the world goes on. What should have happened meanwhile on it happens when it wakes.
     *
     * @param isCounted - whether its monotonic clock went on, as it does on Windows and not on Linux
     */
    suspend(milliseconds: number, isCounted: boolean): void {
      passed += milliseconds;
      slept += milliseconds;
      if (!isCounted) uncounted += milliseconds;
    },

    /** Lets time pass until something is true, at most this long awake. @returns whether it came true */
    async run(isDone: () => boolean, atMostMs: number): Promise<boolean> {
      const awakeEnd = passed - slept + atMostMs;
      for (;;) {
        await setImmediate();
        if (isDone()) return true;
        const next = timers.at(-1);
        const end = awakeEnd + slept;
        if (!next || next.at > end) {
          passed = end;
          return false;
        }
        timers.pop();
        passed = Math.max(passed, next.at);
        next.fire();
      }
    },
  };
}
