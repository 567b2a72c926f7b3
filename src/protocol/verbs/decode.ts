import { hex } from '@scure/base';
import { z } from 'zod';
import { toDecodedJson } from '#core/accounts/to-json.ts';
import { decodeInstruction } from '#core/codec/instruction-codec.ts';
import { instructionInterface } from '#core/codec/program-interface.ts';
import { AppError } from '#core/errors/app-error.ts';
import { AddressText } from '#core/units/wire.ts';
import { readJson } from '../input.ts';
import { withShortestFloats } from '../shortest-floats.ts';
import { decodeForeign, ForeignProgram } from './foreign-instructions.ts';

const Encoded = z.looseObject({
  name: z.string(),
  program: z.union([z.enum(['coordinator', 'treasurer', 'authorizer']), ForeignProgram]),
  dataHex: z.string().regex(/^([0-9a-f]{2})*$/, 'hex expected'),
  accounts: z.array(z.looseObject({ pubkey: AddressText })),
});

/** What instructions say: an array of `{name, program, dataHex, accounts}`, the reverse of `encode`. */
export function decode(file: string): unknown {
  return readJson(file, z.array(Encoded)).map(({ name, program, dataHex, accounts }) => {
    const data = hex.decode(dataHex);
    const addresses = accounts.map(({ pubkey }) => pubkey);
    if (program === 'system' || program === 'token' || program === 'associated_token') {
      return { name, program, ...decodeForeign(program, data, addresses) };
    }
    const { name: instruction, args } = decodeInstruction(program, data);
    const { accounts: roles, args: argsShape } = instructionInterface(program, instruction);
    if (roles.length !== addresses.length) {
      throw new AppError('protocol/malformed', { path: `${name}.accounts`, expected: `${roles.length} accounts` });
    }
    return {
      name,
      program,
      instruction,
      inputs: {
        keys: Object.fromEntries(roles.map(({ name: role }, index) => [role, addresses[index]])),
        args: toDecodedJson(argsShape, withShortestFloats(argsShape, args)),
      },
    };
  });
}
