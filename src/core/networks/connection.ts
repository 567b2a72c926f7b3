import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';
import { ClusterName } from './cluster.ts';
import { EndpointHealth } from './endpoint-health.ts';

/** What the app knows of the network it talks to. No socket is open while it is `offline`. */
export const Connection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({ kind: z.literal('connecting'), profileId: z.string(), profileName: z.string() }),
  z.strictObject({
    kind: z.literal('unreachable'),
    profileId: z.string(),
    profileName: z.string(),
    code: z.string(),
    params: z.record(z.string(), z.unknown()),
    endpoints: z.array(EndpointHealth),
  }),
  z.strictObject({
    kind: z.literal('online'),
    profileId: z.string(),
    profileName: z.string(),
    genesisHash: z.string(),
    cluster: ClusterName,
    /** Set when the genesis hash is not of the cluster the profile promises: sending is blocked. */
    contradicts: ClusterName.optional(),
    slot: U64,
    /** Milliseconds since 1970 of the last answer. */
    answeredAt: z.number(),
    rpcUrl: z.string(),
    webSocketUrl: z.string(),
    unencrypted: z.boolean(),
    /** In the order of the profile. */
    endpoints: z.array(EndpointHealth),
  }),
]);

export type Connection = z.output<typeof Connection>;

/** The report on one URL. */
export const EndpointTest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ok'), url: z.string(), milliseconds: z.number(), detail: z.string() }),
  z.strictObject({
    kind: z.literal('failed'),
    url: z.string(),
    code: z.string(),
    params: z.record(z.string(), z.unknown()),
  }),
]);

export type EndpointTest = z.output<typeof EndpointTest>;

/** The report on one RPC URL, and which cluster answered there. */
export const RpcTest = z.strictObject({
  endpoint: EndpointTest,
  genesisHash: z.string().optional(),
  cluster: ClusterName.optional(),
});

export type RpcTest = z.output<typeof RpcTest>;

/** The report on a profile: each URL by itself. */
export const NetworkTest = z.strictObject({
  rpc: RpcTest,
  webSocket: EndpointTest,
  /** The further RPC URLs, in the order of the profile. */
  more: z.array(RpcTest),
});

export type NetworkTest = z.output<typeof NetworkTest>;
