import { InstructionFailure } from '../../../instruction-failure.ts';

/** The Token program's errors with what it logs for them, in the order of their codes. Source: SPL Token, `TokenError`. */
const MESSAGES = {
  NotRentExempt: 'Lamport balance below rent-exempt threshold',
  InsufficientFunds: 'insufficient funds',
  InvalidMint: 'Invalid Mint',
  MintMismatch: 'Account not associated with this Mint',
  OwnerMismatch: 'owner does not match',
  FixedSupply: 'the total supply of this token is fixed',
  AlreadyInUse: 'account or token already in use',
  InvalidNumberOfProvidedSigners: 'Invalid number of provided signers',
  InvalidNumberOfRequiredSigners: 'Invalid number of required signers',
  UninitializedState: 'State is uninitialized',
  NativeNotSupported: 'Instruction does not support native tokens',
  NonNativeHasBalance: 'Non-native account can only be closed if its balance is zero',
  InvalidInstruction: 'Invalid instruction',
  InvalidState: 'Invalid account state for operation',
  Overflow: 'Operation overflowed',
  AuthorityTypeNotSupported: 'Account does not support specified authority type',
  MintCannotFreeze: 'This token mint cannot freeze accounts',
  AccountFrozen: 'Account is frozen',
  MintDecimalsMismatch: 'decimals different from the Mint decimals',
  NonNativeNotSupported: 'Instruction does not support non-native tokens',
} as const;

const NAMES = Object.keys(MESSAGES);
const TEXTS = Object.values(MESSAGES);

/** A failure of the Token program's own. */
export function tokenError(name: keyof typeof MESSAGES): InstructionFailure {
  return new InstructionFailure({ Custom: NAMES.indexOf(name) });
}

/** What the Token program logs before it fails. */
export function tokenErrorLine({ error }: InstructionFailure): string {
  if (typeof error === 'string') return `Error: ${error}`;
  const text = 'Custom' in error ? TEXTS[error.Custom] : undefined;
  return `Error: ${text ?? 'Unknown'}`;
}
