import type { Address } from '#core/solana/address.ts';
import type { StoredAccount } from './accounts.ts';

/** Why one instruction failed, as RPC JSON: `"InvalidAccountData"` or `{"Custom": 6001}`. */
export type InstructionError = string | { readonly Custom: number } | { readonly BorshIoError: string };

/** Why a transaction failed, as RPC JSON. Source: Agave, `UiTransactionError`. */
export type TransactionError =
  | string
  | { readonly InstructionError: readonly [number, InstructionError] }
  | { readonly InsufficientFundsForRent: { readonly account_index: number } }
  | { readonly ProgramExecutionTemporarilyRestricted: { readonly account_index: number } }
  | { readonly DuplicateInstruction: number };

/** An instruction another one called, by index into the transaction's keys. `stackHeight` of a top-level one is 1. */
export type InnerInstruction = {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
  readonly stackHeight: number;
};

/** All calls made below one top-level instruction, in the order they began. */
export type InnerInstructions = { readonly index: number; readonly instructions: readonly InnerInstruction[] };

/** Bytes a program left for its caller. */
export type ReturnData = { readonly programId: Address; readonly data: Uint8Array };

/** What became of one transaction. Fees and nonces are the bank's business and not in here. */
export type ExecutionResult = {
  readonly err: TransactionError | null;
  readonly logs: readonly string[];
  readonly unitsConsumed: bigint;
  readonly innerInstructions: readonly InnerInstructions[];
  readonly returnData: ReturnData | null;
  /** Accounts to commit; empty after a failure. An account with 0 lamports is to be removed. */
  readonly changed: Map<Address, StoredAccount>;
};
