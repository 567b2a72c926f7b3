import { PROGRAM_NAMES } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import {
  COMPUTE_BUDGET_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { checkAccounts } from './check-accounts.ts';
import { readForeign } from './foreign-programs.ts';
import {
  type GivenAccount,
  type InstructionFlag,
  type InstructionReading,
  type ReadingContext,
  typed,
} from './instruction-reading.ts';
import { readByShape } from './read-by-shape.ts';
import { readRunInstruction } from './run-program.ts';
import { computeBudgetProgram, readAssociatedToken, readMemo } from './small-programs.ts';
import { systemProgram } from './system.ts';
import { tokenProgram } from './token.ts';

/** Reads one instruction: what it does, its values, and everything about it a person must know. */
export function readInstruction(
  program: Address,
  data: Uint8Array,
  accounts: readonly GivenAccount[],
  context: ReadingContext,
): InstructionReading {
  const reading = readByProgram(program, data, accounts, context);
  if (!reading.isKnown) return { ...reading, flags: [...reading.flags, ...exposureFlags(program, accounts, context)] };
  if (!reading.isUnderstood) {
    const undecoded = typed('instruction/undecoded', `Some bytes for ${reading.programName} have no known meaning`);
    return { ...reading, flags: [...reading.flags, undecoded] };
  }
  return {
    ...reading,
    flags: [...reading.flags, ...hiddenTextFlags(reading), ...checkAccounts(reading.roles, accounts)],
  };
}

function readByProgram(
  program: Address,
  data: Uint8Array,
  accounts: readonly GivenAccount[],
  context: ReadingContext,
): InstructionReading {
  const runProgram = PROGRAM_NAMES.find((name) => context.programs[name] === program);
  if (runProgram !== undefined) return readRunInstruction(runProgram, data, accounts, context);
  switch (program) {
    case SYSTEM_PROGRAM:
      return readByShape(systemProgram, data, accounts, context);
    case TOKEN_PROGRAM:
      return readByShape(tokenProgram, data, accounts, context);
    case ASSOCIATED_TOKEN_PROGRAM:
      return readAssociatedToken(data, accounts, context);
    case COMPUTE_BUDGET_PROGRAM:
      return readByShape(computeBudgetProgram, data, accounts, context);
    case MEMO_PROGRAM:
    case MEMO_V1_PROGRAM:
      return readMemo(data, context);
    default:
      return readForeign(program, data);
  }
}

/** Text can hold characters nobody sees; the field then shows its bytes as well. */
function hiddenTextFlags({ fields }: InstructionReading): InstructionFlag[] {
  return fields.flatMap(({ label, hex }) =>
    hex === undefined
      ? []
      : [{ level: 'warn', code: 'text/hidden-characters', text: `${label} contains hidden characters` }],
  );
}

/** A program that gets our signature can use it towards other programs: everything the key may do, it may do. */
function exposureFlags(program: Address, accounts: readonly GivenAccount[], { own }: ReadingContext) {
  return accounts.flatMap(({ address, isSigner, isWritable }) =>
    address === undefined || !isSigner || !own.has(address)
      ? []
      : [
          isWritable
            ? typed('program/own-writable-signer', `${program} can take everything your account ${address} holds`)
            : typed('program/own-signer', `${program} can act in the name of your key ${address}`),
        ],
  );
}
