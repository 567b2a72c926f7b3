import { AppError } from '#core/errors/app-error.ts';
import type { Address } from '#core/solana/address.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import type { AccountRole, GivenAccount, InstructionReading, Meaning, ReadingContext } from './instruction-reading.ts';

/** Where a shape's decoder finds the accounts it is given, by position. */
export type AccountAt = (position: number) => Address | undefined;

/** One instruction of a program whose data begins with a number. */
export type InstructionShape = {
  /** The program's own name for it. */
  readonly name: string;
  readonly roles: readonly AccountRole[];
  readonly read: (data: FieldReader, at: AccountAt, context: ReadingContext) => Meaning;
};

/** A program's instructions by the number their data begins with, one or four bytes little-endian. */
export type ProgramShape = {
  readonly name: string;
  readonly tagBytes: 1 | 4;
  readonly instructions: ReadonlyMap<number, InstructionShape>;
};

/** Reads an instruction by its program's table. Whatever the table does not explain to the last byte is not understood. */
export function readByShape(
  program: ProgramShape,
  data: Uint8Array,
  accounts: readonly GivenAccount[],
  context: ReadingContext,
): InstructionReading {
  const shape = data.length < program.tagBytes ? undefined : program.instructions.get(readTag(program, data));
  if (shape === undefined) return notUnderstood(program.name, true);
  try {
    const fields = createFieldReader(program.name, data, program.tagBytes, context.noteFor);
    const meaning = shape.read(fields, (position) => accounts[position]?.address, context);
    if (fields.remaining() > 0) return { ...notUnderstood(program.name, true), roles: shape.roles };
    return understood(program.name, shape, fields.fields, meaning);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'instruction/unreadable') return notUnderstood(program.name, true);
    throw cause;
  }
}

/** A reading that says every byte. */
export function understood(
  programName: string,
  { name, roles }: Pick<InstructionShape, 'name' | 'roles'>,
  fields: InstructionReading['fields'],
  meaning: Meaning,
): InstructionReading {
  const nothing = { debits: [], tokenDebits: [], destinations: [], flags: [] };
  return { ...nothing, ...meaning, programName, isKnown: true, name, isUnderstood: true, fields, roles };
}

/** A reading that says only which program is called. `isKnown`: the program's other instructions can be read. */
export function notUnderstood(programName: string, isKnown: boolean): InstructionReading {
  const title = isKnown ? `An instruction of ${programName} this app cannot read` : `Unknown: ${programName}`;
  return {
    programName,
    isKnown,
    name: '',
    title,
    isUnderstood: false,
    fields: [],
    roles: [],
    debits: [],
    tokenDebits: [],
    destinations: [],
    flags: [],
  };
}

function readTag({ tagBytes }: ProgramShape, data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return tagBytes === 1 ? view.getUint8(0) : view.getUint32(0, true);
}
