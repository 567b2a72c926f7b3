import { z } from 'zod';
import { errorText } from '../chain/error-text.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';
import { Commitment, contextAt } from './params.ts';
import { simulationValue } from './simulation-value.ts';
import { decodeWire, refuseMalformed } from './transaction-param.ts';

const Options = z.object({
  encoding: z.enum(['base58', 'base64']).nullish(),
  skipPreflight: z.boolean().nullish(),
  preflightCommitment: Commitment.nullish(),
  maxRetries: z.number().int().nullish(),
  minContextSlot: z.number().int().nullish(),
});

/**
 * Answers the signature. With preflight a transaction that would fail is refused and costs nothing; without, it lands and
 * pays, and one whose blockhash is not good vanishes, as on a real cluster.
 */
export const sendTransaction = defineMethod(z.tuple([z.string(), Options.nullish()]), ([text, options], chain) => {
  contextAt(chain, { minContextSlot: options?.minContextSlot });
  const wire = decodeWire(text, options?.encoding ?? 'base58');
  const submission = refuseMalformed(() => chain.submit(wire, { preflight: options?.skipPreflight !== true }));
  switch (submission.kind) {
    case 'taken':
      return submission.signature;
    case 'unsigned':
      throw new RpcError(RPC_CODES.signatureVerification, 'Transaction signature verification failure');
    case 'preflight-failed': {
      const { simulation } = submission;
      const { err } = simulation.processed;
      const words = err === null ? '' : errorText(err);
      throw new RpcError(
        RPC_CODES.preflightFailed,
        `Transaction simulation failed: ${words}`,
        simulationValue(simulation, false),
      );
    }
  }
});
