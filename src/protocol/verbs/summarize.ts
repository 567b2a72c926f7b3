import { base64 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { readText } from '../input.ts';

/**
 * The review of a transaction in base64, signed or not. No key is ours here, so nothing is marked as such.
 *
 * @throws AppError `protocol/malformed`, `transaction/…`, `message/…`
 */
export function summarizeVerb(file: string): unknown {
  return summarize(decodeTransaction(bytesFrom(readText(file).trim())).messageBytes, { own: [] });
}

function bytesFrom(text: string): Uint8Array {
  try {
    return base64.decode(text);
  } catch (cause) {
    throw new AppError('protocol/malformed', { path: '', expected: 'a transaction in base64' }, { cause });
  }
}
