import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Lamports or native token units as decimal text. Sums of several u64 may pass u64, so there is no upper bound. */
const Amount = z.string().regex(/^(0|[1-9]\d*)$/);

/**
 * Something a person must know before signing. `warn`: read it. `typed`: a phrase is typed on the machine that signs.
 * `refuse`: this app does not sign it.
 */
export const Flag = z.strictObject({
  level: z.enum(['warn', 'typed', 'refuse']),
  /** Stable name, such as `token/approve`. */
  code: z.string(),
  text: z.string(),
  /** Which instruction it is about; absent when it is about the whole transaction. */
  instructionIndex: z.number().int().optional(),
});

export type Flag = z.output<typeof Flag>;

/** One value read from an instruction's data. */
export const ReviewedField = z.strictObject({
  label: z.string(),
  value: z.string(),
  /** Place in the decoded arguments, such as `params.run_id`. */
  path: z.string(),
  /** First byte in the instruction's data, and the byte after the last. */
  start: z.number().int(),
  end: z.number().int(),
  /** What the value stands for: “you”, a label, an amount in SOL. */
  note: z.string().optional(),
  /** The bytes behind `value`, when the text alone does not tell all of them. */
  hex: z.string().optional(),
});

export type ReviewedField = z.output<typeof ReviewedField>;

/** One account an instruction is given. */
export const ReviewedAccount = z.strictObject({
  role: z.string(),
  /** Absent for an account taken from a lookup table: the signature does not cover which one that is. */
  address: AddressText.optional(),
  tableEntry: z.strictObject({ table: AddressText, index: z.number().int() }).optional(),
  isSigner: z.boolean(),
  isWritable: z.boolean(),
  isOwn: z.boolean(),
  label: z.string().optional(),
});

export type ReviewedAccount = z.output<typeof ReviewedAccount>;

/** A program the transaction runs. `isKnown`: this app can read its instructions. */
export const ReviewedProgram = z.strictObject({ address: AddressText, name: z.string(), isKnown: z.boolean() });

export type ReviewedProgram = z.output<typeof ReviewedProgram>;

/** One instruction, in words and to the byte. */
export const ReviewedInstruction = z.strictObject({
  program: ReviewedProgram,
  /** The program's own name for it, empty when it is not understood. */
  name: z.string(),
  /** What it does, in words. */
  title: z.string(),
  /** Whether every byte of the data has its meaning among `fields`. */
  isUnderstood: z.boolean(),
  fields: z.array(ReviewedField),
  accounts: z.array(ReviewedAccount),
  dataHex: z.string(),
  /** Where the data begins in the message, bytes. */
  dataOffset: z.number().int(),
});

export type ReviewedInstruction = z.output<typeof ReviewedInstruction>;

/** The most SOL one own account can lose: fee, transfers, and rent at the highest rate the network has had. */
export const Outflow = z.strictObject({ account: AddressText, lamports: Amount, why: z.array(z.string()) });

export type Outflow = z.output<typeof Outflow>;

/** Tokens leaving an account that an own key controls. Native units; `decimals` and `mint` only when the bytes state them. */
export const TokenOutflow = z.strictObject({
  account: AddressText,
  authority: AddressText,
  amount: Amount,
  decimals: z.number().int().optional(),
  mint: AddressText.optional(),
});

export type TokenOutflow = z.output<typeof TokenOutflow>;

/** How long the signature stays usable: about a minute, or without end until the nonce moves. */
export const ReviewedLifetime = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blockhash'), blockhash: z.string() }),
  z.strictObject({
    kind: z.literal('nonce'),
    nonceAccount: AddressText,
    nonceAuthority: AddressText.optional(),
    nonce: z.string(),
  }),
]);

/** Everything the review screen shows about a transaction, read from its message bytes alone. JSON as it stands. */
export const Review = z.strictObject({
  /** Base58 of SHA-256 of the message: what a Ledger shows and what an approval binds to. */
  messageHash: z.string(),
  messageBase64: z.string(),
  version: z.union([z.literal('legacy'), z.literal(0)]),
  /** Bytes with all signatures, and the most the network takes. */
  sizeBytes: z.number().int(),
  sizeLimit: z.number().int(),
  feePayer: AddressText,
  signers: z.array(
    z.strictObject({
      address: AddressText,
      isFeePayer: z.boolean(),
      isWritable: z.boolean(),
      isOwn: z.boolean(),
      label: z.string().optional(),
    }),
  ),
  lifetime: ReviewedLifetime,
  fee: z.strictObject({
    /** Signatures paid for, those checked by signature programs included. */
    signatures: z.number().int(),
    baseLamports: Amount,
    priorityLamports: Amount,
    totalLamports: Amount,
    computeUnitLimit: z.number().int().optional(),
    /** Micro-lamports per compute unit. */
    computeUnitPrice: Amount.optional(),
  }),
  instructions: z.array(ReviewedInstruction),
  outflows: z.array(Outflow),
  tokenOutflows: z.array(TokenOutflow),
  /** Every account something is sent to, in full. */
  destinations: z.array(
    z.strictObject({
      address: AddressText,
      why: z.string(),
      instructionIndex: z.number().int(),
      isOwn: z.boolean(),
      label: z.string().optional(),
    }),
  ),
  programs: z.array(ReviewedProgram),
  /** Every static key in message order, used or not. */
  accounts: z.array(z.strictObject({ address: AddressText, isSigner: z.boolean(), isWritable: z.boolean() })),
  lookups: z.array(
    z.strictObject({
      table: AddressText,
      writableIndexes: z.array(z.number().int()),
      readonlyIndexes: z.array(z.number().int()),
    }),
  ),
  flags: z.array(Flag),
});

export type Review = z.output<typeof Review>;
