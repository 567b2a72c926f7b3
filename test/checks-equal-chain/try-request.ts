import { isAppError } from '#core/errors/app-error.ts';
import type { OperationInput } from '#core/operations/request.ts';
import type { PreparedRequest } from '#core/operations/prepare-request.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { signersOf, stageWorld } from './stage-world.ts';
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
  const signers = signersOf(world);
  try {
    const { beyondNeeded } = world.payer;
    const lamports =
      beyondNeeded === undefined ? undefined : standing((await neededFor(world, operation)) + beyondNeeded);
    const desk = stageWorld(world, lamports);
    const { prepared, steps } = await desk.prepare(operation, signers);
    const fails = failsOf({ prepared });
    if (steps.length === 0) return { keptBack: 'empty plan', fails };
    for (const { instructions } of steps) {
      const error = desk.send(instructions, signers.payer);
      if (error !== null) return { fails, refusal: refusalOf(error) };
    }
    return { fails, refusal: undefined };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { keptBack: cause.code, fails: [cause.code] };
  }
}

/** No account holds less than the rent of nothing: what would is not there. */
function standing(lamports: bigint): bigint {
  return lamports < rentExemptMinimum(0) ? 0n : lamports;
}

async function neededFor(world: World, operation: OperationInput): Promise<bigint> {
  const { prepared } = await stageWorld(world).prepare(operation, signersOf(world));
  return prepared.lockedLamports + prepared.feeLamports;
}

function failsOf({ prepared: { checks } }: Pick<PreparedRequest, 'prepared'>): string[] {
  return checks.filter(({ kind }) => kind === 'fail').map(({ title }) => title);
}

/** A code as it is counted: `Custom 6004`, `InvalidAccountData`, or that the fee could not even be paid. */
function refusalOf(error: unknown): string {
  if (error === undefined) return 'fee cannot be paid';
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null) return String(error);
  if (!('InstructionError' in error)) return Object.keys(error).join();
  const [, why] = error.InstructionError as [number, string | Record<string, unknown>];
  return typeof why === 'string' ? why : Object.entries(why).flat().join(' ');
}
