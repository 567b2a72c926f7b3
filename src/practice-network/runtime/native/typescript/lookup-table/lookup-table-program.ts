import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import { programAddressOf } from '../../../program-signer.ts';
import type { EmulatedProgram, ProgramContext, WorkingAccount } from '../../../programs/program.ts';
import { rentExemptMinimum } from '../../../rent.ts';
import { SLOT_HASHES_ENTRIES } from '../../slot-hashes.ts';
import { createDataReader, type DataReader } from '../data-reader.ts';
import { accountAt, meta } from '../native-environment.ts';
import { NEVER_DEACTIVATED, readTable, TABLE_META_BYTES, type TableMeta, withMeta } from './table-data.ts';

/** Addresses a table holds at most. Source: Solana SDK, `LOOKUP_TABLE_MAX_ADDRESSES`. */
const MAX_ADDRESSES = 256;

/** Bytes of an instruction that are looked at. Source: Solana SDK, `PACKET_DATA_SIZE`. */
const MAX_DATA_BYTES = 1_232;

/** The Address Lookup Table program as deployed. Order of checks, errors and logs as published; its units are nominal. */
export const lookupTableProgram: EmulatedProgram = {
  computeUnits: 3_000n,
  run: (context) => {
    let isCalling = false;
    const invoke: ProgramContext['invoke'] = (...call) => {
      isCalling = true;
      context.invoke(...call);
      isCalling = false;
    };
    try {
      runInstruction({ ...context, invoke });
    } catch (cause) {
      // The program names its own errors once more; what ends a call ends it without a word.
      const isOwn = !isCalling && cause instanceof InstructionFailure;
      if (isOwn && typeof cause.error === 'string') context.log(`Error: ${cause.error}`);
      throw cause;
    }
  },
};

function runInstruction(context: ProgramContext): void {
  const reader = createDataReader(context.data.subarray(0, MAX_DATA_BYTES));
  const instruction = INSTRUCTIONS[reader.u32()];
  if (instruction === undefined) throw new InstructionFailure('InvalidInstructionData');
  instruction(context, reader);
}

/** By the number an instruction starts with. Source: Solana SDK, `ProgramInstruction` of the address lookup table. */
const INSTRUCTIONS: readonly ((context: ProgramContext, reader: DataReader) => void)[] = [
  (context, reader) => {
    const [recentSlot, bump] = [reader.u64(), reader.u8()];
    context.log('Instruction: CreateLookupTable');
    create(context, recentSlot, bump);
  },
  (context) => {
    context.log('Instruction: FreezeLookupTable');
    freeze(context);
  },
  (context, reader) => {
    const addresses = readAddresses(reader);
    context.log('Instruction: ExtendLookupTable');
    extend(context, addresses);
  },
  (context) => {
    context.log('Instruction: DeactivateLookupTable');
    deactivate(context);
  },
  (context) => {
    context.log('Instruction: CloseLookupTable');
    close(context);
  },
];

/** Whole addresses, one after the other. */
function readAddresses(reader: DataReader): { readonly count: number; readonly bytes: Uint8Array } {
  const count = reader.u64();
  if (count > BigInt(MAX_DATA_BYTES)) throw new InstructionFailure('InvalidInstructionData');
  return { count: Number(count), bytes: reader.bytes(Number(count) * 32) };
}

function create(context: ProgramContext, recentSlot: bigint, bump: number): void {
  const [table, authority, payer] = [accountAt(context, 0), accountAt(context, 1), accountAt(context, 2)];
  requireSigner(context, payer, 'Payer');
  if (ageOf(recentSlot, context) === undefined) {
    throw refusal(context, 'InvalidInstructionData', `${recentSlot} is not a recent slot`);
  }
  const seeds = [addressToBytes(authority.address), u64(recentSlot), Uint8Array.of(bump)];
  const derived = derive(context, seeds);
  if (derived !== table.address) {
    throw refusal(context, 'InvalidArgument', `Table address must match derived address: ${derived}`);
  }
  // Made twice is made once.
  if (table.owner === context.programId) return;
  pay(context, table, payer, TABLE_META_BYTES);
  const opened = [meta.writableSigner(table.address)];
  const space = systemData(ALLOCATE, u64(BigInt(TABLE_META_BYTES)));
  context.invoke({ programId: SYSTEM_PROGRAM, accounts: opened, data: space }, [seeds]);
  const owner = systemData(ASSIGN, addressToBytes(context.programId));
  context.invoke({ programId: SYSTEM_PROGRAM, accounts: opened, data: owner }, [seeds]);
  table.data = withMeta(table.data, {
    deactivationSlot: NEVER_DEACTIVATED,
    lastExtendedSlot: 0n,
    lastExtendedFrom: 0,
    authority: authority.address,
    padding: new Uint8Array(2),
  });
}

