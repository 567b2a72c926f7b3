import { bytesToHex } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { DEFAULT_PROGRAM_IDS, type ProgramIds } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { MAX_TRANSACTION_BYTES, passCanonicalGate, wireSize } from '#core/solana/canonical-gate.ts';
import { feeOf } from '#core/solana/compute-budget.ts';
import { type CompiledInstruction, isSignerIndex, isWritableIndex, type Message } from '#core/solana/message.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { roleAt } from './instructions/check-accounts.ts';
import type { GivenAccount, InstructionReading, ReadingContext } from './instructions/instruction-reading.ts';
import { readInstruction } from './instructions/read-instruction.ts';
import { outflowsOf, tokenOutflowsOf } from './outflows.ts';
import type { Review, ReviewedAccount, ReviewedInstruction, ReviewedProgram } from './review.ts';
import { transactionFlags } from './transaction-flags.ts';

/** What a summary knows besides the bytes. It changes words, marks and flags, never values. */
export type SummaryContext = {
  /** Addresses this person signs for. */
  readonly own: readonly Address[];
  /** Names this person gave to addresses. */
  readonly labels?: Readonly<Partial<Record<Address, string>>>;
  /** The deployment in use; the public one when absent. */
  readonly programs?: ProgramIds;
};

type Read = {
  readonly compiled: CompiledInstruction;
  readonly program: Address;
  readonly accounts: readonly GivenAccount[];
  readonly reading: InstructionReading;
};

/**
 * Message bytes → the review a person approves. Reads nothing but the bytes, so that what is shown is what is signed.
 *
 * @throws AppError `message/…` when the canonical gate refuses the bytes
 */
export function summarize(messageBytes: Uint8Array, { own, labels = {}, programs }: SummaryContext): Review {
  const message = passCanonicalGate(messageBytes);
  const ownSet = new Set(own);
  const context: ReadingContext = {
    own: ownSet,
    programs: programs ?? DEFAULT_PROGRAM_IDS,
    noteFor: (address) => labels[address] ?? (ownSet.has(address) ? 'you' : undefined),
  };
  const reads = message.instructions.map((compiled): Read => {
    const { programIndex, accountIndexes, data } = compiled;
    const program = keyAt(message, programIndex);
    const accounts = accountIndexes.map((index) => givenAccount(message, index));
    return { compiled, program, accounts, reading: readInstruction(program, data, accounts, context) };
  });
  const readings = reads.map(({ reading }) => reading);
  const lifetime = readLifetime(message);
  const fee = feeOf(message);
  const feePayer = keyAt(message, 0);
  return {
    messageHash: messageHashOf(messageBytes),
    messageBase64: base64.encode(messageBytes),
    version: message.version,
    sizeBytes: wireSize(messageBytes.length, message.header.requiredSignatures),
    sizeLimit: MAX_TRANSACTION_BYTES,
    feePayer,
    signers: signersOf(message, ownSet, labels),
    lifetime,
    fee: {
      signatures: fee.signatures,
      baseLamports: fee.baseLamports.toString(),
      priorityLamports: fee.priorityLamports.toString(),
      totalLamports: fee.totalLamports.toString(),
      ...(fee.computeUnitLimit === undefined ? {} : { computeUnitLimit: fee.computeUnitLimit }),
      ...(fee.computeUnitPrice === undefined ? {} : { computeUnitPrice: fee.computeUnitPrice.toString() }),
    },
    instructions: reads.map((read) => reviewInstruction(read, ownSet, labels)),
    outflows: outflowsOf(readings, { feePayer, feeLamports: fee.totalLamports, own: ownSet }),
    tokenOutflows: tokenOutflowsOf(readings, ownSet),
    destinations: readings.flatMap(({ destinations }, instructionIndex) =>
      destinations.map(({ address, why }) => ({
        address,
        why,
        instructionIndex,
        isOwn: ownSet.has(address),
        ...labelOf(address, labels),
      })),
    ),
    programs: programsOf(reads),
    accounts: message.staticKeys.map((address, index) => ({
      address,
      isSigner: isSignerIndex(message, index),
      isWritable: isWritableIndex(message, index),
    })),
    lookups: message.lookups.map(({ table, writableIndexes, readonlyIndexes }) => ({
      table,
      writableIndexes: [...writableIndexes],
      readonlyIndexes: [...readonlyIndexes],
    })),
    flags: [
      ...transactionFlags(message, { lifetime, fee, own: ownSet }),
      ...readings.flatMap(({ flags }, instructionIndex) => flags.map((flag) => ({ ...flag, instructionIndex }))),
    ],
  };
}

type Labels = NonNullable<SummaryContext['labels']>;

function reviewInstruction(
  { compiled, program, accounts, reading }: Read,
  own: ReadonlySet<Address>,
  labels: Labels,
): ReviewedInstruction {
  return {
    program: reviewProgram(program, reading),
    name: reading.name,
    title: reading.title,
    isUnderstood: reading.isUnderstood,
    fields: [...reading.fields],
    accounts: accounts.map((account, position) => reviewAccount(account, position, reading, own, labels)),
    dataHex: bytesToHex(compiled.data),
    dataOffset: compiled.dataOffset,
  };
}

function reviewAccount(
  { address, tableEntry, isSigner, isWritable }: GivenAccount,
  position: number,
  { roles }: InstructionReading,
  own: ReadonlySet<Address>,
  labels: Labels,
): ReviewedAccount {
  return {
    role: roleAt(roles, position)?.name ?? `account ${position + 1}`,
    ...(address === undefined ? {} : { address }),
    ...(tableEntry === undefined ? {} : { tableEntry }),
    isSigner,
    isWritable,
    isOwn: address !== undefined && own.has(address),
    ...(address === undefined ? {} : labelOf(address, labels)),
  };
}

function givenAccount(message: Message, index: number): GivenAccount {
  const address = message.staticKeys[index];
  return {
    address,
    tableEntry: address === undefined ? tableEntryAt(message, index - message.staticKeys.length) : undefined,
    isSigner: isSignerIndex(message, index),
    isWritable: isWritableIndex(message, index),
  };
}

/** Accounts from tables are counted after the static keys: first all writable ones, then all read-only ones. */
function tableEntryAt({ lookups }: Message, position: number): GivenAccount['tableEntry'] {
  const writable = lookups.flatMap(({ table, writableIndexes }) => writableIndexes.map((index) => ({ table, index })));
  const readonly = lookups.flatMap(({ table, readonlyIndexes }) => readonlyIndexes.map((index) => ({ table, index })));
  return [...writable, ...readonly][position];
}

function signersOf(message: Message, own: ReadonlySet<Address>, labels: Labels): Review['signers'] {
  return message.staticKeys.slice(0, message.header.requiredSignatures).map((address, index) => ({
    address,
    isFeePayer: index === 0,
    isWritable: isWritableIndex(message, index),
    isOwn: own.has(address),
    ...labelOf(address, labels),
  }));
}

function programsOf(reads: readonly Read[]): ReviewedProgram[] {
  const byAddress = new Map(reads.map(({ program, reading }) => [program, reviewProgram(program, reading)]));
  return [...byAddress.values()];
}

function reviewProgram(address: Address, { programName, isKnown }: InstructionReading): ReviewedProgram {
  return { address, name: programName, isKnown };
}

function labelOf(address: Address, labels: Labels): { label?: string } {
  const label = labels[address];
  return label === undefined ? {} : { label };
}

/** A static key. The gate has checked that payer and programs are static. */
function keyAt({ staticKeys }: Message, index: number): Address {
  return staticKeys[index] as Address;
}
