import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Addresses of nonce accounts that the operator wrote down, with their cluster. */
const MAX_REMEMBERED = 1_000;

export const StoredNonces = z.strictObject({
  remembered: z
    .array(z.strictObject({ genesisHash: z.string().max(64), address: AddressText }))
    .max(MAX_REMEMBERED)
    .default([]),
});

export type StoredNonces = z.output<typeof StoredNonces>;

/** How they are stored; version 1 is the first. */
export const noncesFormat = {
  version: 1,
  defaults: StoredNonces.parse({}),
  parse: (document: unknown) => StoredNonces.parse(document),
};
