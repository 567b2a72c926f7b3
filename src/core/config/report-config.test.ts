import { expect, test } from 'vitest';
import { ConfigReport } from './config-report.ts';
import { PRACTICE_CONFIG_TEXT } from './practice-config.ts';
import { reportConfig } from './report-config.ts';

test('the configuration for practising passes every check without a warning', () => {
  const report = reportConfig(PRACTICE_CONFIG_TEXT);

  expect(report.findings).toEqual([]);
  expect(report.acceptable).toBe(true);
  expect(ConfigReport.parse(report)).toEqual(report);
});

test('a broken rule points at the value and names the program’s error', () => {
  const report = reportConfig(PRACTICE_CONFIG_TEXT.replace('witness_nodes = 1', 'witness_nodes = 2'));

  expect(report).toMatchObject({
    acceptable: false,
    findings: [
      {
        level: 'rule',
        path: 'config.witness_nodes',
        line: 14,
        column: 17,
        message: 'witness_nodes (2) is larger than min_clients (1)',
        programError: '6004 ConfigSanityCheckFailed',
      },
    ],
  });
});

test('several broken rules are all named, in the program’s order', () => {
  const text = PRACTICE_CONFIG_TEXT.replace('min_clients = 1', 'min_clients = 0')
    .replace('epoch_time = 600', 'epoch_time = 0')
    .replace('max_seq_len = 2048', 'max_seq_len = 0');

  expect(reportConfig(text).findings.map(({ path }) => path)).toEqual([
    'config.epoch_time',
    'config.warmup_time',
    'config.max_round_train_time',
    'config.min_clients',
    'config.witness_nodes',
    'model.LLM.max_seq_len',
  ]);
});

test('what can be inserted is offered', () => {
  const text = PRACTICE_CONFIG_TEXT.replace('cold_start_warmup_steps = 0\n', '').replace('total_steps = 2000\n', '');

  expect(reportConfig(text)).toMatchObject({
    acceptable: false,
    insertable: ['model.LLM.cold_start_warmup_steps'],
    findings: [{ level: 'error', path: 'config.total_steps', line: 2 }, { level: 'error' }],
  });
});

test.each([
  ['verification_percent = 0', 'verification_percent = 101', 'config.verification_percent', /6020/],
  [
    'verification_percent = 0',
    'verification_percent = 5',
    'config.verification_percent',
    /nor the training clients implement/,
  ],
  [
    'global_batch_size_end = 512',
    'global_batch_size_end = 255\n',
    'config.global_batch_size_end',
    /255 different wallets/,
  ],
  [
    'total_steps = 2000\n\n[model.LLM.opt',
    'total_steps = 50\n\n[model.LLM.opt',
    'model.LLM.lr_schedule.Cosine.total_steps',
    /before its warmup/,
  ],
  [
    'total_steps = 2000\n\n[model.LLM.opt',
    'total_steps = 500\n\n[model.LLM.opt',
    'model.LLM.lr_schedule.Cosine.total_steps',
    /rises again/,
  ],
  ['compression_decay = 0.999', 'compression_decay = 1e39', 'model.LLM.optimizer.Distro.compression_decay', /infinite/],
])('%s as %s is accepted with a warning', (right, wrong, path, message) => {
  const text = PRACTICE_CONFIG_TEXT.replace(right, wrong).replace('size_start = 256', 'size_start = 8');

  expect(reportConfig(text)).toMatchObject({
    acceptable: true,
    findings: [{ level: 'warning', path, message: expect.stringMatching(message) }],
  });
});

test('a run that could never start says so', () => {
  const text = PRACTICE_CONFIG_TEXT.replace('size_end = 512', 'size_end = 1').replace(
    'size_start = 256',
    'size_start = 1',
  );

  expect(reportConfig(text).findings[0]?.message).toMatch(/would wait forever/);
});
