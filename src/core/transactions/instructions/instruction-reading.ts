import type { Address } from '#core/solana/address.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Flag, ReviewedField } from '../review.ts';

/** An account as the message passes it to an instruction. */
export type GivenAccount = {
  /** Absent when it comes from a lookup table. */
  readonly address: Address | undefined;
  readonly tableEntry: { readonly table: Address; readonly index: number } | undefined;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
};

/** One place in the account list of an instruction, as its program defines it. */
export type AccountRole = {
  readonly name: string;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  /** The only address the program takes here. */
  readonly constant?: Address;
  /** May be left out at the end of the list. */
  readonly isOptional?: boolean;
  /** Stands for this and all following accounts, zero or more. */
  readonly isRest?: boolean;
};

/** SOL that leaves an account, and whose signature allows it. */
export type Debit = {
  readonly account: Address;
  readonly authority: Address;
  readonly lamports: bigint;
  readonly why: string;
};

/** Tokens that leave a token account, and whose signature allows it. Native units. */
export type TokenDebit = {
  readonly account: Address;
  readonly authority: Address;
  readonly amount: bigint;
  readonly decimals?: number;
  readonly mint?: Address;
};

/** An account something is sent to. */
export type Destination = { readonly address: Address; readonly why: string };

/** A flag before it is known which instruction it belongs to. */
export type InstructionFlag = Pick<Flag, 'level' | 'code' | 'text'>;

/** What an instruction does, apart from its fields. */
export type Meaning = {
  readonly title: string;
  readonly debits?: readonly Debit[];
  readonly tokenDebits?: readonly TokenDebit[];
  readonly destinations?: readonly Destination[];
  readonly flags?: readonly InstructionFlag[];
};

/** Everything one decoder says about one instruction. */
export type InstructionReading = Required<Meaning> & {
  readonly programName: string;
  readonly isKnown: boolean;
  /** The program's own name for the instruction, empty when it is not understood. */
  readonly name: string;
  /** Whether every byte of the data is told by `fields`. */
  readonly isUnderstood: boolean;
  readonly fields: readonly ReviewedField[];
  readonly roles: readonly AccountRole[];
};

/** What decoders know besides the bytes. It changes words and flags, never values. */
export type ReadingContext = {
  readonly own: ReadonlySet<Address>;
  readonly programs: ProgramIds;
  /** “you”, a label, or nothing. */
  readonly noteFor: (address: Address) => string | undefined;
};

/** An address short enough for a title; the whole one stands among the fields or accounts. */
export function brief(address: Address | undefined): string {
  return address === undefined ? 'an unnamed account' : `${address.slice(0, 4)}…${address.slice(-4)}`;
}

/** Debits and destinations whose account the bytes really name. */
export function present<T>(...items: readonly (T | undefined)[]): T[] {
  return items.filter((item): item is T => item !== undefined);
}

/** The debit of an instruction whose accounts may be missing. */
export function debit(
  account: Address | undefined,
  authority: Address | undefined,
  lamports: bigint,
  why: string,
): Debit | undefined {
  return account === undefined || authority === undefined ? undefined : { account, authority, lamports, why };
}

/** The destination of an instruction whose accounts may be missing. */
export function destination(address: Address | undefined, why: string): Destination | undefined {
  return address === undefined ? undefined : { address, why };
}

/** A flag that asks for a typed phrase. */
export function typed(code: string, text: string): InstructionFlag {
  return { level: 'typed', code, text };
}

/** A role in an account list: flags `s` for signer, `w` for writable. */
export function role(name: string, flags: '' | 's' | 'w' | 'sw' = '', extra: Partial<AccountRole> = {}): AccountRole {
  return { name, isSigner: flags.includes('s'), isWritable: flags.includes('w'), ...extra };
}
