import { z } from 'zod';
import type { Chain, Simulation } from '../chain/chain.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import type { JsonValue } from '../write-json.ts';
import { defineMethod } from './define-method.ts';
import { encodeAccount } from './encode-account.ts';
import { AddressParam, Commitment, contextAt, Encoding } from './params.ts';
import { simulationValue } from './simulation-value.ts';
import { decodeWire, refuseMalformed } from './transaction-param.ts';

/** Accounts whose state afterwards may be asked for: no more than a transaction can name. */
const MAX_ACCOUNTS = 64;

const Options = z.object({
  encoding: z.enum(['base58', 'base64']).nullish(),
  commitment: Commitment.nullish(),
  sigVerify: z.boolean().nullish(),
  replaceRecentBlockhash: z.boolean().nullish(),
  innerInstructions: z.boolean().nullish(),
  minContextSlot: z.number().int().nullish(),
  accounts: z.object({ addresses: z.array(AddressParam).max(MAX_ACCOUNTS), encoding: Encoding.nullish() }).nullish(),
});

export const simulateTransaction = defineMethod(z.tuple([z.string(), Options.nullish()]), ([text, options], chain) => {
  const context = contextAt(chain, { minContextSlot: options?.minContextSlot });
  const [verify, replaceBlockhash] = [options?.sigVerify === true, options?.replaceRecentBlockhash === true];
  if (verify && replaceBlockhash) {
    throw new RpcError(RPC_CODES.invalidParams, 'sigVerify may not be used with replaceRecentBlockhash');
  }
  const wire = decodeWire(text, options?.encoding ?? 'base58');
  const simulation = refuseMalformed(() => chain.simulate(wire, { verify, replaceBlockhash }));
  if (!simulation) {
    throw new RpcError(RPC_CODES.signatureVerification, 'Transaction signature verification failure');
  }
  const value = {
    ...simulationValue(simulation, options?.innerInstructions === true),
    accounts: accountsAfter(simulation, options?.accounts, chain),
    replacementBlockhash: replaceBlockhash ? simulation.blockhash : undefined,
  };
  return { context, value };
});

function accountsAfter(simulation: Simulation, asked: z.infer<typeof Options>['accounts'], chain: Chain): JsonValue {
  if (!asked) return null;
  const failed = simulation.processed.err !== null;
  return asked.addresses.map((address) => {
    const account = failed ? undefined : simulation.after(address);
    return account ? encodeAccount(account, { encoding: asked.encoding ?? 'base64' }, chain) : null;
  });
}
