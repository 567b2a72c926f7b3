import type { Message } from '#core/solana/message.ts';
import type { TransactionRecord } from '../chain/transaction-record.ts';
import type { JsonValue } from '../write-json.ts';
import { uiTokenAmount } from './parsed-data.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';

/** The `meta` of `getTransaction`. */
export function transactionMeta(record: TransactionRecord, { staticKeys, lookups }: Message): JsonValue {
  const { err, accounts } = record;
  const writableEnd = lookups.reduce((end, { writableIndexes }) => end + writableIndexes.length, staticKeys.length);
  return {
    err,
    status: err === null ? { Ok: null } : { Err: err },
    fee: record.fee,
    preBalances: record.preBalances,
    postBalances: record.postBalances,
    innerInstructions: record.innerInstructions,
    logMessages: record.logs,
    preTokenBalances: record.preTokenBalances.map(tokenBalance),
    postTokenBalances: record.postTokenBalances.map(tokenBalance),
    rewards: [],
    loadedAddresses: {
      writable: accounts.slice(staticKeys.length, writableEnd),
      readonly: accounts.slice(writableEnd),
    },
    computeUnitsConsumed: record.unitsConsumed,
    returnData: record.returnData ?? undefined,
  };
}

function tokenBalance({ amount, decimals, ...rest }: TransactionRecord['preTokenBalances'][number]): JsonValue {
  return { ...rest, programId: TOKEN_PROGRAM, uiTokenAmount: uiTokenAmount(amount, decimals) };
}
