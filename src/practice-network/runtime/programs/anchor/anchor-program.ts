import { programInterface, startsWith } from '#core/codec/program-interface.ts';
import type { ProgramName } from '#core/layouts/programs.ts';
import type { EmulatedProgram, ProgramContext } from '../program.ts';
import { ANCHOR_ERRORS, type AnchorErrorName, failWith } from './anchor-error.ts';
import { readArguments } from './read-arguments.ts';

/** One handler per instruction of a program; it checks the accounts and does the work. */
export type AnchorHandlers<Instructions> = {
  readonly [N in keyof Instructions]: (context: ProgramContext, args: Instructions[N]) => void;
};

const DISCRIMINATOR_BYTES = 8;

/**
 * A program as Anchor dispatches it: find the instruction, log its name, decode the arguments, hand over.
 *
 * @param computeUnits - nominal cost of every instruction
 */
export function createAnchorProgram<Instructions>(
  program: ProgramName,
  computeUnits: bigint,
  handlers: AnchorHandlers<Instructions>,
): EmulatedProgram {
  const { instructions } = programInterface(program);
  const byName = handlers as Readonly<Record<string, (context: ProgramContext, args: unknown) => void>>;
  return {
    computeUnits,
    run: (context) => {
      const { data, log } = context;
      if (data.length < DISCRIMINATOR_BYTES) fail(context, 'InstructionMissing');
      const instruction = instructions.find(({ discriminator }) => startsWith(data, discriminator));
      const handle = instruction && byName[instruction.name];
      if (instruction === undefined || handle === undefined) return fail(context, 'InstructionFallbackNotFound');
      log(`Instruction: ${camelCased(instruction.name)}`);
      const args = readArguments(instruction.args, data, DISCRIMINATOR_BYTES);
      if (args === undefined) fail(context, 'InstructionDidNotDeserialize');
      handle(context, args);
    },
  };
}

function fail(context: ProgramContext, name: AnchorErrorName): never {
  return failWith(context, { name, ...ANCHOR_ERRORS[name] }, { kind: 'nowhere' });
}

/** `set_paused` → `SetPaused`. */
function camelCased(name: string): string {
  return name.replace(/(?:^|_)([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}
