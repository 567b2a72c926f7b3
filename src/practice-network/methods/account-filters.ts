import { base58 } from '@scure/base';
import { z } from 'zod';
import { readTokenAccount } from '../chain/token-accounts.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

/** Bytes a filter may compare. Source: agave, `MAX_DATA_SIZE`. */
const MAX_COMPARED_BYTES = 128;

const Compared = z
  .object({
    offset: z.number().int().nonnegative(),
    bytes: z.union([z.string(), z.array(z.number().int().min(0).max(255))]),
    encoding: z.enum(['base58', 'base64', 'bytes']).nullish(),
  })
  .transform(({ offset, bytes, encoding }, context) => {
    const decoded = decodeBytes(bytes, encoding ?? 'base58');
    if (decoded && decoded.length <= MAX_COMPARED_BYTES) return { offset, bytes: decoded };
    context.addIssue(`not at most ${MAX_COMPARED_BYTES} bytes in ${encoding ?? 'base58'}`);
    return z.NEVER;
  });

/** One condition on an account's data. */
const AccountFilter = z.union([
  z.strictObject({ dataSize: z.number().int().nonnegative() }),
  z.strictObject({ memcmp: Compared }),
  z.literal('tokenAccountState'),
]);
type AccountFilter = z.infer<typeof AccountFilter>;

/** Most conditions in one request. Source: agave, `MAX_GET_PROGRAM_ACCOUNT_FILTERS`. */
export const AccountFilters = z.array(AccountFilter).max(4);
export type AccountFilters = z.infer<typeof AccountFilters>;

/** True when an account meets all conditions. */
export function matchesAll(account: StoredAccount, filters: AccountFilters): boolean {
  return filters.every((filter) => matches(account, filter));
}

function matches(account: StoredAccount, filter: AccountFilter): boolean {
  if (filter === 'tokenAccountState') return readTokenAccount(account) !== undefined;
  if ('dataSize' in filter) return account.data.length === filter.dataSize;
  const { offset, bytes } = filter.memcmp;
  if (offset + bytes.length > account.data.length) return false;
  return bytes.every((byte, index) => account.data[offset + index] === byte);
}

function decodeBytes(bytes: string | number[], encoding: 'base58' | 'base64' | 'bytes'): Uint8Array | undefined {
  if (typeof bytes !== 'string') return Uint8Array.from(bytes);
  try {
    return encoding === 'base64' ? new Uint8Array(Buffer.from(bytes, 'base64')) : base58.decode(bytes);
  } catch {
    return undefined;
  }
}
