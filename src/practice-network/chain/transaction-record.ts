import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';
import type { JsonValue } from '../write-json.ts';
import { Base64Bytes } from './line-codecs.ts';

const Json: z.ZodType<JsonValue> = z.json();

/** Tokens one account of a transaction held, as `getTransaction` reports it. `amount` is native units. */
export const TokenBalance = z.strictObject({
  accountIndex: z.number(),
  mint: z.string(),
  owner: z.string(),
  amount: U64,
  decimals: z.number(),
});
export type TokenBalance = z.infer<typeof TokenBalance>;

/** A landed transaction and everything `getTransaction` says about it. Amounts are lamports, times unix seconds. */
export const TransactionRecord = z.strictObject({
  signature: z.string(),
  slot: U64,
  blockTime: U64,
  wire: Base64Bytes,
  /** RPC error value, `null` when it succeeded. */
  err: Json,
  fee: U64,
  accounts: z.array(z.string()),
  preBalances: z.array(U64),
  postBalances: z.array(U64),
  preTokenBalances: z.array(TokenBalance),
  postTokenBalances: z.array(TokenBalance),
  logs: z.array(z.string()),
  innerInstructions: z.array(Json),
  unitsConsumed: U64,
  returnData: Json,
  memo: z.string().nullable(),
});
export type TransactionRecord = z.infer<typeof TransactionRecord>;
