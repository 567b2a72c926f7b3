import { failWith } from '../anchor/anchor-error.ts';
import type { ProgramContext } from '../program.ts';

/** Source: `psyche/programs.json`, errors of the treasurer. */
const TREASURER_ERRORS = {
  InvalidParameter: { code: 6000, msg: 'Invalid parameter' },
  RunIdInvalidLength: { code: 6001, msg: 'run_id must be 32 bytes or less' },
} as const;

/**
 * Fails as a handler of the treasurer does with one of its own errors.
 *
 * @throws InstructionFailure always
 */
export function failInTreasurer(
  context: ProgramContext,
  instruction: string,
  name: keyof typeof TREASURER_ERRORS,
): never {
  return failWith(context, { name, ...TREASURER_ERRORS[name] }, { kind: 'handler', instruction });
}
