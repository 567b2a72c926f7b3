import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';
import { HelpfulAction } from './place.ts';

/** One rule that could refuse the operation, with the values that decide it. */
export const Check = z.strictObject({
  kind: z.enum(['pass', 'warn', 'fail']),
  title: z.string(),
  /** The values and why they decide. Empty for a plain pass. */
  reason: z.string(),
  /** What to do about it. Empty for a pass. */
  remedy: z.string(),
  /** The input field it belongs to, when one does. */
  field: z.string().optional(),
  /** The remedy as a button, when the app has the place for it. */
  action: HelpfulAction.optional(),
});

export type Check = z.output<typeof Check>;

/** A value that will differ afterwards. Display text on both sides. */
export const Change = z.strictObject({ label: z.string(), before: z.string(), after: z.string() });

export type Change = z.output<typeof Change>;

/** What signing will mean, in one sentence each: the money, the people, the time, and what cannot be taken back. */
export const Consequence = z.strictObject({
  about: z.enum(['sol', 'tokens', 'people', 'time', 'final']),
  text: z.string(),
});

export type Consequence = z.output<typeof Consequence>;

/** One transaction of a plan, before its bytes exist. */
export const StepOutline = z.strictObject({
  title: z.string(),
  signers: z.array(z.strictObject({ address: AddressText, role: z.string() })),
  /** Size of the wire transaction in bytes; the limit is 1,232. */
  sizeBytes: z.number().int(),
  /** What takes how many of them, in the order of the wire. They add up to `sizeBytes`. */
  parts: z.array(z.strictObject({ label: z.string(), bytes: z.number().int() })),
});

export type StepOutline = z.output<typeof StepOutline>;

/** What the operator learns before anything is signed. */
export const Prepared = z.strictObject({
  checks: z.array(Check),
  changes: z.array(Change),
  consequences: z.array(Consequence),
  steps: z.array(StepOutline),
  /** Lamports locked as rent by new accounts, and whether they can come back. */
  lockedLamports: U64,
  lockedNote: z.string(),
  /** Network fees of all steps for their signatures, lamports. */
  feeLamports: U64,
  /** What priority fees may add to all steps at most, lamports. */
  mostPriorityLamports: U64,
  /** The equivalent `run-manager` lines. */
  command: z.string(),
  /** Slot the facts were read at. */
  slot: U64,
});

export type Prepared = z.output<typeof Prepared>;
