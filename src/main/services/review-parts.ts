import { messageOf } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import { isComplete } from '#core/journal/wire-signatures.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import { reservationsIn } from '#core/nonces/reservations.ts';
import type { Check } from '#core/operations/prepared.ts';
import { callsRunProgram, type ProgramNotice } from '#core/programs-deployed/program-notice.ts';
import type { Address } from '#core/solana/address.ts';
import type { KeptLifetime } from '#core/transactions/lifetime.ts';
import type { Review } from '#core/transactions/review.ts';
import type { SignerSlot, SimulationReport } from '#core/transactions/review-request.ts';
import type { Online } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { SignerBook } from './signer-book.ts';

/** To be typed when something speaks against signing. */
export const OVERRIDE_PHRASE = 'sign anyway';

/** What the key of an account that is being created is called. */
export const FRESH_LABEL = 'Account of the new run';

/** What is known of the signers besides the bytes. */
export type SlotFacts = {
  readonly given: readonly (Uint8Array | undefined)[];
  readonly freshAccount: Address | undefined;
  /** As what each signs, where the plan says so. */
  readonly roles: readonly { readonly address: Address; readonly role: string }[];
};

/** Every required signature: made already, made by a key on this machine, or somebody else’s. */
export function slotsOf(review: Review, signers: SignerBook, facts: SlotFacts): Promise<SignerSlot[]> {
  return Promise.all(
    review.signers.map(async ({ address, isFeePayer }, index): Promise<SignerSlot> => {
      const named = facts.roles.find((signer) => signer.address === address)?.role;
      const role = named ?? roleIn(review, address, isFeePayer);
      const label = signers.labels()[address] ?? '';
      if (facts.given[index]) return { address, role, label, kind: 'signed', problem: '' };
      if (address === facts.freshAccount) {
        return { address, role, label: FRESH_LABEL, kind: 'fresh-account', problem: '' };
      }
      const key = await signers.keyFor(address);
      if (!key) return { address, role, label, kind: 'absent', problem: '' };
      const kind = key.encrypted ? 'encrypted-keyfile' : 'keyfile';
      return { address, role, label: key.label, kind, problem: key.problem };
    }),
  );
}

/** Of bytes that no plan explains. */
function roleIn({ lifetime }: Review, address: Address, isFeePayer: boolean): string {
  const isNonceAuthority = lifetime.kind === 'nonce' && lifetime.nonceAuthority === address;
  if (isFeePayer) return isNonceAuthority ? 'Fee payer, nonce authority' : 'Fee payer';
  return isNonceAuthority ? 'Nonce authority' : 'Signer';
}

/** Failed checks: what the chain would refuse. */
export const failing = (checks: readonly Check[]) => checks.filter(({ kind }) => kind === 'fail');

/** What a yes would be given against, in words. */
export function objectionsTo(
  checks: readonly Check[],
  review: Review,
  simulation: SimulationReport,
  notices: readonly ProgramNotice[],
): string[] {
  return [
    ...failing(checks).map(({ title, reason }) => `${title}: ${reason}`),
    ...review.flags.filter(({ level }) => level === 'typed').map(({ text }) => text),
    ...(simulation.kind === 'would-fail' ? [`The simulation fails: ${simulation.reason}`] : []),
    ...typedOf(notices),
  ];
}

/** What deployed programs ask a typed word for. */
export const typedOf = (notices: readonly ProgramNotice[]) =>
  notices.filter(({ level }) => level === 'typed').map(({ text }) => text);

/** A step about a run rests on what the programs’ accounts mean, even where it calls none of them. */
export function concernsRunPrograms(runId: string | undefined, review: Review, programs: ProgramIds): boolean {
  const called = review.programs.map(({ address }) => address);
  return runId !== undefined || callsRunProgram(called, programs);
}

/** What decides whether another transaction stands in the way of this one. */
export type Claim = {
  readonly genesisHash: string;
  readonly subject: string;
  readonly lifetime: KeptLifetime;
  /** The transaction itself, when it is in the journal already. */
  readonly transactionId: string | undefined;
};

/** A transaction that may still land and is about the same, or lives by the same nonce. One value is one transaction. */
export function rivalOf(book: JournalBook, { genesisHash, subject, lifetime, transactionId }: Claim) {
  const others = book.inFlight().filter(({ signed }) => signed.id !== transactionId);
  const same = others.find(({ signed }) => signed.genesisHash === genesisHash && signed.subject === subject);
  if (same) return same.signed;
  if (lifetime.kind !== 'nonce') return undefined;
  const holder = reservationsIn(others, genesisHash).find(({ nonceAccount }) => nonceAccount === lifetime.account);
  return holder && book.find(holder.transactionId).signed;
}

/** Why a review cannot be approved now, whoever signs; empty: it can. */
export function blockedBy(
  { contradicts, profile }: Online,
  review: Review,
  { brokenAt, rival }: { readonly brokenAt: number | undefined; readonly rival: SignedEntry | undefined },
): string {
  if (contradicts !== undefined) {
    const { happened } = messageOf('network/contradicts', { promised: profile.expected, found: contradicts });
    return happened;
  }
  if (brokenAt !== undefined) return messageOf('journal/broken', { record: brokenAt }).happened;
  if (rival) return `“${rival.title}” ${rivalry(rival, review)} and may still land`;
  return review.flags.find(({ level }) => level === 'refuse')?.text ?? '';
}

function rivalry({ wire }: SignedEntry, { lifetime }: Review): string {
  if (lifetime.kind === 'nonce') return 'is about the same or lives by the same nonce,';
  return isComplete(wire) ? 'for the same thing was sent' : 'is about the same thing, waits for signatures';
}
