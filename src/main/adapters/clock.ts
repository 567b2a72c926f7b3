import type { Clock } from '#core/ports.ts';
import type { Sleep } from '#main/ports.ts';

/** The machine's clocks. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Resolves after a time, or at once when woken. It does not keep the process alive by itself. */
export const sleep: Sleep = (milliseconds, wake) =>
  new Promise((resolve) => {
    if (wake?.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      wake?.removeEventListener('abort', done);
      resolve();
    }
    wake?.addEventListener('abort', done, { once: true });
  });
