import { base58 } from '@scure/base';
import type { Address } from '#core/solana/address.ts';
import { MEMO_PROGRAM, MEMO_V1_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountSource } from '../runtime/accounts.ts';
import type { ExecutionResult, InnerInstructions } from '../runtime/execution-result.ts';
import type { JsonValue } from '../write-json.ts';
import type { Processed, Submitted } from './bank.ts';
import type { ClusterTime } from './cluster-clock.ts';
import { readMint, readTokenAccount } from './token-accounts.ts';
import type { TokenBalance, TransactionRecord } from './transaction-record.ts';

type Landed = Extract<Processed, { kind: 'landed' }>;

/** The record of a transaction about to be committed; `accounts` still show the state before it. */
export function makeRecord(
  submitted: Submitted,
  landed: Landed,
  time: ClusterTime,
  accounts: AccountSource,
): TransactionRecord {
  const { keys, changes, execution } = landed;
  const after: AccountSource = (address) => changes.get(address) ?? accounts(address);
  return {
    signature: submitted.signature,
    slot: time.slot,
    blockTime: time.unixTimestamp,
    wire: submitted.wire,
    err: landed.err,
    fee: landed.fee,
    accounts: [...keys],
    preBalances: keys.map((key) => accounts(key)?.lamports ?? 0n),
    postBalances: keys.map((key) => after(key)?.lamports ?? 0n),
    preTokenBalances: tokenBalances(keys, accounts),
    postTokenBalances: tokenBalances(keys, after),
    logs: [...execution.logs],
    innerInstructions: execution.innerInstructions.map(innerInstructionsJson),
    unitsConsumed: execution.unitsConsumed,
    returnData: returnDataJson(execution.returnData),
    memo: memoOf(submitted),
  };
}

/** Inner instructions as RPC answers them. */
export function innerInstructionsJson({ index, instructions }: InnerInstructions): JsonValue {
  return {
    index,
    instructions: instructions.map(({ programIdIndex, accounts, data, stackHeight }) => ({
      programIdIndex,
      accounts: [...accounts],
      data: base58.encode(data),
      stackHeight,
    })),
  };
}

/** Return data as RPC answers it. */
export function returnDataJson(returned: ExecutionResult['returnData']): JsonValue {
  if (!returned) return null;
  return { programId: returned.programId, data: [Buffer.from(returned.data).toString('base64'), 'base64'] };
}

function tokenBalances(keys: readonly Address[], accounts: AccountSource): TokenBalance[] {
  return keys.flatMap((key, accountIndex) => {
    const token = readTokenAccount(accounts(key));
    if (!token) return [];
    const decimals = readMint(accounts(token.mint))?.decimals ?? 0;
    return [{ accountIndex, mint: token.mint, owner: token.owner, amount: token.amount, decimals }];
  });
}

/** Memos as `getSignaturesForAddress` shows them: `[bytes] text`, several joined by `; `. Source: Agave, `extract_and_fmt_memos`. */
function memoOf({ transaction }: Submitted): string | null {
  const { instructions, staticKeys } = transaction.message;
  const memos = instructions.flatMap(({ programIndex, data }) => {
    const program = staticKeys[programIndex];
    if (program !== MEMO_PROGRAM && program !== MEMO_V1_PROGRAM) return [];
    return [`[${data.length}] ${new TextDecoder().decode(data)}`];
  });
  return memos.length === 0 ? null : memos.join('; ');
}