/** A hash that could be a key comes as a code of its own. Source: Solana SDK, `PubkeyError::InvalidSeeds`. */
const NOT_A_PROGRAM_ADDRESS = { Custom: 1 };

/** The program's own errors, where it looks at the flags itself. Source: `AddressLookupTableError`. */
const READONLY_DATA_MODIFIED = { Custom: 10 };
const READONLY_LAMPORT_CHANGE = { Custom: 11 };

function write(context: ProgramContext, table: WorkingAccount, data: Uint8Array): void {
  if (!table.isWritable) {
    context.log('Instruction modified data of a read-only account');
    throw new InstructionFailure(READONLY_DATA_MODIFIED);
  }
  table.data = data;
}

function derive(context: ProgramContext, seeds: readonly Uint8Array[]): Address {
  try {
    return programAddressOf(seeds, context.programId);
  } catch (cause) {
    if (!(cause instanceof InstructionFailure)) throw cause;
    context.log('Provided seeds do not result in a valid address');
    throw new InstructionFailure(NOT_A_PROGRAM_ADDRESS);
  }
}

function freeze(context: ProgramContext): void {
  const { table, found } = openTable(context, 'Lookup table is already frozen');
  if (found.deactivationSlot !== NEVER_DEACTIVATED) {
    throw refusal(context, 'InvalidArgument', 'Deactivated tables cannot be frozen');
  }
  if (found.count === 0) throw refusal(context, 'InvalidInstructionData', 'Empty lookup tables cannot be frozen');
  table.data = withMeta(table.data, { ...found, authority: undefined });
}

function extend(context: ProgramContext, added: { readonly count: number; readonly bytes: Uint8Array }): void {
  const { table, found } = openTable(context, 'Lookup table is frozen');
  if (found.deactivationSlot !== NEVER_DEACTIVATED) {
    throw refusal(context, 'InvalidArgument', 'Deactivated tables cannot be extended');
  }
  if (found.count >= MAX_ADDRESSES) {
    throw refusal(context, 'InvalidArgument', 'Lookup table is full and cannot contain more addresses');
  }
  if (added.count === 0) throw refusal(context, 'InvalidInstructionData', 'Must extend with at least one address');
  const length = found.count + added.count;
  if (length > MAX_ADDRESSES) {
    const words = `Extended lookup table length ${length} would exceed max capacity of ${MAX_ADDRESSES}`;
    throw refusal(context, 'InvalidInstructionData', words);
  }
  const { slot } = context.clock;
  const isFirstOfSlot = slot !== found.lastExtendedSlot;
  const extended = isFirstOfSlot ? { ...found, lastExtendedSlot: slot, lastExtendedFrom: found.count } : found;
  const data = new Uint8Array(TABLE_META_BYTES + 32 * length);
  data.set(table.data);
  data.set(added.bytes, table.data.length);
  write(context, table, withMeta(data, extended));
  if (table.lamports >= rentExemptMinimum(data.length)) return;
  const payer = accountAt(context, 2);
  requireSigner(context, payer, 'Payer');
  accountAt(context, 3);
  pay(context, table, payer, data.length);
}

function deactivate(context: ProgramContext): void {
  const { table, found } = openTable(context, 'Lookup table is frozen');
  if (found.deactivationSlot !== NEVER_DEACTIVATED) {
    throw refusal(context, 'InvalidArgument', 'Lookup table is already deactivated');
  }
  table.data = withMeta(table.data, { ...found, deactivationSlot: context.clock.slot });
}

