import type { ProgramIds } from '#core/layouts/programs.ts';
import { updateDelegates, type JoinAuthorization } from '#core/programs/authorizer.ts';
import { ADDRESS_BYTES, type Address } from '#core/solana/address.ts';
import { TRANSACTION_MAX_BYTES } from '#core/transactions/build.ts';
import type { StepSigners } from '../define-operation.ts';
import { sizeUnder } from '../pack-steps.ts';

/** One call of the grantee: what it clears and appends. */
export type DelegateCall = { readonly clear: boolean; readonly added: readonly Address[] };

/** What leads from one list to another. The program only knows “clear all” and “append”. Source: PROTOCOL.md §4.3. */
export type DelegateChange = {
  readonly added: readonly Address[];
  readonly removed: readonly Address[];
  /** Keys that the list has more than once now. */
  readonly repeated: number;
};

/** The keys of a list once each, in order. */
export function once(keys: readonly Address[]): readonly Address[] {
  return [...new Set(keys)];
}

export function delegateChange(current: readonly Address[], target: readonly Address[]): DelegateChange {
  const [now, then] = [new Set(current), new Set(target)];
  return {
    added: [...then].filter((key) => !now.has(key)),
    removed: [...now].filter((key) => !then.has(key)),
    repeated: current.length - now.size,
  };
}

/**
 * As few calls as possible, one per transaction: only additions are appended; anything else clears in the call that appends
 * the first keys, so that each list in between holds nobody but those wanted.
 */
export function delegateCalls(
  current: readonly Address[],
  target: readonly Address[],
  authorization: JoinAuthorization,
  signers: StepSigners,
  programs: ProgramIds,
): DelegateCall[] {
  const change = delegateChange(current, target);
  const clear = change.removed.length > 0 || change.repeated > 0;
  const added = clear ? once(target) : change.added;
  if (!clear && added.length === 0) return [];
  const room = keysPerCall(authorization, signers, programs);
  const calls: DelegateCall[] = [{ clear, added: added.slice(0, room) }];
  for (let from = room; from < added.length; from += room) {
    calls.push({ clear: false, added: added.slice(from, from + room) });
  }
  return calls;
}

/** How many keys one transaction takes: 30 when the grantee pays, fewer with a payer of its own. */
function keysPerCall(authorization: JoinAuthorization, signers: StepSigners, programs: ProgramIds): number {
  const sizeWith = (added: readonly Address[]) =>
    sizeUnder([updateDelegates(authorization, { clear: false, added }, signers.payer, programs)], signers);
  const { grantee } = authorization;
  // Past 127 bytes of data its length takes a second byte, as it does in every full call.
  const base = sizeWith(Array.from({ length: FULL }, () => grantee)) - FULL * ADDRESS_BYTES;
  return Math.floor((TRANSACTION_MAX_BYTES - base) / ADDRESS_BYTES);
}

/** Enough keys that the length of the data takes two bytes. */
const FULL = 8;
