import type { Address } from '#core/solana/address.ts';
import type { AccountSource, StoredAccount } from '../accounts.ts';
import type { Clock } from '../clock.ts';
import type { ReturnData, TransactionError } from '../execution-result.ts';

/** An account of an instruction, by address, with what the caller lets it do. */
export type AccountMeta = { readonly address: Address; readonly isSigner: boolean; readonly isWritable: boolean };

/** An instruction whose accounts are addresses. */
export type Instruction = {
  readonly programId: Address;
  readonly accounts: readonly AccountMeta[];
  readonly data: Uint8Array;
};

/** A run of neighbouring instructions of native programs. Who may sign is decided by whoever builds this, not by the engine. */
export type NativeRequest = {
  readonly instructions: readonly Instruction[];
  readonly accounts: AccountSource;
  readonly clock: Clock;
  /** The cluster's newest blockhash, 32 bytes: what a nonce derives its next value from. */
  readonly blockhash: Uint8Array;
  /** Compute units left for these instructions. */
  readonly unitLimit: bigint;
};

/** A call made inside a native instruction. `stackHeight` counts from 1 for the request's own instructions. */
export type NativeInnerInstruction = {
  readonly programId: Address;
  readonly accounts: readonly Address[];
  readonly data: Uint8Array;
  readonly stackHeight: number;
};

/** A failure inside a run: instruction indexes count within the run; an account is named, since only the caller knows its index. */
export type NativeError =
  | { readonly kind: 'transaction'; readonly err: TransactionError }
  | { readonly kind: 'rent'; readonly account: Address };

/** What a run of native instructions did. */
export type NativeResult = {
  readonly err: NativeError | null;
  readonly logs: readonly string[];
  readonly unitsConsumed: bigint;
  /** Per instruction of the request. */
  readonly inner: readonly (readonly NativeInnerInstruction[])[];
  readonly returnData: ReturnData | null;
  /** Written accounts that differ; empty after a failure. */
  readonly changed: ReadonlyMap<Address, StoredAccount>;
};

/** The engine for programs that are not emulated: System, Token, Associated Token Account, Memo and their like. */
export type NativeExecutor = {
  readonly hasProgram: (address: Address) => boolean;
  readonly execute: (request: NativeRequest) => NativeResult;
};
