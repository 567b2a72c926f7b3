import type { SignerSlot } from '#core/transactions/review-request.ts';

/** Who signs a reviewed transaction, and when. */
export type SigningParts = {
  /** Now, with keys on this machine. */
  readonly now: readonly SignerSlot[];
  /** Not now: somebody else, or later. */
  readonly missing: readonly SignerSlot[];
  readonly total: number;
};

/** @param later - addresses whose signatures are left for later, though their keys are here */
export function signingParts(slots: readonly SignerSlot[], later: ReadonlySet<string>): SigningParts {
  const open = slots.filter(({ kind }) => kind !== 'signed');
  const isMissing = ({ kind, address }: SignerSlot) => kind === 'absent' || later.has(address);
  return { now: open.filter((slot) => !isMissing(slot)), missing: open.filter(isMissing), total: slots.length };
}

/** What the button of a review does, in its own words. */
export function signingLabel({ now, missing, total }: SigningParts): string {
  if (missing.length === 0) return now.length === 0 ? 'Send' : 'Sign and send';
  if (now.length === 0) return 'Keep for the others to sign';
  return `Sign ${now.length} of ${total} and keep for the others`;
}

/** Whether its signature can be left for later: another key's may come first. What keeps a key from signing now may be gone then. */
export function canWait({ kind }: SignerSlot, slots: readonly SignerSlot[]): boolean {
  return slots.length > 1 && (kind === 'keyfile' || kind === 'encrypted-keyfile');
}

/** Its keyfile is encrypted, and nothing else keeps it from signing. */
export function needsPassphrase({ kind, problem }: SignerSlot): boolean {
  return kind === 'encrypted-keyfile' && problem === '';
}
