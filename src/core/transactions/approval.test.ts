import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageOf } from '#core/errors/app-error.ts';
import { approvalErrors } from '#core/errors/approval-errors.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { type ApprovalTerms, EMPTY_DESK, grantApproval, redeemApproval } from './approval.ts';

const terms: ApprovalTerms = {
  reviewId: 'review-1',
  messageHash: 'hash-1',
  signers: [someAddress(1), someAddress(2)],
  genesisHash: 'genesis-1',
  windowId: 1,
};
const granted = grantApproval(terms, 'token-1', 1000);

function codeOf(desk = granted, token = 'token-1', claim = terms, nowMs = 1001): string {
  const redemption = redeemApproval(desk, token, claim, nowMs);
  expect(redemption.desk).toBe(EMPTY_DESK);
  return redemption.kind === 'granted' ? 'granted' : redemption.error.code;
}

describe('an approval', () => {
  test('is good for exactly what was approved', () => {
    expect(codeOf()).toBe('granted');
  });

  test.each<[string, string, Partial<ApprovalTerms>]>([
    ['another review', 'approval/not-reviewed', { reviewId: 'review-2' }],
    ['other bytes', 'approval/other-bytes', { messageHash: 'hash-2' }],
    ['another network', 'approval/other-network', { genesisHash: 'genesis-2' }],
    ['another window', 'approval/other-window', { windowId: 2 }],
    ['one signer less', 'approval/other-signers', { signers: [someAddress(1)] }],
    ['one signer more', 'approval/other-signers', { signers: [...terms.signers, someAddress(3)] }],
    ['another signer', 'approval/other-signers', { signers: [someAddress(1), someAddress(3)] }],
  ])('is worth nothing for %s', (_name, code, change) => {
    expect(codeOf(granted, 'token-1', { ...terms, ...change })).toBe(code);
  });

  test('is worth nothing without its token, or when there is none', () => {
    expect(codeOf(granted, 'token-2')).toBe('approval/none');
    expect(codeOf(EMPTY_DESK)).toBe('approval/none');
  });

  test('lives 120 seconds, the last millisecond excluded', () => {
    expect(codeOf(granted, 'token-1', terms, 120_999)).toBe('granted');
    expect(codeOf(granted, 'token-1', terms, 121_000)).toBe('approval/expired');
  });

  test('is used up by any attempt, a wrong one included', () => {
    const afterWrong = redeemApproval(granted, 'token-2', terms, 1001).desk;
    expect(codeOf(afterWrong)).toBe('approval/none');
    const afterRight = redeemApproval(granted, 'token-1', terms, 1001).desk;
    expect(codeOf(afterRight)).toBe('approval/none');
  });

  test('dies when another is given', () => {
    const second = grantApproval({ ...terms, reviewId: 'review-2' }, 'token-2', 2000);
    expect(codeOf(second, 'token-1', terms, 2001)).toBe('approval/none');
  });

  test('tells in words what is wrong', () => {
    expect(Object.keys(approvalErrors)).toHaveLength(7);
    expect(messageOf('approval/expired', { seconds: 120 }).happened).toContain('120 seconds');
  });

  test('never signs twice, nor what was not approved, whatever the order of events', () => {
    const pick = { token: fc.constantFrom('t1', 't2'), hash: fc.constantFrom('h1', 'h2') };
    const event = fc.oneof(
      fc.record({ kind: fc.constant('grant' as const), ...pick }),
      fc.record({ kind: fc.constant('redeem' as const), ...pick }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 130_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let desk = EMPTY_DESK;
        let now = 0;
        let model: { token: string; hash: string; at: number } | undefined;
        const actual: string[] = [];
        const due: string[] = [];
        for (const each of events) {
          if (each.kind === 'wait') now += each.ms;
          if (each.kind === 'grant') {
            desk = grantApproval({ ...terms, messageHash: each.hash }, each.token, now);
            model = { token: each.token, hash: each.hash, at: now };
          }
          if (each.kind === 'redeem') {
            const result = redeemApproval(desk, each.token, { ...terms, messageHash: each.hash }, now);
            const isDue = model?.token === each.token && model.hash === each.hash && now - model.at < 120_000;
            actual.push(result.kind);
            due.push(isDue ? 'granted' : 'refused');
            desk = result.desk;
            model = undefined;
          }
        }
        expect(actual).toEqual(due);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
