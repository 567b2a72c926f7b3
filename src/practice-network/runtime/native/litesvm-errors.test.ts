import { describe, expect, test } from 'vitest';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { testAddress } from '#test/practice/stage.ts';
import { createAccount, transfer } from '#test/practice/system-instructions.ts';
import { loadLiteSvm } from './litesvm-binding.ts';
import { engineError } from './litesvm-errors.ts';
import type { Instruction } from './native-executor.ts';
import { buildSubTransaction } from './sub-transaction.ts';

const binding = loadLiteSvm();
const PAYER = testAddress(1);
const TARGET = testAddress(2);
const SOL = 1_000_000_000n;

/** What the engine's own debug text calls a failure, and what we make of it. */
function fail(instructions: readonly Instruction[], lamports = 10n * SOL) {
  const svm = new binding.LiteSvm();
  svm.setSigverify(false);
  svm.setBlockhashCheck(false);
  const funds = new binding.Account(lamports, new Uint8Array(0), new Uint8Array(32), false, 0n);
  svm.setAccount(addressToBytes(PAYER), funds);
  const { bytes } = buildSubTransaction(instructions, {
    sponsor: PAYER,
    blockhash: new Uint8Array(32),
    mustStayReadonly: () => false,
    bytesOf: addressToBytes,
  });
  const answer = svm.sendLegacyTransaction(bytes);
  if (!(answer instanceof binding.FailedTransactionMetadata)) throw new Error('it succeeded');
  const debug = /err: (?<name>.*?), meta:/u.exec(String(answer))?.groups?.['name'] ?? '';
  return { debug, ours: engineError(binding, answer.err()) };
}

function call(programId: Address, data: readonly number[], accounts: readonly Address[] = [TARGET]): Instruction {
  return {
    programId,
    accounts: accounts.map((address) => ({ address, isSigner: false, isWritable: true })),
    data: Uint8Array.from(data),
  };
}

const ONE_LAMPORT = [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];

describe('errors of the engine', () => {
  test.each([
    call(SYSTEM_PROGRAM, [99, 0, 0, 0]),
    call(SYSTEM_PROGRAM, ONE_LAMPORT),
    call(SYSTEM_PROGRAM, ONE_LAMPORT, [TARGET, PAYER]),
    call(SYSTEM_PROGRAM, [4, 0, 0, 0], [TARGET, RECENT_BLOCKHASHES_SYSVAR, TARGET]),
    call(TOKEN_PROGRAM, [250]),
    call(TOKEN_PROGRAM, [3, 1, 0, 0, 0, 0, 0, 0, 0], [TARGET, TARGET, TARGET]),
  ])('have the name the engine itself prints (%#)', (instruction) => {
    const { debug, ours } = fail([instruction]);
    const [, name = ''] = /^InstructionError\(0, (.*)\)$/u.exec(debug) ?? [];
    const [, code] = /^Custom\((\d+)\)$/u.exec(name) ?? [];
    expect(name).not.toBe('');
    const error = code === undefined ? name : { Custom: Number(code) };
    expect(ours).toEqual({ kind: 'transaction', err: { InstructionError: [0, error] } });
  });

  test('carry their code, their account or their name alone', () => {
    expect(fail([transfer(PAYER, TARGET, 99n * SOL)])).toEqual({
      debug: 'InstructionError(0, Custom(1))',
      ours: { kind: 'transaction', err: { InstructionError: [0, { Custom: 1 }] } },
    });
    expect(fail([transfer(PAYER, TARGET, 5n)])).toEqual({
      debug: 'InsufficientFundsForRent { account_index: 1 }',
      ours: { kind: 'rent', accountIndex: 1 },
    });
    expect(fail([call(testAddress(7), [])])).toEqual({
      debug: 'InvalidProgramForExecution',
      ours: { kind: 'transaction', err: 'InvalidProgramForExecution' },
    });
    expect(fail([transfer(PAYER, TARGET, 5n)], 5n)).toMatchObject({
      debug: 'InsufficientFundsForFee',
      ours: { err: 'InsufficientFundsForFee' },
    });
    const tooBig = { lamports: SOL, sizeBytes: 10 * 1024 * 1024 + 1, owner: SYSTEM_PROGRAM };
    expect(fail([createAccount(PAYER, TARGET, tooBig)]).ours).toEqual({
      kind: 'transaction',
      err: { InstructionError: [0, { Custom: 3 }] },
    });
  });
});
