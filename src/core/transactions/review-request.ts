import { z } from 'zod';
import { Change, Check, Consequence, StepOutline } from '#core/operations/prepared.ts';
import { ClusterName } from '#core/networks/cluster.ts';
import { ProgramNotice } from '#core/programs-deployed/program-notice.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { Failure } from './failure.ts';
import { Review } from './review.ts';

/** What a simulation on the cluster showed: a second witness that may add warnings and never removes them. */
export const SimulationReport = z.strictObject({
  kind: z.enum(['would-succeed', 'would-fail', 'unavailable']),
  /** Why it would fail, in words. Empty otherwise. */
  reason: z.string(),
  remedy: z.string(),
  /** All that is known about why it would fail. */
  failure: Failure.optional(),
  logs: z.array(z.string()),
  unitsConsumed: U64.optional(),
  balances: z.array(z.strictObject({ address: AddressText, beforeLamports: U64, afterLamports: U64 })),
});

export type SimulationReport = z.output<typeof SimulationReport>;

/** A slot for one required signature. */
export const SignerSlot = z.strictObject({
  address: AddressText,
  role: z.string(),
  label: z.string(),
  /**
   * `signed`: the signature is there already. `absent`: its key is not on this machine, somebody else signs. An encrypted
   * keyfile needs its passphrase with the approval.
   */
  kind: z.enum(['keyfile', 'encrypted-keyfile', 'fresh-account', 'absent', 'signed']),
  /** Why the key on this machine cannot sign now. Empty when it can, or is not here. */
  problem: z.string(),
});

export type SignerSlot = z.output<typeof SignerSlot>;

/** The review of one transaction, as the page shows it. */
export const ReviewedStep = z.strictObject({
  reviewId: z.string(),
  /** `plan`: built by this app, now. `journal`: signed in part before. `import`: bytes that came from elsewhere. */
  origin: z.enum(['plan', 'journal', 'import']),
  /** Of the plan whose next transaction it is; absent for bytes that were there before. */
  planId: z.string().optional(),
  title: z.string(),
  /** 1-based. */
  stepNumber: z.number().int(),
  steps: z.array(StepOutline.pick({ title: true })),
  review: Review,
  /** Where its compute limit and price come from, or why it has none. Empty when the network is set to none. */
  feeNote: z.string(),
  checks: z.array(Check),
  /** About the programs it calls, as they are deployed on the cluster. */
  deployed: z.array(ProgramNotice),
  changes: z.array(Change),
  /** What it will mean, said by the plan; nothing of it is read from the bytes. */
  consequences: z.array(Consequence),
  simulation: SimulationReport,
  slots: z.array(SignerSlot),
  network: z.strictObject({ name: z.string(), genesisHash: z.string(), cluster: ClusterName }),
  blockHeight: U64,
  /** The last at which the bytes can land; absent under a nonce. */
  lastValidBlockHeight: U64.optional(),
  /** A phrase to type before approving, when a flag or a failed check asks for it. Empty: none. */
  typedPhrase: z.string(),
  /** Why approving is impossible. Empty: possible. */
  blocked: z.string(),
});

export type ReviewedStep = z.output<typeof ReviewedStep>;
