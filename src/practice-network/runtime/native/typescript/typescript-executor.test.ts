import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { MEMO_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM } from '#core/solana/program-ids.ts';
import { createStage, testAddress } from '#test/practice/stage.ts';
import { createAccount, transfer } from '#test/practice/system-instructions.ts';
import { rentExemptMinimum } from '../../rent.ts';
import { createNativeExecutor } from '../create-native-executor.ts';
import { createLiteSvmExecutor } from '../litesvm-executor.ts';
import { createTypescriptExecutor } from './typescript-executor.ts';

const memo = { programId: MEMO_PROGRAM, accounts: [], data: new TextEncoder().encode('hello') };
const stages = () => [createLiteSvmExecutor(), createTypescriptExecutor()].map((engine) => createStage([], engine));

describe('the TypeScript engine', () => {
  test('names the first poor account of the transaction; the real one, where other programs take part, that of its own message', () => {
    // A signer comes before other accounts in the engine's message, whatever place the transaction gives it.
    const errors = stages().map((stage) => {
      const [rich, poor] = [stage.fund(1), stage.fund(2, rentExemptMinimum(0))];
      return stage.send([memo, transfer(rich, testAddress(3), 5n), transfer(poor, rich, 5n)]).err;
    });
    expect(errors).toEqual([
      { InsufficientFundsForRent: { account_index: 4 } },
      { InsufficientFundsForRent: { account_index: 2 } },
    ]);
  });

  test('allocates 20 MiB in one transaction and no byte more, like the real one', () => {
    const size = 10_485_760;
    for (const stage of stages()) {
      const payer = stage.fund(1, 1_000_000_000_000n);
      const open = (seed: number, sizeBytes: number) =>
        createAccount(payer, testAddress(seed), {
          lamports: rentExemptMinimum(sizeBytes),
          sizeBytes,
          owner: SYSTEM_PROGRAM,
        });
      expect(stage.send([open(10, size), open(11, size)]).err).toBeNull();
      const tooMuch = stage.send([open(12, size), open(13, size), open(14, 1)]);
      expect(tooMuch.err).toEqual({ InstructionError: [2, 'MaxAccountsDataAllocationsExceeded'] });
    }
  });

  test('has no program that it does not have', () => {
    const stage = createStage([], createTypescriptExecutor());
    const call = { programId: TOKEN_2022_PROGRAM, accounts: [], data: new Uint8Array(1) };
    expect(stage.send([call]).err).toBe('ProgramAccountNotFound');
  });
});

describe('the choice of an engine', () => {
  const missing = () => {
    throw new AppError('practice/engine-missing', { platform: 'win32', arch: 'x64' });
  };

  test('falls on the TypeScript one where the real one has no build, and says so', () => {
    let words = 0;
    const engine = createNativeExecutor(undefined, () => (words += 1), missing);
    expect(engine.hasProgram(SYSTEM_PROGRAM)).toBe(true);
    expect(engine.hasProgram(TOKEN_2022_PROGRAM)).toBe(false);
    expect(words).toBe(1);
  });

  test('is refused when the real one is asked for by name and not there', () => {
    expect(() => createNativeExecutor('litesvm', () => undefined, missing)).toThrow(
      expect.objectContaining({ code: 'practice/engine-missing' }),
    );
  });

  test('hides no other fault of the real one', () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    expect(() => createNativeExecutor(undefined, () => undefined, broken)).toThrow('broken');
  });
});
