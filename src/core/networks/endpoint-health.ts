import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';
import { ClusterName } from './cluster.ts';

/** How one endpoint of the network in use is doing. */
export const EndpointHealth = z.strictObject({
  /** Scheme, host and port. */
  url: z.string(),
  /** What is shown comes from here. */
  isUsed: z.boolean(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('asking') }),
    z.strictObject({ kind: z.literal('ok') }),
    /** It answers, but so many slots late. */
    z.strictObject({ kind: z.literal('behind'), slots: U64 }),
    z.strictObject({ kind: z.literal('failing'), code: z.string(), params: z.record(z.string(), z.unknown()) }),
    /** It asked for a pause. `until`: milliseconds since 1970. */
    z.strictObject({ kind: z.literal('rate-limited'), until: z.number() }),
    /** It serves another cluster than the one in use: nothing is read from it or sent to it. */
    z.strictObject({ kind: z.literal('other-cluster'), genesisHash: z.string(), cluster: ClusterName }),
  ]),
  /** How long its last answer took. */
  milliseconds: z.number().optional(),
  /** Milliseconds since 1970 of its last answer. */
  answeredAt: z.number().optional(),
});

export type EndpointHealth = z.output<typeof EndpointHealth>;
