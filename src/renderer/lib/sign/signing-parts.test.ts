import { describe, expect, test } from 'vitest';
import type { SignerSlot } from '#core/transactions/review-request.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { canWait, signingLabel, signingParts } from './signing-parts.ts';

const slot = (seed: number, kind: SignerSlot['kind'], problem = ''): SignerSlot => ({
  address: someAddress(seed),
  role: 'Signer',
  label: '',
  kind,
  problem,
});

const label = (slots: readonly SignerSlot[], later: readonly number[] = []) =>
  signingLabel(signingParts(slots, new Set(later.map(someAddress))));

describe('the button of a review', () => {
  test.each([
    ['sends when every signature is made now', [slot(1, 'keyfile'), slot(2, 'fresh-account')], [], 'Sign and send'],
    ['sends when the last one is made now', [slot(1, 'signed'), slot(2, 'encrypted-keyfile')], [], 'Sign and send'],
    ['only sends when all are there', [slot(1, 'signed')], [], 'Send'],
    [
      'keeps it for somebody else',
      [slot(1, 'keyfile'), slot(2, 'keyfile'), slot(3, 'absent')],
      [],
      'Sign 2 of 3 and keep for the others',
    ],
    ['keeps it for later', [slot(1, 'keyfile'), slot(2, 'keyfile')], [2], 'Sign 1 of 2 and keep for the others'],
    [
      'signs nothing when nothing is signed here',
      [slot(1, 'absent'), slot(2, 'keyfile')],
      [2],
      'Keep for the others to sign',
    ],
  ] as const)('%s', (_what, slots, later, expected) => {
    expect(label(slots, later)).toBe(expected);
  });
});

test('a key on this machine, beside others, can be left for later, above all one that cannot sign now', () => {
  const pair = [slot(1, 'keyfile'), slot(2, 'absent')];
  expect(canWait(slot(1, 'keyfile'), pair)).toBe(true);
  expect(canWait(slot(1, 'encrypted-keyfile'), pair)).toBe(true);
  expect(canWait(slot(1, 'keyfile'), [slot(1, 'keyfile')])).toBe(false);
  expect(canWait(slot(1, 'keyfile', 'others can read it'), pair)).toBe(true);
  expect(canWait(slot(1, 'fresh-account'), pair)).toBe(false);
  expect(canWait(slot(1, 'absent'), pair)).toBe(false);
});
