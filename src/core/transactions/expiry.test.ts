import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignatureStatus } from '#core/ports.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { type EndpointAnswer, nextSendingStep, type SendingFacts } from './expiry.ts';

const confirmed: SignatureStatus = { slot: 7n, err: null, commitment: 'confirmed' };
const sent: SendingFacts = {
  lifetime: { kind: 'blockhash', lastValidBlockHeight: 1000n },
  answers: ['not-known', 'not-known'],
  finalizedHeight: 900n,
  lastSentAtMs: 0,
  nowMs: 1999,
};
const nonce = (storedNonce: string | undefined): Partial<SendingFacts> => ({
  lifetime: { kind: 'nonce', nonce: 'n1', storedNonce },
  finalizedHeight: 10_000n,
});

describe('a sent transaction', () => {
  test.each<[string, string, Partial<SendingFacts>]>([
    ['waits', 'wait', {}],
    ['is sent again every two seconds', 'resend', { nowMs: 2000 }],
    ['is sent again at the last valid height', 'resend', { nowMs: 2000, finalizedHeight: 1000n }],
    ['is sent again while no height is known', 'resend', { nowMs: 2000, finalizedHeight: undefined }],
    ['is watched past its last valid height', 'watch', { nowMs: 9000, finalizedHeight: 1001n }],
    ['is still watched 32 blocks past it', 'watch', { finalizedHeight: 1032n }],
    ['is dead 33 blocks past it', 'expired', { finalizedHeight: 1033n }],
    [
      'is not dead when an endpoint knows it',
      'watch',
      { finalizedHeight: 2000n, answers: ['not-known', { ...confirmed, commitment: 'processed' }] },
    ],
    ['is not dead when no endpoint answers', 'watch', { finalizedHeight: 2000n, answers: ['no-answer', 'no-answer'] }],
    [
      'is not dead while one endpoint is silent: it may be the one that knows',
      'watch',
      { finalizedHeight: 2000n, answers: ['no-answer', 'not-known'] },
    ],
    [
      'is dead when those that can tell do not know it',
      'expired',
      { finalizedHeight: 2000n, answers: ['cannot-tell', 'not-known'] },
    ],
    ['is not dead when none can tell', 'watch', { finalizedHeight: 2000n, answers: ['cannot-tell'] }],
    ['under a nonce is sent again, however high the chain', 'resend', { ...nonce('n1'), nowMs: 2000 }],
    ['under a nonce that was not read waits', 'wait', nonce(undefined)],
    ['is dead when its nonce moved', 'nonce-used', nonce('n2')],
    ['is dead when its nonce account is closed', 'nonce-used', nonce('closed')],
    ['is not dead when its nonce moved and nobody answers', 'watch', { ...nonce('n2'), answers: ['no-answer'] }],
    ['that was only processed has not landed', 'wait', { answers: [{ ...confirmed, commitment: 'processed' }] }],
  ])('%s', (_name, kind, change) => {
    expect(nextSendingStep({ ...sent, ...change })).toEqual({ kind });
  });

  test('has landed when one endpoint saw it confirmed, even late', () => {
    const answers: EndpointAnswer[] = ['not-known', confirmed];
    expect(nextSendingStep({ ...sent, answers, finalizedHeight: 5000n })).toEqual({
      kind: 'landed',
      slot: 7n,
      error: null,
    });
  });

  test('is judged by the finalized answer where endpoints disagree', () => {
    const failed: SignatureStatus = {
      slot: 8n,
      err: { InstructionError: [0, { Custom: 1 }] },
      commitment: 'finalized',
    };
    expect(nextSendingStep({ ...sent, answers: [confirmed, failed] })).toEqual({
      kind: 'landed',
      slot: 8n,
      error: failed.err,
    });
  });

  test('is never called dead while any endpoint knows it or is silent, or none can tell', () => {
    const answer = fc.constantFrom<EndpointAnswer[]>('not-known', 'cannot-tell', 'no-answer', confirmed, {
      ...confirmed,
      commitment: 'processed',
    });
    fc.assert(
      fc.property(
        fc.array(answer, { maxLength: 4 }),
        fc.bigInt({ min: 0n, max: 3000n }),
        (answers, finalizedHeight) => {
          const { kind } = nextSendingStep({ ...sent, answers, finalizedHeight });
          const mayBeAlive =
            finalizedHeight <= 1032n ||
            answers.some((each) => typeof each === 'object' || each === 'no-answer') ||
            answers.every((each) => each === 'cannot-tell');
          expect(kind === 'expired').toBe(!mayBeAlive);
        },
      ),
      { numRuns: propertyRuns() },
    );
  });
});
