import type { z } from 'zod';
import type { SimulatedClients } from '../actors/simulated-clients.ts';
import type { Chain } from '../chain/chain.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import type { JsonValue } from '../write-json.ts';

/** One RPC method: positional parameters as they came, the chain and its simulated clients → the result. */
export type RpcMethod = (params: unknown, chain: Chain, clients: SimulatedClients) => JsonValue;

/**
 * A method from the shape of its parameters and the answer to well-formed ones. Others answer −32602 and name the
 * first parameter that does not fit.
 */
export function defineMethod<S extends z.ZodType>(
  shape: S,
  answer: (params: z.output<S>, chain: Chain, clients: SimulatedClients) => JsonValue,
): RpcMethod {
  return (params, chain, clients) => answer(parseParams(shape, params), chain, clients);
}

/** Parameters of the given shape, or the answer −32602. */
export function parseParams<S extends z.ZodType>(shape: S, params: unknown): z.output<S> {
  const parsed = shape.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new RpcError(RPC_CODES.invalidParams, `Invalid params${place}: ${issue?.message ?? 'not understood'}`);
}
