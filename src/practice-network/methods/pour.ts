import type { Address } from '#core/solana/address.ts';
import type { Chain } from '../chain/chain.ts';
import { errorText } from '../chain/error-text.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';

/** Lets the faucet pay and answers the signature of its transaction. */
export function pour(chain: Chain, address: Address, lamports: bigint): string {
  const submission = chain.pour(address, lamports);
  if (submission.kind === 'taken') return submission.signature;
  const err = submission.kind === 'unsigned' ? 'SignatureFailure' : submission.simulation.processed.err;
  throw new RpcError(RPC_CODES.invalidParams, `The faucet cannot pay: ${err === null ? '' : errorText(err)}`);
}
