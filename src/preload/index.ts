import { contextBridge, ipcRenderer } from 'electron';
import { channelName, channels, type ChannelKind } from '#ipc/channels.ts';

type Listener = (payload: unknown) => void;

/** Asks main and gives its answer, an envelope, as it came. */
function call(channel: string) {
  return (input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input);
}

/** Listens to a fact; what comes back stops listening. */
function event(channel: string) {
  return (listener: Listener): (() => void) => {
    const receive = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, receive);
    return () => ipcRenderer.removeListener(channel, receive);
  };
}

const carriers: Readonly<Record<ChannelKind, typeof call | typeof event>> = { call, event };

const api = Object.entries(channels).map(([group, names]) => [
  group,
  Object.freeze(
    Object.fromEntries(
      Object.entries(names).map(([name, kind]) => [name, Object.freeze(carriers[kind](channelName(group, name)))]),
    ),
  ),
]);

contextBridge.exposeInMainWorld('api', Object.freeze(Object.fromEntries(api)));
