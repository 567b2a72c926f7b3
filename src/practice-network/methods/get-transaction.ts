import { z } from 'zod';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { commitmentOf } from './commitment-of.ts';
import { defineMethod } from './define-method.ts';
import { Commitment, SignatureParam } from './params.ts';
import { encodeTransactionJson, TransactionEncoding } from './transaction-json.ts';
import { transactionMeta } from './transaction-meta.ts';

const Options = z.object({
  commitment: Commitment.nullish(),
  encoding: TransactionEncoding.nullish(),
  maxSupportedTransactionVersion: z.number().int().min(0).max(255).nullish(),
});

export const getTransaction = defineMethod(
  z.tuple([SignatureParam, z.union([Options, TransactionEncoding]).nullish()]),
  ([signature, given], chain) => {
    const options = typeof given === 'string' ? { encoding: given } : (given ?? {});
    const record = chain.find(signature);
    if (!record) return null;
    const wanted = 'commitment' in options ? options.commitment : undefined;
    if ((wanted ?? 'finalized') === 'finalized' && commitmentOf(chain, record.slot) !== 'finalized') return null;
    const transaction = decodeTransaction(record.wire);
    const { version } = transaction.message;
    const newest = 'maxSupportedTransactionVersion' in options ? options.maxSupportedTransactionVersion : undefined;
    if (version !== 'legacy' && version > (newest ?? -1)) {
      throw new RpcError(
        RPC_CODES.unsupportedVersion,
        `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
      );
    }
    return {
      slot: record.slot,
      blockTime: record.blockTime,
      transaction: encodeTransactionJson(record, transaction, options.encoding ?? 'json'),
      version: typeof newest === 'number' ? version : undefined,
      meta: transactionMeta(record, transaction.message),
    };
  },
);
