import type { Address } from '#core/solana/address.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { executeTransaction } from '#practice/runtime/execute-transaction.ts';
import type { ExecutionResult } from '#practice/runtime/execution-result.ts';
import type { Instruction, NativeExecutor } from '#practice/runtime/native/native-executor.ts';
import { parsedFrom } from '../stage.ts';
import { fuzzTransaction } from './fuzz-instructions.ts';
import { FUZZ_SLOT, fuzzWorld } from './fuzz-world.ts';
import { createRandomSource } from './random-source.ts';

/** What two engines disagree about. */
type Difference = {
  /** Of the world the transaction ran in, and the transaction's place there. */
  readonly seed: number;
  readonly index: number;
  readonly instructions: readonly Instruction[];
  readonly expected: unknown;
  readonly actual: unknown;
};

/** A run of {@link compareEngines}. */
type Comparison = {
  readonly succeeded: number;
  /** Instructions that succeeded: program and the number its data begins with. */
  readonly kinds: ReadonlySet<string>;
  readonly differences: readonly Difference[];
  /** Both say that an account is too poor, but not which one first. */
  readonly otherPoorAccount: number;
};

/** Transactions in one world before the next one begins. */
const TRANSACTIONS_PER_WORLD = 50;

/** Runs the same transactions on two engines; after each, the world goes on as the first engine left it. */
export function compareEngines(
  oracle: NativeExecutor,
  candidate: NativeExecutor,
  { transactions, seed }: { transactions: number; seed: number },
): Comparison {
  const differences: Difference[] = [];
  const kinds = new Set<string>();
  let [succeeded, otherPoorAccount] = [0, 0];
  for (let done = 0; done < transactions; done += TRANSACTIONS_PER_WORLD) {
    const worldSeed = seed + done;
    const random = createRandomSource(worldSeed);
    const accounts = fuzzWorld(random);
    const count = Math.min(TRANSACTIONS_PER_WORLD, transactions - done);
    for (let index = 0; index < count; index += 1) {
      const instructions = fuzzTransaction({ random, accounts });
      const blockhash = new Uint8Array(32).fill(index >> 2);
      const [first, second] = [oracle, candidate].map((engine) => run(engine, instructions, accounts, blockhash));
      if (first === undefined || second === undefined) throw new RangeError('two engines give two results');
      if (first.err === null) {
        succeeded += 1;
        for (const { programId, data } of instructions) kinds.add(`${programId} ${data[0] ?? 'empty'}`);
      }
      const [expected, actual] = [first, second].map(comparable);
      if (JSON.stringify(expected) !== JSON.stringify(actual)) {
        if (isPoor(first) && isPoor(second)) otherPoorAccount += 1;
        else differences.push({ seed: worldSeed, index, instructions, expected, actual });
      }
      for (const [address, account] of first.changed) {
        if (account.lamports === 0n) accounts.delete(address);
        else accounts.set(address, account);
      }
    }
  }
  return { succeeded, kinds, differences, otherPoorAccount };
}

function run(
  nativeExecutor: NativeExecutor,
  instructions: readonly Instruction[],
  accounts: ReadonlyMap<Address, StoredAccount>,
  blockhash: Uint8Array,
): ExecutionResult {
  return executeTransaction(parsedFrom(instructions), {
    accounts: (address) => accounts.get(address),
    clock: { slot: FUZZ_SLOT, unixTimestamp: 1_772_000_000n },
    blockhash,
    computeBudget: { unitLimit: 1_400_000n },
    nativeExecutor,
    programs: new Map(),
  });
}

function isPoor({ err }: ExecutionResult): boolean {
  return typeof err === 'object' && err !== null && 'InsufficientFundsForRent' in err;
}

/** Outcome, error, every byte of state, calls, answer and log: everything but compute units, which are nominal. */
function comparable({ err, changed, innerInstructions, returnData, logs }: ExecutionResult) {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return {
    err,
    changed: [...changed]
      .map(([address, { lamports, owner, data, executable }]) => [
        address,
        String(lamports),
        owner,
        hex(data),
        executable,
      ])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    inner: innerInstructions.map(({ index, instructions }) => [
      index,
      ...instructions.map(({ data, ...rest }) => ({ ...rest, data: hex(data) })),
    ]),
    returnData: err === null && returnData !== null ? [returnData.programId, hex(returnData.data)] : null,
    logs: logs
      .filter((line) => !/ consumed \d+ of \d+ compute units$/u.test(line))
      .map((line) => line.replace(/ failed: (?:invalid|incomplete) utf-8.*/u, ' failed: Invalid string')),
  };
}
