import { type JsonValue, writeJson } from './write-json.ts';

/** Error codes of JSON-RPC 2.0 and of Solana nodes. Source: JSON-RPC 2.0 §5.1; agave `rpc-client-api/custom_error.rs`. */
export const RPC_CODES = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  preflightFailed: -32002,
  signatureVerification: -32003,
  unsupportedVersion: -32015,
  minContextSlot: -32016,
} as const;

/** A request that cannot be answered, in the words and codes of a Solana node. */
export class RpcError extends Error {
  constructor(
    readonly rpcCode: number,
    message: string,
    readonly data?: JsonValue,
  ) {
    super(message);
  }
}

/** Answers one method. */
export type Answer = (method: string, params: unknown) => JsonValue;

/** Requests in one batch; a client that needs more is not one of ours. */
const MAX_BATCH = 1000;

/**
 * A JSON-RPC text → the answer's text, `undefined` when nothing asks for an answer (requests without id).
 *
 * @param onUnexpected - told of faults that are ours; the client only learns that there was one
 */
export function answerText(text: string, answer: Answer, onUnexpected: (fault: unknown) => void): string | undefined {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return failure(null, new RpcError(RPC_CODES.parse, 'Parse error'));
  }
  if (!Array.isArray(request)) return answerOne(request, answer, onUnexpected);
  if (request.length === 0 || request.length > MAX_BATCH) {
    return failure(
      null,
      new RpcError(RPC_CODES.invalidRequest, `Invalid request: a batch has 1 to ${MAX_BATCH} items`),
    );
  }
  const answers = request.flatMap((item) => answerOne(item, answer, onUnexpected) ?? []);
  return answers.length === 0 ? undefined : `[${answers.join(',')}]`;
}

function answerOne(request: unknown, answer: Answer, onUnexpected: (fault: unknown) => void): string | undefined {
  const invalid = new RpcError(RPC_CODES.invalidRequest, 'Invalid request');
  if (typeof request !== 'object' || request === null) return failure(null, invalid);
  const { jsonrpc, method, params, id } = request as Record<string, unknown>;
  if (id !== undefined && !isId(id)) return failure(null, invalid);
  if (jsonrpc !== '2.0' || typeof method !== 'string') return failure(id ?? null, invalid);
  try {
    const result = answer(method, params ?? []);
    return id === undefined ? undefined : writeJson({ jsonrpc: '2.0', result, id });
  } catch (cause) {
    if (!(cause instanceof RpcError)) onUnexpected(cause);
    if (id === undefined) return undefined;
    return failure(id, cause instanceof RpcError ? cause : new RpcError(RPC_CODES.internal, 'Internal error'));
  }
}

function failure(id: string | number | null, { rpcCode, message, data }: RpcError): string {
  return writeJson({ jsonrpc: '2.0', error: { code: rpcCode, message, data }, id });
}

function isId(id: unknown): id is string | number | null {
  return id === null || typeof id === 'string' || typeof id === 'number';
}
