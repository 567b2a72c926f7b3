import type { TransactionInstruction } from '@solana/web3.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { programInterface, startsWith } from '#core/codec/program-interface.ts';
import { PROGRAM_NAMES, type ProgramIds } from '#core/layouts/programs.ts';
import type { FeePolicy } from '#core/networks/fee-policy.ts';
import type { ChainReader } from '#core/ports.ts';
import { hasPrice, withFees } from '#core/programs/compute-budget.ts';
import { addressFromBytes, addressToBytes, type Address } from '#core/solana/address.ts';
import { wirePartsOf } from '#core/transactions/build.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { Rest } from '#core/units/long-lists.ts';
import { expectedFees, mostPriorityLamports } from '#core/transactions/fees.ts';
import { readInstruction } from '#core/transactions/instructions/read-instruction.ts';
import { advanceNonce } from './advance-nonce/advance-nonce.ts';
import { allowMany } from './allow-many/allow-many.ts';
import { allowToJoin } from './allow-to-join/allow-to-join.ts';
import { authorizeNonce } from './authorize-nonce/authorize-nonce.ts';
import { claimRewards } from './claim-rewards/claim-rewards.ts';
import { checkpoint } from './checkpoint/checkpoint.ts';
import { closeAuthorization } from './close-authorization/close-authorization.ts';
import { closeNonce } from './close-nonce/close-nonce.ts';
import { closeRun } from './close-run/close-run.ts';
import { createNonceAccounts } from './create-nonce-accounts/create-nonce-accounts.ts';
import { createRun } from './create-run/create-run.ts';
import type { Facts, Operation, OperationContext, Step } from './define-operation.ts';
import { fundNonce } from './fund-nonce/fund-nonce.ts';
import type { Prepared } from './prepared.ts';
import type { OperationInput, OperationRequest } from './request.ts';
import { setAuthorizationActive } from './set-authorization-active/set-authorization-active.ts';
import { setDelegates } from './set-delegates/set-delegates.ts';
import { setPaused } from './set-paused/set-paused.ts';
import { setRates } from './set-rates/set-rates.ts';
import { feeOf, payerChecks } from './step-costs.ts';
import { tickRun } from './tick/tick.ts';
import { topUp } from './top-up/top-up.ts';
import { updateConfiguration } from './update-configuration/update-configuration.ts';
import { withdrawNonce } from './withdraw-nonce/withdraw-nonce.ts';

/** What a form is told, and the steps the next review is built from. */
export type PreparedRequest = {
  readonly prepared: Prepared;
  readonly steps: readonly Step[];
  /** The next step creates an account whose key must sign it. */
  readonly needsFreshAccount: boolean;
  /** Lamports an account must keep to stay alive when it is not emptied. */
  readonly floorLamports: bigint;
  /** The same reading with this address for the account of the new run. */
  withFreshAccount(address: Address): PreparedRequest;
};

/**
 * Reads the chain and answers with checks, changes, cost and the steps still to be done.
 *
 * @param context.freshAccount - address of the new run's account; without one a placeholder keeps sizes right, and the
 * steps must not be built
 * @throws AppError `rpc/…`, `run/…`, `account/…`
 */
export async function prepareRequest(
  { operation, signers }: Pick<OperationRequest, 'operation' | 'signers'>,
  context: {
    chain: ChainReader;
    programs: ProgramIds;
    freshAccount: Address | undefined;
    ownAccounts: ReadonlySet<Address>;
    fees?: FeePolicy | undefined;
    /** What the next transaction lives by; later ones take its next value, which is as long. Absent: a recent blockhash. */
    nonce?: NonceLifetime | undefined;
    /** Lets other work pass while a long list is gone through. Absent: nothing else waits. */
    rest?: Rest | undefined;
  },
): Promise<PreparedRequest> {
  const freshAccount = context.freshAccount ?? PLACEHOLDER;
  const prepare = prepareByKind[operation.kind] as Prepare<OperationInput>;
  const { programs, ownAccounts, fees, nonce, chain, rest = noRest } = context;
  return prepare(
    operation,
    { signers: { ...signers, nonce }, programs, freshAccount, ownAccounts, fees },
    { chain, rest },
  );
}

