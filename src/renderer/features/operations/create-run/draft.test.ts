import { describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import { type CreateDraft, draftProblems, emptyDraft, parseDraft, practiceDraft, requestOf } from './draft.ts';

const KEY = parseAddress('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7');
const SIGNERS = { payer: KEY, authority: KEY, joinAuthority: KEY };

function draftWith(parts: Partial<CreateDraft>): CreateDraft {
  return { ...emptyDraft(SIGNERS), runId: 'atlas-7', configText: '[config]', ...parts };
}

describe('a draft of a run', () => {
  test('counts a run id in bytes, so eleven three-byte characters are too long', () => {
    expect(draftProblems(draftWith({ runId: '日'.repeat(10) })).runId).toBeUndefined();
    expect(draftProblems(draftWith({ runId: '日'.repeat(11) })).runId).toBe('The run id is too long');
    expect(requestOf(draftWith({ runId: '日'.repeat(11) }), true)).toBeUndefined();
  });

  test('survives being written and read back', () => {
    const draft = draftWith({ step: 'configuration', name: 'مدرّب' });
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });

  test('of another version of the app is no draft, and breaks nothing', () => {
    expect(parseDraft('')).toBeUndefined();
    expect(parseDraft('{"step":"rewards"}')).toBeUndefined();
    expect(parseDraft('{')).toBeUndefined();
  });

  test('of a version without seeds gets a new key for its account', () => {
    const { seed: _, ...older } = draftWith({});
    expect(parseDraft(JSON.stringify(older))?.seed).toEqual({ isOn: false, text: '' });
  });

  test('sends its seed only while that is asked for, and never an empty one', () => {
    const seeded = (seed: CreateDraft['seed']) => requestOf(draftWith({ seed }), true)?.operation;
    expect(seeded({ isOn: true, text: 'atlas-7/1' })).toMatchObject({ accountSeed: 'atlas-7/1' });
    expect(seeded({ isOn: false, text: 'atlas-7/1' })).not.toHaveProperty('accountSeed');
    expect(seeded({ isOn: true, text: '' })).toBeUndefined();
    expect(seeded({ isOn: true, text: '日'.repeat(11) })).toBeUndefined();
  });

  test('takes whole numbers with group marks and keeps every digit', () => {
    const request = requestOf(draftWith({ parameters: '18 446 744 073 709 551 615', vocabulary: '' }), true);
    expect(request?.operation).toMatchObject({ metadata: { parameters: 18_446_744_073_709_551_615n, vocabulary: 0n } });
    expect(draftProblems(draftWith({ parameters: '1e9' })).parameters).toBe('Parameters is a whole number');
  });

  test('without a configuration never asks to be started', () => {
    expect(requestOf(draftWith({ configLater: true, start: true }), true)?.operation).toMatchObject({ start: false });
    expect(requestOf(draftWith({ configLater: true }), true)?.operation).not.toHaveProperty('configText');
  });

  test('for practising picks a run id nobody has', () => {
    expect(practiceDraft(SIGNERS, ['practice-run-1', 'practice-run-2'], '').runId).toBe('practice-run-3');
  });
});
