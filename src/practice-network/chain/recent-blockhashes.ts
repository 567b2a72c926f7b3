import { base58 } from '@scure/base';
import { parseAddress } from '#core/solana/address.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

const SYSVAR_OWNER = parseAddress('Sysvar1111111111111111111111111111111111111');

/** A count of 8 bytes, then 32 bytes of hash and 8 of fee each. Source: Solana SDK, `sysvar::recent_blockhashes`. */
const DATA_BYTES = 8 + 32 + 8;

const LAMPORTS_PER_SIGNATURE = 5000n;

/** The RecentBlockhashes sysvar as clients read it, with the newest only: by it they know a nonce that was taken in this slot. */
export function recentBlockhashesAccount(newestBlockhash: string): StoredAccount {
  const data = new Uint8Array(DATA_BYTES);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, 1n, true);
  data.set(base58.decode(newestBlockhash), 8);
  view.setBigUint64(40, LAMPORTS_PER_SIGNATURE, true);
  return { lamports: 1n, data, owner: SYSVAR_OWNER, executable: false };
}
