import { bytesToHex } from '@noble/hashes/utils.js';
import { AppError } from '#core/errors/app-error.ts';
import type { ProgramName } from '#core/layouts/programs.ts';
import { decodeBorsh } from './borsh-read.ts';
import { encodeBorsh } from './borsh-write.ts';
import type { FieldNode } from './field-node.ts';
import { instructionInterface, programInterface, startsWith, type InstructionAccount } from './program-interface.ts';

/** Instruction data, understood. `args` follows the generated types; `fields` start after the discriminator. */
export type DecodedInstruction = {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldNode[];
};

/**
 * Instruction data: discriminator and arguments.
 *
 * @param args - by argument name, in the value conventions of `layouts/generated`; u64 are `bigint`, keys are bytes
 * @throws AppError `codec/unknown-instruction` and what `encodeBorsh` refuses
 */
export function encodeInstruction(program: ProgramName, name: string, args: Readonly<Record<string, unknown>>) {
  const instruction = instructionInterface(program, name);
  return encodeBorsh(instruction.args, args, instruction.discriminator);
}

/**
 * Reads instruction data strictly. The programs ignore bytes after the arguments; here they are refused, so that
 * nothing is signed that is not shown.
 *
 * @throws AppError `codec/unknown-instruction` and what `decodeBorsh` refuses
 */
export function decodeInstruction(program: ProgramName, data: Uint8Array): DecodedInstruction {
  const instruction = programInterface(program).instructions.find((each) => startsWith(data, each.discriminator));
  if (!instruction) {
    throw new AppError('codec/unknown-instruction', { program, instruction: bytesToHex(data.subarray(0, 8)) });
  }
  const { value, fields } = decodeBorsh(instruction.args, data, instruction.discriminator.length, false);
  return { name: instruction.name, args: value as DecodedInstruction['args'], fields };
}

/**
 * The accounts an instruction takes, in order.
 *
 * @throws AppError `codec/unknown-instruction`
 */
export function instructionAccounts(program: ProgramName, name: string): readonly InstructionAccount[] {
  return instructionInterface(program, name).accounts;
}
