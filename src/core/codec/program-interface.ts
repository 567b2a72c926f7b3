import authorizerIdl from '#idl/authorizer.json' with { type: 'json' };
import coordinatorIdl from '#idl/coordinator.json' with { type: 'json' };
import treasurerIdl from '#idl/treasurer.json' with { type: 'json' };
import { AppError } from '#core/errors/app-error.ts';
import type { ProgramName } from '#core/layouts/programs.ts';
import { parseIdl } from './idl.ts';
import { createShapes, type Shape, type StructShape } from './shape.ts';

/** One instruction of a program: how its data starts, what its arguments look like, which accounts it takes. */
export type InstructionInterface = {
  readonly name: string;
  readonly discriminator: Uint8Array;
  readonly args: StructShape;
  readonly accounts: readonly InstructionAccount[];
};

/** An account an instruction takes, in its place in the list. */
export type InstructionAccount = {
  readonly name: string;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  /** The only address that is accepted, in base58: a program on a public network. */
  readonly constant?: string;
};

/** One account type of a program. */
export type AccountInterface = { readonly name: string; readonly discriminator: Uint8Array; readonly shape: Shape };

/** A program as its IDL describes it. */
export type ProgramInterface = {
  readonly address: string;
  readonly instructions: readonly InstructionInterface[];
  readonly accounts: readonly AccountInterface[];
  readonly errors: readonly { readonly code: number; readonly name: string; readonly msg: string }[];
};

const idls: Readonly<Record<ProgramName, unknown>> = {
  coordinator: coordinatorIdl,
  treasurer: treasurerIdl,
  authorizer: authorizerIdl,
};

const interfaces = new Map<ProgramName, ProgramInterface>();

/** The interface of a program, read from `idl/` on first use. */
export function programInterface(program: ProgramName): ProgramInterface {
  const known = interfaces.get(program);
  if (known) return known;
  const read = readInterface(idls[program]);
  interfaces.set(program, read);
  return read;
}

/** @throws AppError `codec/unknown-instruction` */
export function instructionInterface(program: ProgramName, name: string): InstructionInterface {
  const found = programInterface(program).instructions.find((instruction) => instruction.name === name);
  if (!found) throw new AppError('codec/unknown-instruction', { program, instruction: name });
  return found;
}

/** @throws AppError `codec/unknown-account` */
export function accountInterface(program: ProgramName, name: string): AccountInterface {
  const found = programInterface(program).accounts.find((account) => account.name === name);
  if (!found) throw new AppError('codec/unknown-account', { program, account: name });
  return found;
}

/** Whether `bytes` start with a discriminator. */
export function startsWith(bytes: Uint8Array, discriminator: Uint8Array): boolean {
  return bytes.length >= discriminator.length && discriminator.every((byte, index) => bytes[index] === byte);
}

function readInterface(json: unknown): ProgramInterface {
  const idl = parseIdl(json);
  const shapes = createShapes(idl.types);
  return {
    address: idl.address,
    instructions: idl.instructions.map(({ name, discriminator, args, accounts }) => ({
      name,
      discriminator,
      args: shapes.struct(name, args),
      accounts: accounts.map((account) => ({
        name: account.name,
        isSigner: account.signer,
        isWritable: account.writable,
        ...(account.address === undefined ? {} : { constant: account.address }),
      })),
    })),
    accounts: idl.accounts.map(({ name, discriminator }) => ({
      name,
      discriminator,
      shape: shapes.defined(name),
    })),
    errors: idl.errors,
  };
}
