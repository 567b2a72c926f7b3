import type { TransactionInstruction } from '@solana/web3.js';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { Simulation } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { passCanonicalGate, SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { Review } from '#core/transactions/review.ts';
import type { SimulationReport } from '#core/transactions/review-request.ts';
import type { ChainNode } from '#main/ports.ts';

/** What a simulation said, with the lamports of the watched accounts before it; or why there is none. */
export type Trial =
  | {
      readonly kind: 'ran';
      readonly simulation: Simulation;
      /** The fee payer first. */
      readonly watch: readonly Address[];
      readonly before: readonly bigint[];
    }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string };

/**
 * Simulates what is about to be reviewed: the same instructions, and with them the same message but for the blockhash and what
 * the simulation is to tell, the compute limit.
 *
 * @param fromSlot - of the reads that the checks come from
 * @throws AppError `message/…`
 */
export async function tryOut(
  node: ChainNode,
  message: Uint8Array,
  alsoWatch: readonly Address[],
  fromSlot: bigint,
): Promise<Trial> {
  const { header, staticKeys } = passCanonicalGate(message);
  const signing = staticKeys.slice(0, header.requiredSignatures);
  const unsigned = signing.map(() => new Uint8Array(SIGNATURE_BYTES));
  const watch = [...new Set([...signing, ...alsoWatch])];
  try {
    const [before, simulation] = await Promise.all([
      lamportsOf(node, watch),
      node.simulate(encodeTransaction(unsigned, message), watch, fromSlot),
    ]);
    return { kind: 'ran', simulation, watch, before };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    const { happened, remedy } = messageOf(cause.code, cause.params as never);
    return { kind: 'unavailable', reason: happened, remedy };
  }
}

async function lamportsOf(node: ChainNode, addresses: readonly Address[]): Promise<bigint[]> {
  const { accounts } = await node.readAccounts(addresses, { offset: 0, length: 0 });
  return accounts.map((account) => account?.lamports ?? 0n);
}

/** Whether the cluster would refuse it. */
export function isFailure({ err }: Simulation): boolean {
  return err !== null && err !== undefined;
}

/**
 * What a trial showed, in words.
 *
 * @param placed - the cluster's error value, with the number that its instruction has in the message that is reviewed
 */
export function reportOn(
  trial: Trial,
  {
    review,
    programs,
    runId,
    placed = (error) => error,
  }: { review: Review; programs: ProgramIds; runId: string | undefined; placed?: (error: unknown) => unknown },
): SimulationReport {
  if (trial.kind === 'unavailable') return { ...trial, logs: [], balances: [] };
  const { err, logs, unitsConsumed, accounts } = trial.simulation;
  const common = { logs: [...logs], ...(unitsConsumed === undefined ? {} : { unitsConsumed }) };
  if (isFailure(trial.simulation)) {
    const error = placed(err);
    const failure = explainFailure({ error, logs, instructions: review.instructions, programs, runId });
    return { kind: 'would-fail', reason: failure.cause, remedy: failure.remedy, failure, ...common, balances: [] };
  }
  // The trial bids nothing, and the runtime takes the whole bid whatever happens.
  const bids = { [review.feePayer]: BigInt(review.fee.priorityLamports) };
  const balances = trial.watch.map((address, index) => ({
    address,
    beforeLamports: trial.before[index] ?? 0n,
    afterLamports: atLeastNothing((accounts[index]?.lamports ?? 0n) - (bids[address] ?? 0n)),
  }));
  return { kind: 'would-succeed', reason: '', remedy: '', ...common, balances };
}

function atLeastNothing(lamports: bigint): bigint {
  return lamports < 0n ? 0n : lamports;
}

/**
 * The error with the number that its instruction has in the message that is reviewed, which asks for no units after a failure.
 *
 * @param tried - the instructions that were simulated: those of the step, and those that only ask for compute units
 */
export function placedIn({ instructions }: Step, tried: readonly TransactionInstruction[], error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('InstructionError' in error)) return error;
  if (!Array.isArray(error.InstructionError)) return error;
  const [index, ...what] = error.InstructionError as unknown[];
  const failing = typeof index === 'number' ? tried[index] : undefined;
  const place = failing ? instructions.indexOf(failing) : -1;
  return place === -1 ? error : { InstructionError: [place, ...what] };
}
