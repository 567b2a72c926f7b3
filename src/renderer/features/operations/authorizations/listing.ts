import type { AuthorizationQuestion } from '#core/authorizations/authorization-view.ts';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';

/** Whose authorizations are shown: those given by keys, or those used by them. `of` is `MINE`, `OTHER` or an address. */
export type Listing = { readonly view: 'given' | 'used'; readonly of: string; readonly typed: string };

/** All of the operator's own keys. */
export const MINE = 'mine';
/** A key whose address is typed. */
export const OTHER = 'other';

type KnownSigners = { readonly signers: readonly Signer[]; readonly roles: SignerRoles };

/** What the list starts with: what a command asked for, or else all of the operator's keys. */
export function startListing(
  known: KnownSigners,
  filled: Extract<FilledForm, { kind: 'list-authorizations' }> | undefined,
): Listing {
  if (filled?.grantor !== undefined) return listingOf(known, 'given', filled.grantor);
  if (filled?.grantee !== undefined) return listingOf(known, 'used', filled.grantee);
  return { view: 'given', of: MINE, typed: '' };
}

function listingOf(known: KnownSigners, view: Listing['view'], address: string): Listing {
  return keyOptions(known, view).some(({ value }) => value === address)
    ? { view, of: address, typed: '' }
    : { view, of: OTHER, typed: address };
}

/** Keys to choose from: the one that usually is the join authority comes first. */
export function keyOptions(
  { signers, roles }: KnownSigners,
  view: Listing['view'],
): readonly { value: string; label: string }[] {
  const usual = view === 'given' ? roles.joinAuthority : undefined;
  const own = signers.toSorted((one, other) => Number(other.address === usual) - Number(one.address === usual));
  return [
    { value: MINE, label: signers.length > 1 ? `All of my ${signers.length} keys` : 'My keys' },
    ...own.map(({ address, label }) => ({
      value: address,
      label: `${label} · ${address.slice(0, 4)}…${address.slice(-5)}${address === usual ? ' · join authority' : ''}`,
    })),
    ...(view === 'used' ? [{ value: SYSTEM_PROGRAM, label: 'Anyone · 1111…11111' }] : []),
    { value: OTHER, label: 'Another address' },
  ];
}

/** What to ask the chain; nothing while an address is being typed. */
export function questionOf({ view, of, typed }: Listing): AuthorizationQuestion | undefined {
  if (of === MINE) return {};
  const address = addressOrNone(of === OTHER ? typed : of);
  if (address === undefined) return undefined;
  return view === 'given' ? { grantor: address } : { grantee: address };
}

/** The address a text is, if it is one. */
export function addressOrNone(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}
