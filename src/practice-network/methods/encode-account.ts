import { base58 } from '@scure/base';
import type { Chain } from '../chain/chain.ts';
import { encodeZstdFrame } from '../chain/zstd-frame.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import type { JsonValue } from '../write-json.ts';
import type { AccountOptions, Encoding } from './params.ts';
import { parsedData } from './parsed-data.ts';

/** Epoch in which a rent-exempt account would next pay rent: never. Must be exact, see `write-json.ts`. */
const RENT_EPOCH_NEVER = 2n ** 64n - 1n;

/** Most bytes a node answers in base58. Source: agave, `MAX_BASE58_BYTES`. */
const MAX_BASE58_BYTES = 128;

/** An account as RPC answers it. `space` is the whole size whatever slice was asked for. */
export function encodeAccount(
  account: StoredAccount,
  options: AccountOptions | null | undefined,
  chain: Chain,
): JsonValue {
  return {
    data: encodeData(account, options, chain),
    executable: account.executable,
    lamports: account.lamports,
    owner: account.owner,
    rentEpoch: RENT_EPOCH_NEVER,
    space: account.data.length,
  };
}

function encodeData(account: StoredAccount, options: AccountOptions | null | undefined, chain: Chain): JsonValue {
  const encoding = options?.encoding ?? 'binary';
  if (encoding === 'jsonParsed') {
    const parsed = parsedData(account, chain);
    if (parsed) return parsed;
  }
  const slice = options?.dataSlice;
  const bytes = slice ? account.data.subarray(slice.offset, slice.offset + slice.length) : account.data;
  return encodeBytes(bytes, encoding);
}

function encodeBytes(bytes: Uint8Array, encoding: Encoding): JsonValue {
  switch (encoding) {
    case 'binary':
      return encodeBase58(bytes);
    case 'base58':
      return [encodeBase58(bytes), 'base58'];
    case 'base64+zstd':
      return [Buffer.from(encodeZstdFrame(bytes)).toString('base64'), 'base64+zstd'];
    case 'base64':
    case 'jsonParsed':
      return [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'base64'];
  }
}

function encodeBase58(bytes: Uint8Array): string {
  if (bytes.length > MAX_BASE58_BYTES) {
    const words = `Encoded binary (base 58) data should be less than ${MAX_BASE58_BYTES} bytes, please use Base64 encoding.`;
    throw new RpcError(RPC_CODES.invalidParams, words);
  }
  return base58.encode(bytes);
}
