import type { TransactionInstruction } from '@solana/web3.js';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { FeePolicy } from '#core/networks/fee-policy.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { Rest } from '#core/units/long-lists.ts';
import type { PlannedStep } from '#core/transactions/plan.ts';
import type { Change, Check, Consequence } from './prepared.ts';
import type { OperationSigners } from './request.ts';

/** A step whose instructions are web3.js instructions. */
export type Step = PlannedStep<TransactionInstruction> & {
  /** Lamports the payer puts in besides the fee; negative when it gets some back. */
  readonly costLamports: bigint;
};

/** Who signs the steps of a plan, and the nonce they live by; none: a recent blockhash. */
export type StepSigners = OperationSigners & { readonly nonce?: NonceLifetime | undefined };

/** What an operation may use besides its input. */
export type OperationContext = {
  readonly signers: StepSigners;
  readonly programs: ProgramIds;
  /** Address of the account a new run gets; its key is made by the signer process. */
  readonly freshAccount: Address;
  /** Accounts of runs that this app created on this cluster: whatever else a run says of itself, these are ours. */
  readonly ownAccounts: ReadonlySet<Address>;
  /** What transactions bid: sizes and costs count it. Absent: nothing. */
  readonly fees?: FeePolicy | undefined;
};

/** What every reading for an operation brings. */
export type Reading = {
  /** Slot of the newest read. */
  readonly slot: bigint;
  /** Lamports of the fee payer. */
  readonly payerLamports: bigint;
};

/** What every operation's facts carry. */
export type Facts = Reading & {
  /** What an account must keep to stay alive when it is not emptied. */
  readonly floorLamports: bigint;
};

/** What locking SOL for storage means for the operator. */
export type Rent = { readonly lamports: bigint; readonly note: string };

/**
 * One operation. `gather` is the only step that waits and may throw `run/…` and `rpc/…`; the others are functions of
 * input and facts, so the same request on the same chain gives the same plan.
 */
export type Operation<I, F extends Facts> = {
  gather(input: I, context: OperationContext & { readonly chain: ChainReader; readonly rest: Rest }): Promise<F>;
  /** Every rule that could refuse it, but for what the payer has: that is asked of every plan alike. */
  check(input: I, facts: F, context: OperationContext): Check[];
  /** Steps that are already done on chain are not in it. Empty when part of the request could not be sent: nothing is sent in part. */
  plan(input: I, facts: F, context: OperationContext): Step[];
  changes(input: I, facts: F, context: OperationContext): Change[];
  /** Who and what is affected, when, and what cannot be taken back. What `changes` and `rent` say is not said again. */
  consequences(input: I, facts: F, context: OperationContext): Consequence[];
  rent(input: I, facts: F, context: OperationContext): Rent;
  /** The `run-manager` lines that do the same. */
  command(input: I, facts: F, context: OperationContext): string;
};

export function defineOperation<I, F extends Facts>(operation: Operation<I, F>): Operation<I, F> {
  return operation;
}
