import { AppError, isAppError } from '#core/errors/app-error.ts';
import { encodeInTurns, type Rest } from '#core/units/long-lists.ts';
import type { AnyContract, CallContract, HandlersOf } from './contract-types.ts';
import type { Envelope } from './envelope.ts';
import { channelName } from './channels.ts';

/** Reports what nobody foresaw, under a reference the page may show. */
export type ReportUnexpected = (channel: string, cause: unknown) => string;

/**
 * Answers calls by contract: strict parse of the input, the handler, strict parse of the output, an envelope. Frame,
 * origin, size and rate were checked by whoever carries the call.
 *
 * @param rest - lets other calls pass while a long answer is written
 */
export function createServer<T extends AnyContract>(
  contract: T,
  handlers: HandlersOf<T>,
  reportUnexpected: ReportUnexpected,
  rest: Rest = () => Promise.resolve(),
): (group: string, name: string, payload: unknown) => Promise<Envelope> {
  const calls = new Map(
    Object.entries(contract).flatMap(([group, channelsOfGroup]) =>
      Object.entries(channelsOfGroup).flatMap(([name, channel]) => {
        if (!('input' in channel)) return [];
        const handler = (handlers as UntypedHandlers)[group]?.[name];
        if (!handler) throw new Error(`no handler for ${channelName(group, name)}`);
        return [[channelName(group, name), { contract: channel as CallContract, handler }] as const];
      }),
    ),
  );

  return async function answer(group, name, payload) {
    const channel = channelName(group, name);
    try {
      const call = calls.get(channel);
      if (!call) throw new AppError('ipc/refused', { channel });
      const input = decodeInput(call.contract, channel, payload);
      return { ok: true, value: await encodeInTurns(call.contract.output, await call.handler(input), rest) };
    } catch (cause) {
      if (isAppError(cause)) return { ok: false, code: cause.code, params: cause.params };
      return { ok: false, code: 'internal/unexpected', params: { reference: reportUnexpected(channel, cause) } };
    }
  };
}

type UntypedHandlers = Readonly<Record<string, Readonly<Record<string, (input: unknown) => unknown>>>>;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function decodeInput(contract: CallContract, channel: string, payload: unknown): unknown {
  if (holdsForbiddenKey(payload)) throw new AppError('ipc/malformed', { channel, path: '' });
  const parsed = contract.input.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new AppError('ipc/malformed', { channel, path: parsed.error.issues[0]?.path.join('.') ?? '' });
}

function holdsForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getOwnPropertyNames(value).some(
    (key) => FORBIDDEN_KEYS.has(key) || holdsForbiddenKey((value as Record<string, unknown>)[key]),
  );
}
