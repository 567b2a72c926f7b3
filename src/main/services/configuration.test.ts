import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createConfiguration } from './configuration.ts';

const configuration = createConfiguration({
  dialogs: {
    chooseFile: async () => undefined,
    chooseTarget: () => Promise.reject(new Error('nothing should be saved')),
    confirm: () => Promise.reject(new Error('nothing should be confirmed')),
  },
  files: {
    read: () => Promise.reject(new Error('nothing should be read')),
    write: () => Promise.reject(new Error('nothing should be written')),
  },
  draft: { read: () => ({ text: 'left here' }), update: async () => undefined },
});

describe('the sample for practising', () => {
  test('passes every check, without a word of warning', () => {
    expect(configuration.check(configuration.sample())).toMatchObject({ acceptable: true, findings: [] });
  });

  test('is not needed for the book’s: one action inserts both keys it lacks', () => {
    const text = readFileSync('test/fixtures/config/book-sample.toml', 'utf8');
    expect(configuration.check(text).insertable).toEqual([
      'config.waiting_for_members_extra_time',
      'model.LLM.cold_start_warmup_steps',
    ]);
    expect(configuration.check(configuration.insertMissing(text)).acceptable).toBe(true);
  });
});

describe('the draft', () => {
  test('is there when the form is opened again, and opening a file can be cancelled', async () => {
    expect(configuration.readDraft()).toBe('left here');
    expect(await configuration.open()).toEqual({ kind: 'cancelled' });
  });
});
