import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { EmulatedProgram } from '../../../programs/program.ts';
import { decodeText } from '../data-reader.ts';
import type { NativeEnvironment } from '../native-environment.ts';
import { approve, approveChecked, revoke, setAuthority, setFrozen } from './authorities.ts';
import {
  initializeAccount,
  initializeAccountFor,
  initializeImmutableOwner,
  initializeMint,
  initializeMultisig,
  requireMint,
} from './initialize.ts';
import { burn, mintTo, transfer, transferChecked } from './move-tokens.ts';
import { readAmount, requireTokenOwned, takeAccounts, type TokenCall } from './token-checks.ts';
import { tokenError, tokenErrorLine } from './token-error.ts';
import { closeAccount, syncNative, unwrapLamports, withdrawExcessLamports } from './token-lamports.ts';
import { TOKEN_ACCOUNT_BYTES } from './token-state.ts';
import { amountFromUiAmount, uiAmountFromAmount } from './ui-amount.ts';

/** The number of `Batch`, which holds other instructions and no batch. */
const BATCH = 255;

/**
 * The Token program as deployed today (p-token): no line per instruction, one when it fails. Order of checks and errors were
 * measured on the engine; units are nominal.
 */
export function createTokenProgram(environment: NativeEnvironment): EmulatedProgram {
  return {
    computeUnits: 200n,
    run: ({ accounts, data, log }) => {
      const answer = (bytes: Uint8Array) => environment.setReturnData({ programId: TOKEN_PROGRAM, data: bytes });
      if (data.length === 0) throw tokenError('InvalidInstruction');
      try {
        if (data[0] === BATCH) runBatch({ accounts, data: data.subarray(1) }, answer);
        else runOne({ accounts, data }, answer);
      } catch (cause) {
        if (cause instanceof InstructionFailure) log(tokenErrorLine(cause));
        throw cause;
      }
    },
  };
}

/** Leaves bytes for the caller. */
type Answer = (bytes: Uint8Array) => void;

/** By number. Source: SPL Token, `TokenInstruction`. */
const INSTRUCTIONS: Readonly<Record<number, (call: TokenCall, answer: Answer) => void>> = {
  0: (call) => initializeMint(call, 'rent-account'),
  1: initializeAccount,
  2: (call) => initializeMultisig(call, 'rent-account'),
  3: transfer,
  4: approve,
  5: revoke,
  6: setAuthority,
  7: (call) => mintTo(call, false),
  8: (call) => burn(call, false),
  9: closeAccount,
  10: (call) => setFrozen(call, true),
  11: (call) => setFrozen(call, false),
  12: transferChecked,
  13: approveChecked,
  14: (call) => mintTo(call, true),
  15: (call) => burn(call, true),
  16: (call) => initializeAccountFor(call, 'rent-account'),
  17: syncNative,
  18: (call) => initializeAccountFor(call, 'rent-known'),
  19: (call) => initializeMultisig(call, 'rent-known'),
  20: (call) => initializeMint(call, 'rent-known'),
  21: function getAccountDataSize(call, answer) {
    requireMint(takeAccounts(call, 'mint').mint);
    answer(u64Bytes(BigInt(TOKEN_ACCOUNT_BYTES)));
  },
  22: initializeImmutableOwner,
  23: function amountToUiAmount(call, answer) {
    const amount = readAmount(call.data);
    const mint = requireMint(takeAccounts(call, 'mint').mint);
    answer(new TextEncoder().encode(uiAmountFromAmount(amount, mint.decimals.get())));
  },
  24: function uiAmountToAmount(call, answer) {
    const text = decodeText(call.data);
    if (text === undefined) throw tokenError('InvalidInstruction');
    const mint = requireMint(takeAccounts(call, 'mint').mint);
    answer(u64Bytes(amountFromUiAmount(text, mint.decimals.get())));
  },
  38: withdrawExcessLamports,
  45: unwrapLamports,
};

function runOne({ accounts, data }: TokenCall, answer: Answer): void {
  const [number] = data;
  const instruction = number === undefined ? undefined : INSTRUCTIONS[number];
  if (instruction === undefined) throw tokenError('InvalidInstruction');
  instruction({ accounts, data: data.subarray(1) }, answer);
}

/** Which accounts of an instruction must be the program's own already within a batch: the runtime looks only at its end. */
const OWNED_IN_BATCH: Readonly<Record<number, readonly number[]>> = {
  3: [0, 1],
  4: [0],
  5: [0],
  6: [0],
  7: [0, 1],
  8: [0, 1],
  9: [0],
  10: [0],
  11: [0],
  12: [0, 2],
  13: [0],
  14: [0, 1],
  15: [0, 1],
  22: [0],
  38: [0],
  45: [0],
};

/** Each instruction is preceded by the number of its accounts and of its bytes. */
function runBatch({ accounts, data }: TokenCall, answer: Answer): void {
  let [restAccounts, restData] = [accounts, data];
  do {
    const [accountCount, size] = restData;
    if (accountCount === undefined || size === undefined || size === 0 || restData.length < 2 + size) {
      throw tokenError('InvalidInstruction');
    }
    if (restAccounts.length < accountCount) throw new InstructionFailure('NotEnoughAccountKeys');
    const call = { accounts: restAccounts.slice(0, accountCount), data: restData.subarray(2, 2 + size) };
    for (const index of OWNED_IN_BATCH[call.data[0] ?? BATCH] ?? []) {
      const account = call.accounts[index];
      if (account === undefined) throw new InstructionFailure('NotEnoughAccountKeys');
      requireTokenOwned(account);
    }
    runOne(call, answer);
    restAccounts = restAccounts.slice(accountCount);
    restData = restData.subarray(2 + size);
  } while (restData.length > 0);
}

function u64Bytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
