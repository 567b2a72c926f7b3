import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { EDGES, moveTo, type TransactionState } from './states.ts';

const states = Object.keys(EDGES) as TransactionState[];
const ENDINGS: TransactionState[] = ['confirmed', 'failed', 'expired', 'nonce-used'];

describe('the states of a transaction', () => {
  const moves = states.flatMap((from) => states.map((to) => ({ from, to })));
  const isEdge = ({ from, to }: (typeof moves)[number]) => EDGES[from].includes(to);

  test.each(moves.filter(isEdge))('$from → $to is a move', ({ from, to }) => {
    expect(moveTo(from, to)).toBe(to);
  });

  test.each(moves.filter((move) => !isEdge(move)))('$from → $to is refused', ({ from, to }) => {
    const refused = expect.objectContaining({ code: 'transaction/no-such-step', params: { from, to } });
    expect(() => moveTo(from, to)).toThrow(refused);
  });

  test('are exactly those drawn in the security bar', () => {
    const drawn = {
      draft: 'reviewed',
      reviewed: 'approved draft',
      approved: 'reviewed signing',
      signing: 'partly-signed reviewed signed',
      'partly-signed': 'approved expired exported nonce-used signing',
      signed: 'expired exported nonce-used sent',
      exported: 'confirmed expired failed nonce-used sent unknown',
      sent: 'confirmed expired failed nonce-used unknown',
      confirmed: '',
      failed: '',
      expired: '',
      'nonce-used': '',
      unknown: 'confirmed expired failed nonce-used',
    };
    expect(Object.fromEntries(states.map((state) => [state, [...EDGES[state]].sort().join(' ')]))).toEqual(drawn);
  });

  test('end for good in four ways', () => {
    expect(states.filter((state) => EDGES[state].length === 0).sort()).toEqual([...ENDINGS].sort());
  });

  test('never lead back to signing once a complete signature exists', () => {
    const reachable = new Set<TransactionState>(['signed']);
    for (const state of reachable) for (const next of EDGES[state]) reachable.add(next);
    for (const state of ['draft', 'reviewed', 'approved', 'signing', 'partly-signed'] as const) {
      expect(reachable.has(state)).toBe(false);
    }
  });

  test('reach a signature only through review and approval', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (choices) => {
        const path: TransactionState[] = ['draft'];
        for (const choice of choices) {
          const next = EDGES[path.at(-1) ?? 'draft'];
          const to = next[choice % Math.max(next.length, 1)];
          if (to !== undefined) path.push(to);
        }
        const before = (state: TransactionState) => new Set(path.slice(0, Math.max(path.indexOf(state), 0)));
        expect(path.includes('signing') && !before('signing').has('approved')).toBe(false);
        expect(path.includes('approved') && !before('approved').has('reviewed')).toBe(false);
        expect(path.includes('sent') && !before('sent').has('signing')).toBe(false);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
