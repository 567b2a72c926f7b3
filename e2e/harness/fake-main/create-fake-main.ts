import { contract } from '#ipc/contract.ts';
import { channels } from '#ipc/channels.ts';
import type { WireApi } from '#ipc/client.ts';
import { createServer } from '#ipc/server.ts';
import { fakeHandlers } from './fake-handlers.ts';
import type { Scenario } from './scenario.ts';

/** Calls that answer in every world: without them there is no frame to draw a failure in. */
const ALWAYS = new Set([
  'app.status',
  'app.chooseDoor',
  'app.saveSettings',
  'networks.status',
  'config.readDraft',
  'config.saveDraft',
]);

/**
 * A main process in the page: the real contract and the real server over made-up facts, so that what does not fit the
 * contract fails here as it would in the app.
 */
export function createFakeMain(scenario: Scenario): WireApi {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const tell = (channel: string, payload: unknown) => listeners.get(channel)?.forEach((listener) => listener(payload));
  const answer = createServer(contract, fakeHandlers(scenario, tell), (channel, cause) => {
    console.error(`unexpected in ${channel}`, cause);
    return 'fake';
  });
  return Object.fromEntries(
    Object.entries(channels).map(([group, names]) => [
      group,
      Object.fromEntries(
        Object.entries(names).map(([name, kind]) => [
          name,
          kind === 'event'
            ? (listener: unknown) => subscribe(listeners, `${group}.${name}`, listener)
            : (payload: unknown) => carry(scenario, group, name, () => answer(group, name, payload)),
        ]),
      ),
    ]),
  );
}

function carry(scenario: Scenario, group: string, name: string, answer: () => Promise<unknown>): Promise<unknown> {
  if (ALWAYS.has(`${group}.${name}`)) return answer();
  if (scenario.only.length > 0 && !scenario.only.includes(`${group}.${name}`)) return answer();
  if (scenario.state === 'loading') return new Promise(() => undefined);
  if (scenario.state === 'failing')
    return Promise.resolve({ ok: false, code: 'rpc/unreachable', params: { origin: 'https://rpc.example.org' } });
  return answer();
}

function subscribe(
  listeners: Map<string, Set<(payload: unknown) => void>>,
  channel: string,
  listener: unknown,
): () => void {
  if (typeof listener !== 'function') throw new TypeError('a listener is a function');
  const call = (payload: unknown) => void listener(payload);
  const all = listeners.get(channel) ?? new Set();
  listeners.set(channel, all.add(call));
  return () => void all.delete(call);
}
