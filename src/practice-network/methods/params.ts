import { base58 } from '@scure/base';
import { z } from 'zod';
import { isAppError } from '#core/errors/app-error.ts';
import { parseAddress } from '#core/solana/address.ts';
import type { Chain } from '../chain/chain.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';

/** No parameters. */
export const NoParams = z.tuple([]);

/** An address in base58. */
export const AddressParam = z.string().transform((text, context) => {
  try {
    return parseAddress(text);
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    context.addIssue('not an address');
    return z.NEVER;
  }
});

/** 64 bytes in base58. */
export const SignatureParam = z
  .string()
  .max(88)
  .refine((text) => decodedLength(text) === 64, 'not a signature');

export const Commitment = z.enum(['processed', 'confirmed', 'finalized']);
export type Commitment = z.infer<typeof Commitment>;

/** Options nearly every read takes. */
export const ReadOptions = z.object({ commitment: Commitment.nullish(), minContextSlot: z.number().int().nullish() });

/** A method whose only parameter is the options of a read. */
export const ReadParams = z.tuple([ReadOptions.nullish()]);

export const Encoding = z.enum(['binary', 'base58', 'base64', 'base64+zstd', 'jsonParsed']);
export type Encoding = z.infer<typeof Encoding>;

/** Options of reads that answer with account data. */
export const AccountOptions = ReadOptions.extend({
  encoding: Encoding.nullish(),
  dataSlice: z.object({ offset: z.number().int().nonnegative(), length: z.number().int().nonnegative() }).nullish(),
});
export type AccountOptions = z.infer<typeof AccountOptions>;

/** The `context` of an answer, after the check that the chain is as far as the client wants it to be. */
export function contextAt(
  chain: Chain,
  options?: z.infer<typeof ReadOptions> | null,
): { slot: bigint; apiVersion: string } {
  const { slot } = chain.time();
  const wanted = options?.minContextSlot ?? undefined;
  if (wanted !== undefined && BigInt(wanted) > slot) {
    throw new RpcError(RPC_CODES.minContextSlot, 'Minimum context slot has not been reached', { contextSlot: slot });
  }
  return { slot, apiVersion: API_VERSION };
}

/** Version this network answers as; below 1.3.16 older Rust clients would send base58. */
export const API_VERSION = '2.1.4';

function decodedLength(text: string): number | undefined {
  try {
    return base58.decode(text).length;
  } catch {
    return undefined;
  }
}
