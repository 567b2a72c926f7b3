import type { TransactionInstruction } from '@solana/web3.js';
import { DEFAULT_PROGRAM_IDS, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { type Processed, processTransaction, readSubmitted } from '#practice/chain/bank.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createTestExecutor } from '#test/practice/engine.ts';
import { TEST_START_MS } from '#test/practice/native-chain.ts';

/** One for all worlds: it keeps nothing between transactions. */
const execute = createExecute(DEFAULT_PROGRAM_IDS, createTestExecutor());

const CLOCK = { slot: 1_000n, unixTimestamp: BigInt(TEST_START_MS / 1_000) };
/** The newest blockhash of every world. */
export const BLOCKHASH = SYSTEM_PROGRAM;
const SIGNATURE_BYTES = 64;

const PROGRAM_LABELS = new Map<string, string>([
  ...PROGRAM_NAMES.map((name) => [DEFAULT_PROGRAM_IDS[name], name] as const),
  [SYSTEM_PROGRAM, 'system'],
  [TOKEN_PROGRAM, 'token'],
  [ASSOCIATED_TOKEN_PROGRAM, 'associated token'],
]);

/**
 * The programs and the bank over a few accounts, without a network around them: no signatures are made or verified, but who
 * must sign has to have a key.
 *
 * @param keyHolders - everybody who can sign
 */
export function createWorldChain(
  staged: Iterable<readonly [Address, StoredAccount]>,
  keyHolders: ReadonlySet<Address>,
) {
  const accounts = new Map(staged);

  const read = (address: Address): Account | undefined => {
    const found = accounts.get(address);
    return found && { ...found, address, space: found.data.length };
  };
  const reader: ChainReader = {
    readAccounts: async (addresses) => ({ slot: CLOCK.slot, accounts: addresses.map(read) }),
    readProgramAccounts: () => Promise.reject(new Error('no operation lists accounts')),
    readRentFloor: async (sizeBytes) => rentExemptMinimum(sizeBytes),
    readClusterTime: async () => Number(CLOCK.unixTimestamp),
  };

  /** Lands the instructions as they are; answers with the refusal, `undefined` when they were taken. */
  function send(instructions: readonly TransactionInstruction[], payer: Address): string | undefined {
    const message = buildMessage(instructions, { payer, blockhash: BLOCKHASH });
    const [required = 0] = message;
    const wire = Uint8Array.of(required, ...new Uint8Array(SIGNATURE_BYTES * required), ...message);
    const submitted = readSubmitted(wire);
    for (const signer of submitted.transaction.message.staticKeys.slice(0, required)) {
      if (!keyHolders.has(signer)) throw new Error(`nobody can sign for ${signer}`);
    }
    const processed = processTransaction(submitted, {
      accounts: (address) => accounts.get(address),
      clock: CLOCK,
      newestBlockhash: BLOCKHASH,
      isRecent: () => true,
      isKnown: () => false,
      execute,
    });
    if (processed.kind === 'landed') {
      for (const [address, change] of processed.changes) {
        if (change.lamports === 0n) accounts.delete(address);
        else accounts.set(address, change);
      }
    }
    return refusalOf(processed);
  }

  return { reader, send };
}

/** A refusal as it is counted: who said it and its code, such as `coordinator 6004`, `runtime AccountNotFound`. */
function refusalOf(processed: Processed): string | undefined {
  const { err } = processed;
  if (err === null) return undefined;
  if (typeof err === 'string') return `runtime ${err}`;
  if (!('InstructionError' in err)) return `runtime ${Object.keys(err).join()}`;
  const [, why] = err.InstructionError;
  const code = typeof why === 'string' ? why : String(Object.values(why).join());
  // Of programs that called each other the innermost says so first. Source: PROTOCOL.md §6.
  const logs = processed.kind === 'landed' ? processed.execution.logs : [];
  // The engine looks at rent after each native call, the runtime once at the end; a program that aborts says that it panicked.
  if (code === 'ProgramFailedToComplete' && !logs.some((line) => line.includes('panicked'))) {
    return 'runtime InsufficientFundsForRent';
  }
  const [, program = ''] = logs.map((line) => /^Program (\S+) failed: /.exec(line)).find((match) => match) ?? [];
  return `${PROGRAM_LABELS.get(program) ?? program} ${code}`;
}
