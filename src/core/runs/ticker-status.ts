import { z } from 'zod';

/** How many ticks one approval may cover, and how far apart they may be. */
export const TICKER_LIMITS = { minCount: 1, maxCount: 10_000, minIntervalMs: 200, maxIntervalMs: 600_000 };

/** How often a run is to be ticked, and how long is waited between two ticks. */
export const TickerTerms = z.strictObject({
  count: z.number().int().min(TICKER_LIMITS.minCount).max(TICKER_LIMITS.maxCount),
  /** Milliseconds between the end of one tick and the next. */
  intervalMs: z.number().int().min(TICKER_LIMITS.minIntervalMs).max(TICKER_LIMITS.maxIntervalMs),
});

export type TickerTerms = z.output<typeof TickerTerms>;

const Work = TickerTerms.extend({
  runId: z.string(),
  /** Ticks that landed and took effect. */
  landed: z.number().int(),
  /** The newest transaction in the journal. Absent before the first. */
  lastTransactionId: z.string().optional(),
});

/** What repeated ticks are doing, or how they ended. One run at a time. */
export const TickerStatus = z.discriminatedUnion('kind', [
  /** Nothing was started since the app began. */
  z.strictObject({ kind: z.literal('idle') }),
  Work.extend({ kind: z.literal('ticking') }),
  Work.extend({
    kind: z.literal('ended'),
    why: z.enum(['count-reached', 'stopped', 'failed', 'network-changed']),
    /** What went wrong, in words. Empty unless it failed. */
    reason: z.string(),
    /** What to do about it. Empty unless it failed. */
    remedy: z.string(),
  }),
]);

export type TickerStatus = z.output<typeof TickerStatus>;
