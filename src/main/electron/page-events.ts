import { z } from 'zod';
import { channelName } from '#ipc/channels.ts';
import type { AnyContract, EventsOf } from '#ipc/contract-types.ts';
import type { WebContentsApi } from './electron-api.ts';

/**
 * One function per event of the contract. The payload is encoded by its schema, so what does not fit throws here and
 * never reaches the page. Without a page nothing is told: a page that opens later reads the truth itself.
 */
export function createPageEvents<T extends AnyContract>(
  contract: T,
  contents: () => WebContentsApi | undefined,
): EventsOf<T> {
  const groups = Object.entries(contract).map(([group, channels]) => [
    group,
    Object.fromEntries(
      Object.entries(channels).flatMap(([name, channel]) => {
        if (!('payload' in channel)) return [];
        const tell = (payload: unknown) => {
          const wire = z.encode(channel.payload, payload);
          const page = contents();
          if (page && !page.isDestroyed()) page.send(channelName(group, name), wire);
        };
        return [[name, tell]];
      }),
    ),
  ]);
  return Object.fromEntries(groups) as EventsOf<T>;
}
