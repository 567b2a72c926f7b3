import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { TransactionInstruction } from '@solana/web3.js';
import { hex } from '@scure/base';
import { z } from 'zod';
import { argsFromJson } from '#core/accounts/to-json.ts';
import { instructionAccounts } from '#core/codec/instruction-codec.ts';
import { AppError } from '#core/errors/app-error.ts';
import { programInstruction } from '#core/programs/program-instruction.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressText } from '#core/units/wire.ts';
import { readJson } from '../input.ts';
import { encodeForeign, FOREIGN_ACCOUNT_NAMES, ForeignCall } from './foreign-instructions.ts';

const RunProgramCall = z.looseObject({
  name: z.string(),
  program: z.enum(['coordinator', 'treasurer', 'authorizer']),
  instruction: z.string(),
  inputs: z.strictObject({ keys: z.record(z.string(), z.unknown()), args: z.record(z.string(), z.unknown()) }),
});

type RunProgramCall = z.output<typeof RunProgramCall>;

/** Bytes and accounts of instructions: an array in the form of `vectors/instructions.json`, answered in the same order. */
export function encode(file: string): unknown {
  return readJson(file, z.array(z.discriminatedUnion('program', [RunProgramCall, ForeignCall]))).map((call) =>
    isForeign(call)
      ? described(call.name, encodeForeign(call), FOREIGN_ACCOUNT_NAMES[call.program])
      : described(call.name, encodeRunProgram(call), accountNames(call)),
  );
}

function isForeign(call: RunProgramCall | ForeignCall): call is ForeignCall {
  return call.program === 'system' || call.program === 'token' || call.program === 'associated_token';
}

function encodeRunProgram({ program, instruction, inputs }: RunProgramCall): TransactionInstruction {
  const given = instructionAccounts(program, instruction).filter(({ name }) => Object.hasOwn(inputs.keys, name));
  return programInstruction(
    {
      program,
      instruction,
      args: argsFromJson(program, instruction, inputs.args),
      keys: Object.fromEntries(given.map(({ name }) => [name, keyNamed(name, inputs.keys)])),
    },
    DEFAULT_PROGRAM_IDS,
  );
}

function accountNames({ program, instruction }: RunProgramCall): string[] {
  return instructionAccounts(program, instruction).map(({ name }) => name);
}

function keyNamed(name: string, keys: Readonly<Record<string, unknown>>): Address {
  const parsed = AddressText.safeParse(keys[name]);
  if (parsed.success) return parsed.data;
  throw new AppError('protocol/malformed', { path: `inputs.keys.${name}`, expected: 'an address' });
}

function described(name: string, { data, keys }: TransactionInstruction, roles: readonly string[]) {
  return {
    name,
    dataHex: hex.encode(data),
    accounts: keys.map(({ pubkey, isSigner, isWritable }, index) => ({
      name: roles[index],
      pubkey: pubkey.toBase58(),
      isSigner,
      isWritable,
    })),
  };
}
