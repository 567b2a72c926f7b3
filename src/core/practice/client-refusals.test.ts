import { describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { explainRefusals } from './client-refusals.ts';

const { coordinator } = DEFAULT_PROGRAM_IDS;
const failing = (code: number, account?: string) => [
  `Program ${coordinator} invoke [1]`,
  account === undefined
    ? 'Program log: AnchorError occurred.'
    : `Program log: AnchorError caused by account: ${account}. Error Code: AccountNotInitialized.`,
  `Program ${coordinator} failed: custom program error: 0x${code.toString(16)}`,
];
const refused = (instruction: string, code: number, account?: string) => ({
  instruction,
  error: { InstructionError: [1, { Custom: code }] },
  logs: failing(code, account),
});

describe('refusals of simulated clients', () => {
  test('are told once for all who met the same, the most common first', () => {
    const full = refused('join_run', 6003);
    const told = explainRefusals([refused('witness', 6017), full, full], DEFAULT_PROGRAM_IDS);
    expect(told).toMatchObject([
      { instruction: 'join_run', count: 2, isUnauthorized: false, cause: expect.stringContaining('256 wallets') },
      { instruction: 'witness', count: 1, name: expect.any(String) },
    ]);
  });

  test('for want of an authorization say so, not that some account does not exist', () => {
    const [told] = explainRefusals([refused('join_run', 3012, 'authorization')], DEFAULT_PROGRAM_IDS);
    expect(told).toMatchObject({ name: 'AccountNotInitialized', isUnauthorized: true });
    expect(told?.cause).toContain('Nobody allowed');
    const [other] = explainRefusals([refused('join_run', 3012, 'coordinator_account')], DEFAULT_PROGRAM_IDS);
    expect(other?.isUnauthorized).toBe(false);
  });

  test('before any program ran are named as the cluster names them', () => {
    const [told] = explainRefusals(
      [{ instruction: 'join_run', error: 'InsufficientFundsForFee', logs: [] }],
      DEFAULT_PROGRAM_IDS,
    );
    expect(told).toMatchObject({ name: 'InsufficientFundsForFee' });
  });
});
