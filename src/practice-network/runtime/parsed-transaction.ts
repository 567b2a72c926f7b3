import type { Address } from '#core/solana/address.ts';

/** One instruction of a transaction, by index into {@link ParsedTransaction.accountKeys}. */
export type ParsedInstruction = {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
};

/**
 * What execution needs of a transaction whose form, signatures and age the bank has already checked. Keys loaded from
 * lookup tables follow the static ones, writable first, as the runtime numbers them.
 */
export type ParsedTransaction = {
  readonly accountKeys: readonly Address[];
  /** Per key, in the same order. */
  readonly isSigner: readonly boolean[];
  /** Per key, in the same order. */
  readonly isWritable: readonly boolean[];
  readonly instructions: readonly ParsedInstruction[];
};
