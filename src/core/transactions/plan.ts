import type { Address } from '#core/solana/address.ts';

/** A signature a step needs, and as what. */
export type RequiredSigner = { readonly address: Address; readonly role: string };

/**
 * One transaction of a plan before its bytes exist. `I` is the instruction type of whoever builds it: core's pure part
 * does not know it.
 */
export type PlannedStep<I> = {
  readonly title: string;
  readonly instructions: readonly I[];
  /** Every required signer, the fee payer first. */
  readonly signers: readonly RequiredSigner[];
  /** The run it is about. */
  readonly runId?: string;
  /** Accounts whose balance or state the simulation should report. */
  readonly watch: readonly Address[];
};
