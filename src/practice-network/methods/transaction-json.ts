import { base58 } from '@scure/base';
import { z } from 'zod';
import { isSignerIndex, isWritableIndex, type Message, type TableLookup } from '#core/solana/message.ts';
import type { WireTransaction } from '#core/solana/transaction.ts';
import type { TransactionRecord } from '../chain/transaction-record.ts';
import type { JsonValue } from '../write-json.ts';

/** Forms in which `getTransaction` answers the transaction itself. */
export const TransactionEncoding = z.enum(['json', 'jsonParsed', 'base58', 'base64']);

/** A transaction in one of these forms. Instructions are not spelled out under `jsonParsed`: clients show their bytes. */
export function encodeTransactionJson(
  { wire, accounts }: TransactionRecord,
  { signatures, message }: WireTransaction,
  encoding: z.infer<typeof TransactionEncoding>,
): JsonValue {
  switch (encoding) {
    case 'base58':
      return [base58.encode(wire), 'base58'];
    case 'base64':
      return [Buffer.from(wire).toString('base64'), 'base64'];
    case 'json':
    case 'jsonParsed': {
      const texts = signatures.map((signature) => base58.encode(signature));
      return {
        signatures: texts,
        message: encoding === 'json' ? messageJson(message) : parsedMessageJson(message, accounts),
      };
    }
  }
}

function messageJson({ header, staticKeys, recentBlockhash, instructions, version, lookups }: Message): JsonValue {
  return {
    header: {
      numRequiredSignatures: header.requiredSignatures,
      numReadonlySignedAccounts: header.readonlySigned,
      numReadonlyUnsignedAccounts: header.readonlyUnsigned,
    },
    accountKeys: staticKeys,
    recentBlockhash,
    instructions: instructions.map(({ programIndex, accountIndexes, data }) => ({
      programIdIndex: programIndex,
      accounts: accountIndexes,
      data: base58.encode(data),
      stackHeight: null,
    })),
    addressTableLookups: version === 'legacy' ? undefined : lookups.map(lookupJson),
  };
}

/** @param accounts - every key of the transaction, those from tables after its own */
function parsedMessageJson(message: Message, accounts: readonly string[]): JsonValue {
  const { staticKeys, recentBlockhash, instructions, version, lookups } = message;
  return {
    accountKeys: accounts.map((pubkey, index) => ({
      pubkey,
      signer: isSignerIndex(message, index),
      writable: isWritableIndex(message, index),
      source: index < staticKeys.length ? 'transaction' : 'lookupTable',
    })),
    recentBlockhash,
    instructions: instructions.map(({ programIndex, accountIndexes, data }) => ({
      programId: accounts[programIndex] ?? '',
      accounts: accountIndexes.map((index) => accounts[index] ?? ''),
      data: base58.encode(data),
      stackHeight: null,
    })),
    addressTableLookups: version === 'legacy' ? undefined : lookups.map(lookupJson),
  };
}

function lookupJson({ table, writableIndexes, readonlyIndexes }: TableLookup): JsonValue {
  return { accountKey: table, writableIndexes: [...writableIndexes], readonlyIndexes: [...readonlyIndexes] };
}
