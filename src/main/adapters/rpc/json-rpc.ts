import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';
import { parseInTurns } from '#core/units/long-lists.ts';
import { type Exchange, postJson } from './http-exchange.ts';
import { parseJson } from './parse-json.ts';
import type { Pace } from '#main/ports.ts';

/** Answers of ordinary methods, and of scans over a whole program. Source: security-bar.md §4.6. */
export const USUAL_MAX_BYTES = 8 * 1024 * 1024;
export const SCAN_MAX_BYTES = 64 * 1024 * 1024;

/** An error a node answered with. Its text is left behind: a remote host wrote it. */
export type NodeError = { readonly code: number; readonly data: unknown };

const Reply = z.union([
  z.object({
    jsonrpc: z.literal('2.0'),
    id: z.int(),
    error: z.object({ code: z.int(), data: z.unknown().optional() }),
  }),
  z.object({ jsonrpc: z.literal('2.0'), id: z.int(), result: z.unknown() }),
]);

/** Calls one method and gives the result in the shape of its schema. */
export type CallMethod = <T>(
  method: string,
  params: readonly unknown[],
  result: z.ZodType<T>,
  options?: { maxBytes?: number; onError?: (error: NodeError) => T | undefined },
) => Promise<T>;

/**
 * JSON-RPC 2.0 over one endpoint.
 *
 * `onError` may turn an error of the node into a result; `undefined` lets it be thrown as `rpc/node-error`.
 */
export function createJsonRpc(exchange: Exchange, pace: Pace): CallMethod {
  const { origin } = exchange;
  let lastId = 0;
  const call: CallMethod = async (method, params, result, { maxBytes = USUAL_MAX_BYTES, onError } = {}) => {
    lastId += 1;
    const id = lastId;
    const text = await postJson(exchange, writeJson({ jsonrpc: '2.0', id, method, params }), maxBytes, method);
    const reply = Reply.safeParse(parsed(text, origin, method));
    if (!reply.success) throw malformed(origin, method, 'not a JSON-RPC answer');
    if (reply.data.id !== id) throw malformed(origin, method, 'the answer to another question');
    if ('error' in reply.data) {
      const error = { code: reply.data.error.code, data: reply.data.error.data };
      const instead = onError?.(error);
      if (instead !== undefined) return instead;
      throw new AppError('rpc/node-error', { origin, method, code: error.code });
    }
    try {
      return await parseInTurns(result, reply.data.result, () => setImmediate());
    } catch (cause) {
      if (!(cause instanceof z.ZodError)) throw cause;
      throw malformed(origin, method, `unexpected shape at ${pathOf(cause)}`);
    }
  };
  return (...of) => pace(() => call(...of));
}

/** u64 parameters go out as the bare integers they are. */
function writeJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function parsed(text: string, origin: string, method: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new AppError('rpc/malformed', { origin, method, reason: 'not JSON' }, { cause });
  }
}

function malformed(origin: string, method: string, reason: string): AppError {
  return new AppError('rpc/malformed', { origin, method, reason });
}

/** Names of our own schema only: keys of a record are the remote host's text. */
function pathOf(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? [];
  const names = path.map((key) => (typeof key === 'string' && /^[a-zA-Z]{1,30}$/.test(key) ? key : '*'));
  return names.length === 0 ? 'the top' : names.join('.');
}
