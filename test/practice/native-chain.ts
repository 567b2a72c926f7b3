import { base58 } from '@scure/base';
import { createHash } from 'node:crypto';
import { type ChainOptions, createChain } from '#practice/chain/chain.ts';
import { executeTransaction } from '#practice/runtime/execute-transaction.ts';
import { createTestExecutor } from './engine.ts';

/** A start for time in tests: 2026-02-25, milliseconds since 1970. */
export const TEST_START_MS = 1_772_000_000_000;

/** The same bytes on every run: the n-th call gives the n-th hash. */
export function countingRandom(): (size: number) => Uint8Array {
  let calls = 0;
  return (size) => {
    calls += 1;
    return new Uint8Array(createHash('sha512').update(String(calls)).digest().subarray(0, size));
  };
}

/** A chain without server whose time the test moves, running native programs only. */
export function createNativeChain(options: Partial<ChainOptions> = {}) {
  const host = { ms: TEST_START_MS };
  const nativeExecutor = createTestExecutor();
  const chain = createChain({
    genesis: {},
    now: () => host.ms,
    random: countingRandom(),
    slotMs: 200,
    execute: (transaction, { accounts, clock, blockhash, unitLimit }) =>
      executeTransaction(transaction, {
        accounts,
        clock,
        blockhash: base58.decode(blockhash),
        computeBudget: { unitLimit },
        nativeExecutor,
        programs: new Map(),
      }),
    ...options,
  });
  return { chain, host };
}
