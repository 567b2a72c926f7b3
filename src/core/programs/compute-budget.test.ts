import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { feeOf } from '#core/solana/compute-budget.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import { buildMessage, wireSizeOf } from '#core/transactions/build.ts';
import { hasPrice, withFees } from './compute-budget.ts';

const PAYER = addressFromBytes(new Uint8Array(32).fill(1));
const key = (number: number) => new PublicKey(new Uint8Array(32).fill(number));
const FEES = { unitLimit: 60_000, microLamports: 12_345n };
const advance = SystemProgram.nonceAdvance({ noncePubkey: key(2), authorizedPubkey: key(1) });

/** An instruction that makes a transaction of exactly so many bytes. */
function ofSize(bytes: number): TransactionInstruction {
  const made = (data: number) => new TransactionInstruction({ programId: key(9), keys: [], data: Buffer.alloc(data) });
  const found = made(bytes - wireSizeOf([made(200)], PAYER) + 200);
  expect(wireSizeOf([found], PAYER)).toBe(bytes);
  return found;
}

const decoded = (instructions: readonly TransactionInstruction[]) =>
  passCanonicalGate(buildMessage(instructions, { payer: PAYER, blockhash: PAYER }));

describe('fees in a transaction', () => {
  test('come first, limit and then price, in the bytes the runtime reads', () => {
    const [limit, price, own] = withFees([ofSize(500)], FEES, PAYER);
    expect(limit?.programId.toBase58()).toBe(COMPUTE_BUDGET_PROGRAM);
    expect([...(limit?.data ?? [])]).toEqual([2, 0x60, 0xea, 0, 0]);
    expect([...(price?.data ?? [])]).toEqual([3, 0x39, 0x30, 0, 0, 0, 0, 0, 0]);
    expect(own?.programId).toEqual(key(9));
  });

  test('come after the advance of a nonce, which the runtime looks for in the first place only', () => {
    const message = decoded(withFees([advance, ofSize(300)], FEES, PAYER));
    expect(readLifetime(message)).toMatchObject({ kind: 'nonce', nonceAccount: key(2).toBase58() });
    expect(feeOf(message)).toMatchObject({ computeUnitLimit: 60_000, computeUnitPrice: 12_345n });
    expect(message.instructions.map(({ data }) => data[0])).toEqual([4, 2, 3, 0]);
  });

  test('come before any other instruction of the System program, even one with as little data', () => {
    const odd = new TransactionInstruction({ programId: SystemProgram.programId, keys: [], data: Buffer.from([4]) });
    expect(withFees([odd], FEES, PAYER).indexOf(odd)).toBe(2);
  });

  test.each([
    [1232 - 52, 60_000, 12_345n],
    [1232 - 51, 60_000, undefined],
    [1232 - 40, 60_000, undefined],
    [1232 - 39, undefined, undefined],
    [1232, undefined, undefined],
  ])('of %s bytes already: what no longer fits is left out, the price first', (bytes, limit, price) => {
    const instructions = withFees([ofSize(bytes)], FEES, PAYER);
    expect(wireSizeOf(instructions, PAYER)).toBeLessThanOrEqual(1232);
    const fee = feeOf(decoded(instructions));
    expect([fee.computeUnitLimit, fee.computeUnitPrice]).toEqual([limit, price]);
    expect(hasPrice(instructions)).toBe(price !== undefined);
  });

  test('of nothing are no price instruction, and none at all leave the instructions as they are', () => {
    const plan = [ofSize(500)];
    expect(withFees(plan, { ...FEES, microLamports: 0n }, PAYER)).toHaveLength(2);
    expect(withFees(plan, undefined, PAYER)).toBe(plan);
  });
});