/** Every operation by its kind: one that is missing does not compile. */
const prepareByKind: { readonly [K in OperationInput['kind']]: Prepare<Extract<OperationInput, { kind: K }>> } = {
  'allow-many': preparing(allowMany),
  'allow-to-join': preparing(allowToJoin),
  'claim-rewards': preparing(claimRewards),
  checkpoint: preparing(checkpoint),
  'close-authorization': preparing(closeAuthorization),
  'close-run': preparing(closeRun),
  'create-run': preparing(createRun),
  'set-authorization-active': preparing(setAuthorizationActive),
  'set-delegates': preparing(setDelegates),
  'set-paused': preparing(setPaused),
  'set-rates': preparing(setRates),
  tick: preparing(tickRun),
  'top-up': preparing(topUp),
  'update-configuration': preparing(updateConfiguration),
  'create-nonce-accounts': preparing(createNonceAccounts),
  'fund-nonce': preparing(fundNonce),
  'advance-nonce': preparing(advanceNonce),
  'authorize-nonce': preparing(authorizeNonce),
  'withdraw-nonce': preparing(withdrawNonce),
  'close-nonce': preparing(closeNonce),
};

const noRest: Rest = () => Promise.resolve();

type Prepare<I> = (
  input: I,
  context: OperationContext,
  reading: { readonly chain: ChainReader; readonly rest: Rest },
) => Promise<PreparedRequest>;

function preparing<I, F extends Facts>(operation: Operation<I, F>): Prepare<I> {
  return async function prepare(input, context, reading) {
    return answerFrom(operation, input, await operation.gather(input, { ...context, ...reading }), context);
  };
}

const OFF: FeePolicy = { kind: 'off' };

/** Everything that follows from one reading. */
function answerFrom<I, F extends Facts>(
  operation: Operation<I, F>,
  input: I,
  facts: F,
  context: OperationContext,
): PreparedRequest {
  const steps = operation.plan(input, facts, context);
  const rent = operation.rent(input, facts, context);
  const { fees = OFF, signers } = context;
  const priced = steps.map((step) => withFees(step.instructions, expectedFees(fees), signers.payer));
  return {
    steps,
    floorLamports: facts.floorLamports,
    needsFreshAccount: steps[0]?.signers.some(({ address }) => address === context.freshAccount) ?? false,
    withFreshAccount: (freshAccount) => answerFrom(operation, input, facts, { ...context, freshAccount }),
    prepared: {
      checks: [...operation.check(input, facts, context), ...payerChecks(facts, steps, context.signers.payer)],
      changes: operation.changes(input, facts, context),
      consequences: operation.consequences(input, facts, context),
      steps: steps.map((step, index) => ({
        title: step.title,
        signers: [...step.signers],
        ...wirePartsOf(priced[index] ?? step.instructions, signers.payer, nameWith(context)),
      })),
      lockedLamports: rent.lamports,
      lockedNote: rent.note,
      feeLamports: steps.reduce((sum, step) => sum + feeOf(step), 0n),
      mostPriorityLamports: mostPriorityLamports(fees) * BigInt(priced.filter(hasPrice).length),
      command: operation.command(input, facts, context),
      slot: facts.slot,
    },
  };
}

/**
 * The name a program gives an instruction, from its bytes. Of a run program its first bytes are enough: a list of users makes
 * a thousand of them, and a whole reading derives the addresses of each.
 */
function nameWith({ programs }: OperationContext): (instruction: TransactionInstruction) => string {
  const context = { own: new Set<Address>(), programs, noteFor: () => undefined };
  const interfaces = PROGRAM_NAMES.map((name) => ({ id: addressToBytes(programs[name]), ...programInterface(name) }));
  return ({ programId, keys, data }) => {
    const program = programId.toBytes();
    const ofRun = interfaces.find(({ id }) => startsWith(program, id));
    if (ofRun) return ofRun.instructions.find(({ discriminator }) => startsWith(data, discriminator))?.name ?? '';
    const accounts = keys.map(({ pubkey, isSigner, isWritable }) => ({
      address: pubkey.toBase58() as Address,
      tableEntry: undefined,
      isSigner,
      isWritable,
    }));
    return readInstruction(programId.toBase58() as Address, new Uint8Array(data), accounts, context).name;
  };
}

/** Stands for the account of a run that does not exist yet; only its length matters. */
const PLACEHOLDER = addressFromBytes(sha256(new TextEncoder().encode('account of a run that does not exist yet')));
