import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';

/** The highest number that a nonce account of a key may have. */
export const MAX_NONCE_NUMBER = 9_999;

const By = { transactionId: z.string(), title: z.string() };

/**
 * What can be done with a nonce account now. `reserved`: a pending transaction lives by its current value, or
 * changes the account. `spent`: the value
 * moved, while a transaction built on the one before has no end yet. `too-new`: its value was made in this slot, and neither
 * moves nor carries a transaction before the next. `legacy`: it carries none before it is advanced once. `foreign`: another's
 * key holds it.
 */
export const NonceState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('reserved'), ...By }),
  z.strictObject({ kind: z.literal('spent'), ...By }),
  z.strictObject({ kind: z.literal('too-new') }),
  z.strictObject({ kind: z.literal('legacy') }),
  z.strictObject({ kind: z.literal('foreign') }),
  z.strictObject({ kind: z.literal('uninitialised') }),
  z.strictObject({ kind: z.literal('not-a-nonce') }),
  z.strictObject({ kind: z.literal('missing') }),
]);

export type NonceState = z.output<typeof NonceState>;

/** One line of the list of nonce accounts. */
export const NonceRow = z.strictObject({
  address: AddressText,
  state: NonceState,
  lamports: U64,
  /** Absent where there is no nonce. */
  authority: AddressText.optional(),
  nonce: z.string().optional(),
  /** The own key and number its address comes from, when it does. */
  derived: z.strictObject({ base: AddressText, number: z.number().int() }).optional(),
  /** The operator wrote its address down. */
  isRemembered: z.boolean(),
});

export type NonceRow = z.output<typeof NonceRow>;

/** Nonce accounts as one reading of the chain shows them. */
export const NonceList = z.strictObject({
  slot: U64,
  /** What a nonce account must keep, lamports, as the cluster says. */
  rentLamports: U64,
  rows: z.array(NonceRow),
  /** Whether the node searched all accounts. Many refuse: then others of the operator's may exist. */
  isComplete: z.boolean(),
});

export type NonceList = z.output<typeof NonceList>;
