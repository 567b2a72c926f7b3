import type { Address } from '#core/solana/address.ts';
import type { Chain } from '../chain/chain.ts';
import { type Mint, readMint } from '../chain/token-accounts.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';

/** The mint at an address, or the answer −32602. */
export function mintParam(chain: Chain, address: Address): Mint {
  const mint = readMint(chain.account(address));
  if (!mint) throw new RpcError(RPC_CODES.invalidParams, 'Invalid param: not a Token mint');
  return mint;
}
