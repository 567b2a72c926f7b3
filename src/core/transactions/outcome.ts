import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';

const Failed = z.strictObject({ kind: z.literal('failed'), slot: U64, error: z.json(), logs: z.array(z.string()) });

const OTHERS = [
  /** Landed and took effect. */
  z.strictObject({ kind: z.literal('confirmed'), slot: U64, signature: z.string() }),
  /** Can provably no longer land. */
  z.strictObject({ kind: z.literal('expired') }),
  /** Another transaction used its nonce: it can no longer land. */
  z.strictObject({ kind: z.literal('nonce-used') }),
  /** Sent and not seen; may still land. It is watched and never built anew. */
  z.strictObject({ kind: z.literal('unknown') }),
] as const;

/**
 * How a transaction ended. Every ending is a value; none is an exception. `failed`: it landed and was refused, so the fee is
 * gone and nothing else changed; `error` is the cluster's own error value.
 */
export const Outcome = z.discriminatedUnion('kind', [Failed, ...OTHERS]);

export type Outcome = z.output<typeof Outcome>;

/** An outcome for a list of many: without error value and logs, which may be long. */
export const BriefOutcome = z.discriminatedUnion('kind', [Failed.omit({ error: true, logs: true }), ...OTHERS]);

export type BriefOutcome = z.output<typeof BriefOutcome>;
