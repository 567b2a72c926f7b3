import { describe, expect, test } from 'vitest';
import { type Address, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
  UPGRADEABLE_LOADER,
} from '#core/solana/program-ids.ts';
import { testEngine } from '#test/practice/engine.ts';
import { createStage, testAddress } from '#test/practice/stage.ts';
import { createAccount, transfer } from '#test/practice/system-instructions.ts';
import { rentExemptMinimum } from '../rent.ts';

const SOL = 1_000_000_000n;

describe('native instructions', () => {
  test('move lamports and log as a validator does', () => {
    const stage = createStage();
    const [from, to] = [stage.fund(1, 5n * SOL), testAddress(2)];
    const result = stage.land([transfer(from, to, SOL)]);
    expect(stage.accounts.get(from)?.lamports).toBe(4n * SOL);
    expect(stage.accounts.get(to)).toEqual({
      lamports: SOL,
      data: new Uint8Array(0),
      owner: SYSTEM_PROGRAM,
      executable: false,
    });
    expect(result.logs).toEqual([`Program ${SYSTEM_PROGRAM} invoke [1]`, `Program ${SYSTEM_PROGRAM} success`]);
    expect(result.unitsConsumed).toBe(150n);
  });

  test('create an account of 119,160 bytes and change nothing else', () => {
    const stage = createStage();
    const payer = stage.fund(1);
    const lamports = rentExemptMinimum(119_160);
    stage.land([createAccount(payer, testAddress(3), { lamports, sizeBytes: 119_160, owner: TOKEN_PROGRAM })]);
    expect(lamports).toBe(830_244_480n);
    expect(stage.accounts.get(testAddress(3))?.data).toHaveLength(119_160);
    expect(stage.accounts.get(testAddress(3))?.owner).toBe(TOKEN_PROGRAM);
    expect(stage.accounts.get(payer)?.lamports).toBe(10n * SOL - lamports);
  });

  test('report the failing instruction by its place and leave everything as it was', () => {
    const stage = createStage();
    const from = stage.fund(1, SOL);
    const result = stage.send([transfer(from, testAddress(2), SOL / 2n), transfer(from, testAddress(2), SOL)]);
    expect(result.err).toEqual({ InstructionError: [1, { Custom: 1 }] });
    expect(result.logs.at(-1)).toBe(`Program ${SYSTEM_PROGRAM} failed: custom program error: 0x1`);
    expect(result.changed.size).toBe(0);
    expect(stage.accounts.get(from)?.lamports).toBe(SOL);
  });

  test('count the place also behind an emulated instruction', () => {
    const stage = createStage();
    const from = stage.fund(1, SOL);
    const budget = { programId: COMPUTE_BUDGET_PROGRAM, accounts: [], data: Uint8Array.of(2, 64, 13, 3, 0) };
    const result = stage.send([budget, transfer(from, testAddress(2), 2n * SOL)]);
    expect(result.err).toEqual({ InstructionError: [1, { Custom: 1 }] });
    expect(result.logs.slice(0, 2)).toEqual([
      `Program ${COMPUTE_BUDGET_PROGRAM} invoke [1]`,
      `Program ${COMPUTE_BUDGET_PROGRAM} success`,
    ]);
  });

  test('see the accounts of this transaction even after another one was rolled back', () => {
    const stage = createStage();
    const from = stage.fund(1, SOL);
    stage.send([transfer(from, testAddress(2), SOL / 2n), transfer(from, testAddress(2), SOL)]);
    stage.fund(1, 3n * SOL);
    stage.land([transfer(from, testAddress(2), 3n * SOL)]);
    expect(stage.accounts.has(from)).toBe(false);
    expect(stage.accounts.get(testAddress(2))?.lamports).toBe(3n * SOL);
  });

  test('refuse a signature that was not given', () => {
    const stage = createStage();
    const from = stage.fund(1);
    const instruction = transfer(from, testAddress(2), SOL);
    const unsigned = { ...instruction, accounts: instruction.accounts.map((a) => ({ ...a, isSigner: false })) };
    expect(stage.send([unsigned]).err).toEqual({ InstructionError: [0, 'MissingRequiredSignature'] });
  });

  test('may leave an account too poor for rent in the middle of a transaction, not at its end', () => {
    const stage = createStage();
    const [from, to] = [stage.fund(1), testAddress(2)];
    const budget = { programId: COMPUTE_BUDGET_PROGRAM, accounts: [], data: Uint8Array.of(2, 64, 13, 3, 0) };
    expect(stage.send([transfer(from, to, 5n), budget, transfer(from, to, SOL)]).err).toBeNull();
    const poor = stage.send([transfer(from, testAddress(4), 5n), budget]);
    expect(poor.err).toEqual({ InsufficientFundsForRent: { account_index: 1 } });
    expect(poor.changed.size).toBe(0);
  });

  // The other engine's units are nominal, and so is what becomes of whoever runs out of them.
  test.skipIf(testEngine !== 'litesvm')('give the compute units that are left and stop when they are gone', () => {
    const stage = createStage();
    const signer = stage.fund(1);
    const memo = {
      programId: MEMO_PROGRAM,
      accounts: [{ address: signer, isSigner: true, isWritable: false }],
      data: new TextEncoder().encode('hello'),
    };
    const result = stage.send([memo], 150_000n);
    expect(result.err).toBeNull();
    expect(result.logs.some((line) => / consumed \d+ of 150000 compute units$/u.test(line))).toBe(true);
    expect(stage.send([memo], 100n).err).toEqual({ InstructionError: [0, 'ComputationalBudgetExceeded'] });
  });

  test('cannot write to programs and sysvars, whatever the transaction claims', () => {
    const stage = createStage();
    const from = stage.fund(1);
    const sysvar = parseAddress('SysvarC1ock11111111111111111111111111111111');
    for (const target of [TOKEN_PROGRAM, sysvar]) {
      expect(stage.send([transfer(from, target, SOL)]).err).toEqual({ InstructionError: [0, 'ReadonlyLamportChange'] });
    }
    expect(stage.send([transfer(from, testAddress(2), SOL)]).err).toBeNull();
  });

  test('are refused before anything runs when the program does not exist', () => {
    const stage = createStage();
    const payer = stage.fund(1);
    const call = { programId: testAddress(9), accounts: [], data: new Uint8Array(0) };
    expect(stage.send([transfer(payer, testAddress(2), SOL), call]).err).toBe('ProgramAccountNotFound');
    stage.fund(9);
    expect(stage.send([transfer(payer, testAddress(2), SOL), call]).err).toBe('InvalidProgramForExecution');
  });

  test('include no deployment: what a loader does would outlive a rollback', () => {
    const stage = createStage();
    const payer = stage.fund(1);
    const deploy = {
      programId: UPGRADEABLE_LOADER,
      accounts: [{ address: payer, isSigner: true, isWritable: true }],
      data: Uint8Array.of(0, 0, 0, 0),
    };
    expect(stage.send([deploy]).err).toBe('ProgramAccountNotFound');
  });

  test('let the associated token program call others, with heights and indexes of the outer transaction', () => {
    const stage = createStage();
    const payer = stage.fund(1);
    const mint = testAddress(20);
    const mintData = new Uint8Array(82);
    mintData[45] = 1;
    stage.accounts.set(mint, {
      lamports: rentExemptMinimum(82),
      data: mintData,
      owner: TOKEN_PROGRAM,
      executable: false,
    });
    const ata = associatedAddress(payer, mint);
    const result = stage.land([
      {
        programId: ASSOCIATED_TOKEN_PROGRAM,
        accounts: [
          { address: payer, isSigner: true, isWritable: true },
          { address: ata, isSigner: false, isWritable: true },
          { address: payer, isSigner: false, isWritable: false },
          { address: mint, isSigner: false, isWritable: false },
          { address: SYSTEM_PROGRAM, isSigner: false, isWritable: false },
          { address: TOKEN_PROGRAM, isSigner: false, isWritable: false },
        ],
        data: Uint8Array.of(1),
      },
    ]);
    expect(stage.accounts.get(ata)?.owner).toBe(TOKEN_PROGRAM);
    const [calls] = result.innerInstructions;
    expect(calls?.index).toBe(0);
    expect(calls?.instructions.every(({ stackHeight }) => stackHeight === 2)).toBe(true);
    expect(calls?.instructions.map(({ programIdIndex }) => programIdIndex)).toContain(3);
  });
});

function associatedAddress(owner: Address, mint: Address): Address {
  const seeds = [owner, TOKEN_PROGRAM, mint].map(addressToBytes);
  return findProgramAddress(seeds, ASSOCIATED_TOKEN_PROGRAM).address;
}
