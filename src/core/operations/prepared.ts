import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';

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
});

export type Check = z.output<typeof Check>;

/** A value that will differ afterwards. Display text on both sides. */
export const Change = z.strictObject({ label: z.string(), before: z.string(), after: z.string() });

export type Change = z.output<typeof Change>;

/** One transaction of a plan, before its bytes exist. */
export const StepOutline = z.strictObject({
  title: z.string(),
  signers: z.array(z.strictObject({ address: AddressText, role: z.string() })),
  /** Size of the wire transaction in bytes; the limit is 1,232. */
  sizeBytes: z.number().int(),
});

export type StepOutline = z.output<typeof StepOutline>;

/** What the operator learns before anything is signed. */
export const Prepared = z.strictObject({
  checks: z.array(Check),
  changes: z.array(Change),
  steps: z.array(StepOutline),
  /** Lamports locked as rent by new accounts, and whether they can come back. */
  lockedLamports: U64,
  lockedNote: z.string(),
  /** Network fees of all steps, lamports. */
  feeLamports: U64,
  /** The equivalent `run-manager` lines. */
  command: z.string(),
  /** Slot the facts were read at. */
  slot: U64,
});

export type Prepared = z.output<typeof Prepared>;
