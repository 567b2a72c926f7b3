import { z } from 'zod';
import { AddressText, Bytes, U64 } from '#core/units/wire.ts';

/** One run in the list: what fits into 3 KB of reads. */
export const RunRow = z.strictObject({
  runId: z.string(),
  instance: AddressText,
  account: AddressText,
  /** The key that owns it: of a run with rewards the one its treasury names, not the treasury. */
  mainAuthority: AddressText,
  joinAuthority: AddressText,
  /** One of the operator's own keys is an authority of it. */
  mine: z.boolean(),
  reading: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('ok'),
      name: z.string(),
      /** Chain spelling: `WaitingForMembers`. */
      state: z.string(),
      pendingPause: z.boolean(),
      epoch: z.number().int(),
      step: z.number().int(),
      totalSteps: z.number().int(),
      epochClients: z.number().int(),
      knownClients: z.number().int(),
      clientVersion: z.string(),
    }),
    /** The account is of another version or size, or missing. */
    z.strictObject({
      kind: z.literal('unreadable'),
      code: z.string(),
      params: z.record(z.string(), z.unknown()),
      label: z.string(),
    }),
  ]),
});

export type RunRow = z.output<typeof RunRow>;

/** Everything the run page draws; the page decodes the account itself, from these bytes. */
export const RunView = z.strictObject({
  slot: U64,
  /** Milliseconds since 1970. */
  readAt: z.number(),
  runId: z.string(),
  instance: AddressText,
  account: AddressText,
  /** The key that owns it: of a run with rewards the one its treasury names, not the treasury. */
  mainAuthority: AddressText,
  joinAuthority: AddressText,
  /** Data of the coordinator account, 119,160 bytes when it is of the version this app reads. */
  accountData: Bytes,
  accountLamports: U64,
  /** Treasurer run that owns it, when one does. */
  treasurerRun: AddressText.optional(),
  /** Whether an active authorization lets everyone join. */
  openToAnyone: z.boolean(),
  /** Cluster time, unix seconds. */
  clusterTime: z.number(),
});

export type RunView = z.output<typeof RunView>;
