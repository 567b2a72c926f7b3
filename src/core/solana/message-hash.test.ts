import { readFileSync } from 'node:fs';
import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { formatHash, messageHashOf } from './message-hash.ts';

type Case = { name: string; message_base64: string; message_sha256_base58: string; device_message_hash?: string };
const { cases } = JSON.parse(readFileSync('test/fixtures/ledger/messages.json', 'utf8')) as { cases: Case[] };

describe('the message hash', () => {
  test.each(cases.map((each) => [each.name, each] as const))('equals the recorded one: %s', (_name, each) => {
    expect(messageHashOf(base64.decode(each.message_base64))).toBe(each.message_sha256_base58);
  });

  const shown = cases.filter((each) => each.device_message_hash !== undefined);

  test.each(shown.map((each) => [each.name, each] as const))(
    'is what the device’s screen showed: %s',
    (_name, each) => {
      expect(messageHashOf(base64.decode(each.message_base64))).toBe(each.device_message_hash);
    },
  );

  test('was shown by the device in at least 20 recordings', () => {
    expect(shown.length).toBeGreaterThanOrEqual(20);
  });

  test('reads in groups of four, without a space at the end', () => {
    expect(formatHash('abcdefghij')).toBe('abcd efgh ij');
    expect(formatHash('abcdefgh')).toBe('abcd efgh');
  });
});
