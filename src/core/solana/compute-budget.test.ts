import { ComputeBudgetProgram, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { parseAddress } from './address.ts';
import { passCanonicalGate } from './canonical-gate.ts';
import { feeOf } from './compute-budget.ts';
import { COMPUTE_BUDGET_PROGRAM, MEMO_PROGRAM, SYSTEM_PROGRAM } from './program-ids.ts';

const limit = (units: number) => ComputeBudgetProgram.setComputeUnitLimit({ units });
const price = (microLamports: bigint) => ComputeBudgetProgram.setComputeUnitPrice({ microLamports });
const transfer = someInstruction(
  SYSTEM_PROGRAM,
  [
    [someAddress(1), 'sw'],
    [someAddress(2), 'w'],
  ],
  [2, 0, 0, 0, ...le(1, 8)],
);
const memo = someInstruction(MEMO_PROGRAM, [], [1]);
const cosigned = someInstruction(MEMO_PROGRAM, [[someAddress(5), 's']], [1]);
const checkedByProgram = someInstruction(parseAddress('Ed25519SigVerify111111111111111111111111111'), [], [3, 0]);
const checkingNothing = someInstruction(parseAddress('Ed25519SigVerify111111111111111111111111111'), [], []);

describe('the fee', () => {
  test.each<[string, TransactionInstruction[], bigint]>([
    ['is 5,000 lamports for one signature', [transfer], 5000n],
    ['is 5,000 lamports for each signature', [cosigned], 10_000n],
    ['counts signatures that a program checks', [checkedByProgram], 20_000n],
    ['counts none for a checking program that is given nothing', [checkingNothing], 5000n],
    ['adds price times limit', [limit(300_000), price(1_000_000n), memo], 305_000n],
    ['rounds a part of a lamport up', [limit(1), price(1n), memo], 5001n],
    ['is not raised by a price of 0', [limit(300_000), price(0n), memo], 5000n],
    [
      'takes 200,000 units for an instruction and 3,000 for a built-in one',
      [price(1_000_000n), memo, transfer],
      211_000n,
    ],
    ['caps the units at 1,400,000', [limit(4_294_967_295), price(1_000_000n)], 1_405_000n],
    ['caps default units as well', [price(1_000_000n), ...Array.from({ length: 8 }, () => memo)], 1_405_000n],
    [
      'stays exact at the largest price',
      [limit(1_400_000), price(2n ** 64n - 1n)],
      5000n + 25_825_441_703_193_372_261n,
    ],
    [
      'sees a price with bytes behind it',
      [limit(1), someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(10n ** 6n, 8), 9])],
      5001n,
    ],
    ['takes the larger of two prices', [limit(1), price(5_000_000n), price(1n)], 5005n],
  ])('%s', (_name, instructions, total) => {
    expect(feeOf(passCanonicalGate(someMessage({ instructions }))).totalLamports).toBe(total);
  });

  test('tells its parts', () => {
    expect(feeOf(passCanonicalGate(someMessage({ instructions: [limit(300_000), price(7n), memo] })))).toEqual({
      signatures: 1,
      baseLamports: 5000n,
      priorityLamports: 3n,
      totalLamports: 5003n,
      computeUnitLimit: 300_000,
      computeUnitPrice: 7n,
    });
  });
});
