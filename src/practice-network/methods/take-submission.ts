import { errorText } from '../chain/error-text.ts';
import type { Submission } from '../chain/chain.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';

/** The signature of a transaction the faucet sent, or the answer −32602 with what stood in its way. */
export function takeSubmission(submission: Submission): string {
  if (submission.kind === 'taken') return submission.signature;
  const err = submission.kind === 'unsigned' ? 'SignatureFailure' : submission.simulation.processed.err;
  throw new RpcError(RPC_CODES.invalidParams, `The faucet cannot pay: ${err === null ? '' : errorText(err)}`, { err });
}
