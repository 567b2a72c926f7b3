import { sha256 } from '@noble/hashes/sha2.js';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { ChainReader } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { wireSizeOf } from '#core/transactions/build.ts';
import { allowToJoin } from './allow-to-join/allow-to-join.ts';
import { claimRewards } from './claim-rewards/claim-rewards.ts';
import { createRun } from './create-run/create-run.ts';
import type { Facts, Operation, OperationContext, Step } from './define-operation.ts';
import type { Prepared } from './prepared.ts';
import type { OperationInput, OperationRequest } from './request.ts';
import { setPaused } from './set-paused/set-paused.ts';
import { setRates } from './set-rates/set-rates.ts';
import { topUp } from './top-up/top-up.ts';
import { updateConfiguration } from './update-configuration/update-configuration.ts';

/** Lamports per signature. Source: Solana SDK, `DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE`. */
const FEE_PER_SIGNATURE = 5000n;

/** What a form is told, and the steps the next review is built from. */
export type PreparedRequest = {
  readonly prepared: Prepared;
  readonly steps: readonly Step[];
  /** The next step creates an account whose key must sign it. */
  readonly needsFreshAccount: boolean;
};

/**
 * Reads the chain and answers with checks, changes, cost and the steps still to be done.
 *
 * @param context.freshAccount - address of the new run's account; without one a placeholder keeps sizes right, and the
 * steps must not be built
 * @throws AppError `rpc/…`, `run/…`, `account/…`
 */
export async function prepareRequest(
  { operation, signers }: OperationRequest,
  context: {
    chain: ChainReader;
    programs: ProgramIds;
    freshAccount: Address | undefined;
    ownAccounts: ReadonlySet<Address>;
  },
): Promise<PreparedRequest> {
  const freshAccount = context.freshAccount ?? PLACEHOLDER;
  const prepare = prepareByKind[operation.kind] as Prepare<OperationInput>;
  const { programs, ownAccounts } = context;
  return prepare(operation, { signers, programs, freshAccount, ownAccounts }, context.chain);
}

/** Every operation by its kind: one that is missing does not compile. */
const prepareByKind: { readonly [K in OperationInput['kind']]: Prepare<Extract<OperationInput, { kind: K }>> } = {
  'allow-to-join': preparing(allowToJoin),
  'claim-rewards': preparing(claimRewards),
  'create-run': preparing(createRun),
  'set-paused': preparing(setPaused),
  'set-rates': preparing(setRates),
  'top-up': preparing(topUp),
  'update-configuration': preparing(updateConfiguration),
};

type Prepare<I> = (input: I, context: OperationContext, chain: ChainReader) => Promise<PreparedRequest>;

function preparing<I, F extends Facts>(operation: Operation<I, F>): Prepare<I> {
  return async function prepare(input, context, chain) {
    const facts = await operation.gather(input, { ...context, chain });
    const steps = operation.plan(input, facts, context);
    const rent = operation.rent(input, facts, context);
    return {
      steps,
      needsFreshAccount: steps[0]?.signers.some(({ address }) => address === context.freshAccount) ?? false,
      prepared: {
        checks: operation.check(input, facts, context),
        changes: operation.changes(input, facts, context),
        steps: steps.map(({ title, signers, instructions }) => ({
          title,
          signers: [...signers],
          sizeBytes: wireSizeOf(instructions, context.signers.payer),
        })),
        lockedLamports: rent.lamports,
        lockedNote: rent.note,
        feeLamports: FEE_PER_SIGNATURE * BigInt(steps.reduce((sum, { signers }) => sum + signers.length, 0)),
        command: operation.command(input, facts, context),
        slot: facts.slot,
      },
    };
  };
}

/** Stands for the account of a run that does not exist yet; only its length matters. */
const PLACEHOLDER = addressFromBytes(sha256(new TextEncoder().encode('account of a run that does not exist yet')));
