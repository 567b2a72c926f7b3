import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createConfiguration, reportOn } from './configuration.ts';
import { SAMPLE_CONFIG } from './sample-config.ts';

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

describe('the report on a configuration', () => {
  test('has nothing against the sample, and lists its values in the chain’s order', () => {
    const report = reportOn(SAMPLE_CONFIG);
    expect(report).toMatchObject({ acceptable: true, findings: [], insertable: [] });
    expect(report.values[0]).toEqual({ path: 'config.warmup_time', value: '30' });
    expect(report.values).toContainEqual({ path: 'model.LLM.max_seq_len', value: '2048' });
    expect(report.values).toContainEqual({
      path: 'model.LLM.checkpoint.Hub.repo_id',
      value: '"example-org/llama-20m-init"',
    });
    expect(report.values.length).toBeGreaterThan(30);
  });

  test('names both keys the book’s sample lacks at once, and one action inserts them', () => {
    const text = readFileSync('test/fixtures/config/book-sample.toml', 'utf8');
    const report = reportOn(text);
    expect(report.acceptable).toBe(false);
    expect(report.insertable).toEqual(['config.waiting_for_members_extra_time', 'model.LLM.cold_start_warmup_steps']);
    expect(reportOn(configuration.insertMissing(text)).acceptable).toBe(true);
  });

  test('says which rule of the program refuses, and with which error', () => {
    const report = reportOn(SAMPLE_CONFIG.replace('min_clients = 2\nwitness', 'min_clients = 0\nwitness'));
    expect(report.acceptable).toBe(false);
    expect(report.findings[0]).toMatchObject({ level: 'rule', programError: '6004 ConfigSanityCheckFailed' });
  });

  test('places what does not parse in the text', () => {
    const report = reportOn(SAMPLE_CONFIG.replace('epoch_time = 600', 'epoch_time = "ten"'));
    expect(report.findings[0]).toMatchObject({ level: 'error', path: 'config.epoch_time', line: 5, column: 14 });
    expect(report.values).toEqual([]);
  });
});

describe('the draft', () => {
  test('is there when the form is opened again, and opening a file can be cancelled', async () => {
    expect(configuration.readDraft()).toBe('left here');
    expect(await configuration.open()).toEqual({ kind: 'cancelled' });
  });
});
