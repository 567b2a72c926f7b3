import { decodeInstruction, encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import { isAppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramIds, type ProgramName, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import { parseAddress } from '#core/solana/address.ts';
import type { AccountRole, GivenAccount, InstructionReading, ReadingContext } from './instruction-reading.ts';
import { notUnderstood, understood } from './read-by-shape.ts';
import { fieldsOf } from './run-fields.ts';
import { meaningOf } from './run-meaning.ts';

const PROGRAM_TITLES: Readonly<Record<ProgramName, string>> = {
  coordinator: 'Psyche coordinator',
  treasurer: 'Psyche treasurer',
  authorizer: 'Psyche authorizer',
};

/**
 * Reads an instruction of one of the run programs. It counts as understood only when the arguments, encoded again, give the
 * same bytes: otherwise something in them is not on the screen.
 */
export function readRunInstruction(
  program: ProgramName,
  data: Uint8Array,
  accounts: readonly GivenAccount[],
  context: ReadingContext,
): InstructionReading {
  try {
    const { name, args, fields } = decodeInstruction(program, data);
    const again = encodeInstruction(program, name, args);
    if (again.length !== data.length || !again.every((byte, index) => byte === data[index])) {
      return notUnderstood(PROGRAM_TITLES[program], true);
    }
    const roles = instructionAccounts(program, name).map((account) => withDeployedAddress(account, context.programs));
    const at = (role: string) => accounts[roles.findIndex((each) => each.name === role)]?.address;
    const meaning = meaningOf(program, { name, args, at, context });
    return understood(PROGRAM_TITLES[program], { name, roles }, fieldsOf(fields, data, context.noteFor), meaning);
  } catch (cause) {
    if (isAppError(cause) && cause.code.startsWith('codec/')) return notUnderstood(PROGRAM_TITLES[program], true);
    throw cause;
  }
}

/** The interface files name the public deployment; here the deployment in use counts. */
function withDeployedAddress(
  { constant, ...role }: ReturnType<typeof instructionAccounts>[number],
  programs: ProgramIds,
): AccountRole {
  if (constant === undefined) return role;
  const own = PROGRAM_NAMES.find((program) => DEFAULT_PROGRAM_IDS[program] === constant);
  return { ...role, constant: own === undefined ? parseAddress(constant) : programs[own] };
}
