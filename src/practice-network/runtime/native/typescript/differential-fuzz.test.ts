import { describe, expect, test } from 'vitest';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { compareEngines } from '#test/practice/native-fuzz/compare-engines.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { createLiteSvmExecutor } from '../litesvm-executor.ts';
import type { NativeExecutor } from '../native-executor.ts';
import { createTypescriptExecutor } from './typescript-executor.ts';

/** 1,000 transactions at the usual count, 10,000 in `npm test`. */
const TRANSACTIONS = propertyRuns() * 5;
const SEED = Number(process.env['PROPERTY_SEED'] ?? 1);

/** Transactions after which every instruction that exists has succeeded somewhere. */
const ENOUGH_FOR_EVERY_KIND = 10_000;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const KINDS = [
  ...numbers(14).map((kind) => `${SYSTEM_PROGRAM} ${kind}`),
  ...[...numbers(25), 38, 45, 255].map((kind) => `${TOKEN_PROGRAM} ${kind}`),
  ...[0, 1, 2, 'empty'].map((kind) => `${ASSOCIATED_TOKEN_PROGRAM} ${kind}`),
  ...numbers(5).map((kind) => `${LOOKUP_TABLE_PROGRAM} ${kind}`),
  ...[MEMO_PROGRAM, MEMO_V1_PROGRAM].map((program) => `${program} 109`),
];

/** The Token program's code for a frozen account, given away as the next one. */
function withWrongCode({ hasProgram, execute }: NativeExecutor): NativeExecutor {
  return {
    hasProgram,
    execute: (request) => {
      const result = execute(request);
      const wrong = JSON.stringify(result.err)?.replace('{"Custom":17}', '{"Custom":18}') ?? 'null';
      return { ...result, err: JSON.parse(wrong) as typeof result.err };
    },
  };
}

describe('the native programs in TypeScript', () => {
  const engine = createLiteSvmExecutor();
  const natives = createTypescriptExecutor();

  test('do to every transaction what the real runtime does: outcome, error, state, calls, answer and log', () => {
    const comparison = compareEngines(engine, natives, { transactions: TRANSACTIONS, seed: SEED });
    expect(comparison.differences).toEqual([]);
    expect(comparison.succeeded).toBeGreaterThan(TRANSACTIONS / 8);
    // The one known difference, shown in typescript-executor.test.ts: which of several poor accounts is named.
    expect(comparison.otherPoorAccount).toBeLessThan(TRANSACTIONS / 500);
    if (TRANSACTIONS < ENOUGH_FOR_EVERY_KIND) return;
    expect(KINDS.filter((kind) => !comparison.kinds.has(kind))).toEqual([]);
  });

  test('are caught by that when one error has a wrong code', () => {
    const { differences } = compareEngines(engine, withWrongCode(natives), { transactions: 1_000, seed: 1 });
    expect(differences.length).toBeGreaterThan(0);
    for (const { expected, actual } of differences) {
      expect(JSON.stringify(expected)).toContain('{"Custom":17}');
      expect(JSON.stringify(actual)).toContain('{"Custom":18}');
    }
  });
});
