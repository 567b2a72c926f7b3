import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { clockJson } from './practice-get-clock.ts';

/** Longest jump at once: ten years, in seconds. */
const MAX_JUMP = 10 * 365 * 86_400;

/** Moves cluster time forward, simulated clients living through it. Slots stay, so transactions under way stay good. */
export const practiceAdvance = defineMethod(
  z.tuple([z.strictObject({ seconds: z.number().int().min(0).max(MAX_JUMP) })]),
  ([{ seconds }], chain, clients) => {
    clients.advance(seconds);
    return clockJson(chain);
  },
);
