import type { InvokeEvent } from '#main/electron/electron-api.ts';
import { decode, encode } from './clone-codec.cjs';

type Listener = (event: InvokeEvent, ...args: unknown[]) => unknown;

export type IpcMain = {
  handle(channel: string, listener: Listener): void;
  /** Runs the handler of a call. Answers with JSON of its value, or the text of what it threw. */
  run(channel: string, event: InvokeEvent, payload: string): Promise<{ isOk: boolean; payload: string }>;
};

/** `ipcMain`, asked by pages through {@link IpcMain.run}. */
export function createIpcMain(): IpcMain {
  const listeners = new Map<string, Listener>();
  return {
    handle(channel, listener) {
      if (listeners.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      listeners.set(channel, listener);
    },
    async run(channel, event, payload) {
      try {
        const listener = listeners.get(channel);
        if (!listener) throw new Error(`No handler registered for '${channel}'`);
        const args = decode(payload);
        if (!Array.isArray(args)) throw new Error('the arguments are no list');
        const values: unknown[] = args;
        return { isOk: true, payload: encode(await listener(event, ...values)) };
      } catch (error) {
        const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return { isOk: false, payload: `Error invoking remote method '${channel}': ${words}` };
      }
    },
  };
}
