import { isAppError } from '#core/errors/app-error.ts';
import type { OperationInput } from '#core/operations/request.ts';
import { feeOf } from '#core/operations/step-costs.ts';
import { stageWorld, signersOf } from './stage-world.ts';
import type { World } from './world.ts';

/** What checks and chain say about one request in one world. */
export type Verdict = {
  /** Titles of the checks that fail. */
  readonly fails: readonly string[];
  /** The refusal of the first step that the chain does not take; `undefined` when it takes all of them. */
  readonly refusal: string | undefined;
};

/** A request that leads to no transaction: the reads or an empty plan keep it from the chain. */
export type NothingSent = { readonly keptBack: string; readonly fails: readonly string[] };

/**
 * Asks the checks, then sends every step of the plan as it was planned, past the simulation: each one fails or lands on
 * the emulated programs.
 */
export async function tryRequest(world: World, operation: OperationInput): Promise<Verdict | NothingSent> {
  try {
    const { prepare, send } = stageWorld(world, await payerLamports(world, operation));
    const { prepared, steps } = await prepare(operation);
    const fails = prepared.checks.filter(({ kind }) => kind === 'fail').map(({ title }) => title);
    if (steps.length === 0) return { keptBack: 'empty plan', fails };
    for (const { instructions } of steps) {
      const refusal = send(instructions, signersOf(world).payer);
      if (refusal !== undefined) return { fails, refusal };
    }
    return { fails, refusal: undefined };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { keptBack: cause.code, fails: [cause.code] };
  }
}

/** Near what was promised, when the world says so. */
async function payerLamports(world: World, operation: OperationInput): Promise<bigint | undefined> {
  const { near } = world.payer;
  if (!near) return undefined;
  const { steps } = await stageWorld(world).prepare(operation);
  const paid = near.steps === 'first' ? steps.slice(0, 1) : steps;
  const promised = paid.reduce(
    (sum, step) => sum + feeOf(step) + (step.costLamports > 0n ? step.costLamports : 0n),
    0n,
  );
  const lamports = promised + near.lamports;
  return lamports > 0n ? lamports : 0n;
}
