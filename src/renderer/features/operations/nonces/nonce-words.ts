import type { NonceRow, NonceState } from '#core/nonces/nonce-view.ts';

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad';

/** A state in a word, how good it is, and what it means. */
export const STATE_WORDS: Readonly<Record<NonceState['kind'], { word: string; tone: Tone; about: string }>> = {
  free: { word: 'free', tone: 'good', about: 'A transaction can be built on it' },
  reserved: {
    word: 'reserved',
    tone: 'accent',
    about: 'A pending transaction lives by its value, or changes the account',
  },
  spent: {
    word: 'spent',
    tone: 'warn',
    about: 'Its value moved on while a transaction built on the one before has no end yet',
  },
  'too-new': { word: 'just moved', tone: 'plain', about: 'Its value was made in this slot and works from the next' },
  legacy: {
    word: 'legacy',
    tone: 'warn',
    about: 'From an old version: advance it once before it carries a transaction',
  },
  foreign: {
    word: 'foreign',
    tone: 'plain',
    about: 'None of your keys holds it: you cannot cancel what is signed with it',
  },
  uninitialised: { word: 'not initialised', tone: 'bad', about: 'It has neither authority nor value' },
  'not-a-nonce': { word: 'no nonce account', tone: 'bad', about: 'Something else lies at this address' },
  missing: { word: 'missing', tone: 'bad', about: 'Nothing lies at this address; it may have been closed' },
};

/** What keeps it from being free, in a few words. */
export function busyWords({ state }: NonceRow): string | undefined {
  if (state.kind === 'reserved') return `by “${state.title}”`;
  if (state.kind === 'spent') return `under “${state.title}”`;
  return undefined;
}

/** Whether one of the operator's keys holds it. */
export function isHeld({ state }: NonceRow): boolean {
  return ['free', 'reserved', 'spent', 'too-new', 'legacy'].includes(state.kind);
}

/** `nonce-3`, or the short address of one that is not numbered. */
export function nameOfNonce({ derived, address }: NonceRow): string {
  return derived ? `nonce-${derived.number}` : `${address.slice(0, 4)}…${address.slice(-5)}`;
}
