import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';

/** How a transaction ended. Every ending is a value; none is an exception. */
export const Outcome = z.discriminatedUnion('kind', [
  /** Landed and took effect. */
  z.strictObject({ kind: z.literal('confirmed'), slot: U64, signature: z.string() }),
  /** Landed and was refused: the fee is gone, nothing else changed. `error` is the cluster's own error value. */
  z.strictObject({ kind: z.literal('failed'), slot: U64, error: z.json(), logs: z.array(z.string()) }),
  /** Can provably no longer land. */
  z.strictObject({ kind: z.literal('expired') }),
  /** Another transaction used its nonce: it can no longer land. */
  z.strictObject({ kind: z.literal('nonce-used') }),
  /** Sent and not seen; may still land. It is watched and never built anew. */
  z.strictObject({ kind: z.literal('unknown') }),
]);

export type Outcome = z.output<typeof Outcome>;