function close(context: ProgramContext): void {
  const { table, found } = openTable(context, 'Lookup table is frozen', () => {
    if (accountAt(context, 0) !== accountAt(context, 2)) return;
    throw refusal(context, 'InvalidArgument', 'Lookup table cannot be the recipient of reclaimed lamports');
  });
  const recipient = accountAt(context, 2);
  if (found.deactivationSlot === NEVER_DEACTIVATED) {
    throw refusal(context, 'InvalidArgument', 'Lookup table is not deactivated');
  }
  const left = blocksUntilClosable(found, context);
  if (left > 0n) {
    throw refusal(context, 'InvalidArgument', `Table cannot be closed until it's fully deactivated in ${left} blocks`);
  }
  if (!recipient.isWritable) {
    context.log('Instruction changed the balance of a read-only account');
    throw new InstructionFailure(READONLY_LAMPORT_CHANGE);
  }
  recipient.lamports += table.lamports;
  write(context, table, new Uint8Array(0));
  table.lamports = 0n;
}

/** Blocks while a table that was switched off still serves; 0 when it may be closed. */
function blocksUntilClosable({ deactivationSlot }: TableMeta, context: ProgramContext): bigint {
  if (deactivationSlot === context.clock.slot) return SLOT_HASHES_ENTRIES + 1n;
  const age = ageOf(deactivationSlot, context);
  return age === undefined ? 0n : SLOT_HASHES_ENTRIES - age;
}

/** How many slots ago it was, `undefined` when that slot is not a recent one. See `slot-hashes.ts`. */
function ageOf(slot: bigint, { clock }: ProgramContext): bigint | undefined {
  const age = clock.slot - slot;
  return age >= 0n && age < SLOT_HASHES_ENTRIES ? age : undefined;
}

/**
 * A table and what it says, after the checks that every change of one begins with.
 *
 * @param frozenWords - logged when nobody may change it any more
 */
function openTable(
  context: ProgramContext,
  frozenWords: string,
  furtherCheck?: () => void,
): { readonly table: WorkingAccount; readonly found: ReturnType<typeof readTable> } {
  const table = accountAt(context, 0);
  requireTable(context, table);
  const authority = accountAt(context, 1);
  requireSigner(context, authority, 'Authority');
  furtherCheck?.();
  const found = readTable(table.data);
  if (found.authority === undefined) {
    throw refusal(context, 'Immutable', frozenWords);
  }
  if (found.authority !== authority.address) {
    throw refusal(context, 'IncorrectAuthority', 'Incorrect lookup table authority');
  }
  return { table, found };
}

function requireTable(context: ProgramContext, { owner }: WorkingAccount): void {
  if (owner === context.programId) return;
  throw refusal(context, 'InvalidAccountOwner', 'Lookup table owner should be the Address Lookup Table program');
}

function requireSigner(context: ProgramContext, account: WorkingAccount, role: string): void {
  if (account.isSigner) return;
  throw refusal(context, 'MissingRequiredSignature', `${role} account must be a signer`);
}

function refusal({ log }: ProgramContext, error: string, words: string): InstructionFailure {
  log(words);
  return new InstructionFailure(error);
}

/** Brings a table to the rent of a size; nothing to do when it has it. */
function pay({ invoke }: ProgramContext, table: WorkingAccount, payer: WorkingAccount, sizeBytes: number): void {
  const missing = rentExemptMinimum(sizeBytes) - table.lamports;
  if (missing <= 0n) return;
  const accounts = [meta.writableSigner(payer.address), meta.writable(table.address)];
  invoke({ programId: SYSTEM_PROGRAM, accounts, data: systemData(TRANSFER, u64(missing)) });
}

/** Instructions of the System program in use. Source: Solana SDK, `SystemInstruction`. */
const ASSIGN = 1;
const TRANSFER = 2;
const ALLOCATE = 8;

function systemData(tag: number, argument: Uint8Array): Uint8Array {
  return Uint8Array.of(tag, 0, 0, 0, ...argument);
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
