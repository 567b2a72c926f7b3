import { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';
import { catalog, type ErrorCode } from '#core/errors/catalog.ts';
import type { AnyContract, ClientOf } from './contract-types.ts';
import type { Envelope, Failure } from './envelope.ts';

/** `window.api` as the preload script exposes it: functions that carry JSON, nothing more. */
export type WireApi = Readonly<
  Record<string, Readonly<Record<string, (argument: unknown) => Promise<unknown> | (() => void)>>>
>;

/** A typed client over the wire. Failures are thrown as the AppError main answered with. */
export function createClient<T extends AnyContract>(contract: T, wire: WireApi): ClientOf<T> {
  const groups = Object.entries(contract).map(([group, channelsOfGroup]) => [
    group,
    Object.fromEntries(
      Object.entries(channelsOfGroup).map(([name, channel]) => {
        const carry = wire[group]?.[name];
        if (!carry) throw new Error(`the window offers no ${group}.${name}`);
        return [
          name,
          'payload' in channel
            ? (listener: (payload: unknown) => void) =>
                carry((payload: unknown) => listener(channel.payload.parse(payload)))
            : async (input: unknown) =>
                open((await carry(z.encode(channel.input, input as never))) as Envelope, channel.output),
        ];
      }),
    ),
  ]);
  return Object.fromEntries(groups) as ClientOf<T>;
}

function open(envelope: Envelope, output: z.ZodType): unknown {
  if (envelope.ok) return output.parse(envelope.value);
  throw errorFrom(envelope);
}

function errorFrom({ code, params }: Failure): AppError {
  if (!Object.hasOwn(catalog, code)) return new AppError('internal/unexpected', { reference: code.slice(0, 40) });
  return new AppError(code as ErrorCode, params as never);
}
