import type { FieldNode } from '#core/codec/field-node.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';

/** An account as a cluster gives it. */
export type AccountInput = { readonly owner: Address; readonly data: Uint8Array; readonly executable: boolean };

/** What the kinds are called; also the key under which a screen finds words and icons for one. */
export type AccountKindName =
  | 'coordinator-instance'
  | 'coordinator-account'
  | 'authorization'
  | 'treasurer-run'
  | 'participant'
  | 'mint'
  | 'token-account'
  | 'nonce-account'
  | 'system-account'
  | 'program'
  | 'unknown';

/** One line of a summary. `address` values are whole base58 addresses that a screen may link. */
export type SummaryLine = { readonly label: string; readonly kind: 'text' | 'address'; readonly value: string };

/** What an account is, in a title and a few lines. Text from the chain in it is made safe to show. */
export type AccountDescription = { readonly title: string; readonly summary: readonly SummaryLine[] };

/** One kind of account: how it is told apart, read and described. */
export type AccountKind = {
  readonly name: AccountKindName;
  /** Whether an account is of this kind, by owner and first bytes; it may still turn out unreadable. */
  recognise(account: AccountInput, programIds: ProgramIds): boolean;
  /**
   * The fields with their byte ranges.
   *
   * @throws AppError `account/…`, `codec/…` when the bytes are not what the kind promises
   */
  decode(data: Uint8Array): readonly FieldNode[];
  /** @throws AppError as `decode` */
  describe(data: Uint8Array): AccountDescription;
};
