import type { Address } from '#core/solana/address.ts';
import type { Chain } from '../chain/chain.ts';
import { takeSubmission } from './take-submission.ts';

/** Lets the faucet pay and answers the signature of its transaction. */
export function pour(chain: Chain, address: Address, lamports: bigint): string {
  return takeSubmission(chain.pour(address, lamports));
}
