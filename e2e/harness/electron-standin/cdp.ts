import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright';

/** One DevTools session, typed by the protocol. The root session is the browser. */
export type Cdp = {
  readonly send: CDPSession['send'];
  readonly on: <E extends keyof CdpEvents>(event: E, listener: (payload: CdpEvents[E]) => void) => void;
};

/** The events the stand-in listens to, with what it reads of them. */
export type CdpEvents = {
  'Fetch.requestPaused': {
    readonly requestId: string;
    readonly request: { readonly url: string; readonly urlFragment?: string; readonly method: string };
    readonly resourceType: string;
    readonly frameId: string;
  };
  'Inspector.targetCrashed': unknown;
  'Page.frameRequestedNavigation': { readonly frameId: string; readonly url: string };
  'Page.frameNavigated': { readonly frame: { readonly url: string; readonly parentId?: string } };
  'Page.loadEventFired': unknown;
  'Runtime.bindingCalled': { readonly name: string; readonly payload: string; readonly executionContextId: number };
  'Runtime.executionContextCreated': {
    readonly context: { readonly id: number; readonly name: string; readonly auxData?: { readonly frameId?: string } };
  };
  'Runtime.executionContextsCleared': unknown;
  'Target.targetCreated': {
    readonly targetInfo: {
      readonly targetId: string;
      readonly type: string;
      readonly url: string;
      readonly openerId?: string;
    };
  };
  'Target.targetDestroyed': { readonly targetId: string };
};

export type CdpConnection = { readonly root: Cdp; session(sessionId: string): Cdp; drop(sessionId: string): void };

type Message = {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
};
type Listener = (payload: unknown) => void;
type Waiting = { resolve(result: unknown): void; reject(error: Error): void };

/** Speaks DevTools protocol over Chromium's pipe: JSON texts with a NUL after each. No port is opened. */
export function connectCdp(input: Writable, output: Readable): CdpConnection {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Map<string, Listener[]>>();
  const sessions = new Map<string, Cdp>();
  let lastId = 0;
  let isClosed = false;

  readMessages(output, ({ id, method, params, result, error, sessionId }) => {
    if (id !== undefined) {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result);
    } else if (method !== undefined) {
      for (const listener of listeners.get(sessionId ?? '')?.get(method) ?? []) listener(params);
    }
  });
  const close = () => {
    isClosed = true;
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'));
    waiting.clear();
  };
  output.on('close', close);
  input.on('error', close);

  function createSession(sessionId: string): Cdp {
    const own = new Map<string, Listener[]>();
    listeners.set(sessionId, own);
    const send = (method: string, params: unknown = {}) =>
      new Promise<unknown>((resolve, reject) => {
        if (isClosed) return reject(new Error('the browser is gone'));
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        input.write(`${JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) })}\0`);
      });
    return {
      send: send as Cdp['send'],
      on: (event, listener) => void own.set(event, [...(own.get(event) ?? []), listener as Listener]),
    };
  }

  return {
    root: createSession(''),
    session(sessionId) {
      const known = sessions.get(sessionId) ?? createSession(sessionId);
      sessions.set(sessionId, known);
      return known;
    },
    drop(sessionId) {
      sessions.delete(sessionId);
      listeners.delete(sessionId);
    },
  };
}

function readMessages(output: Readable, receive: (message: Message) => void): void {
  let parts: Buffer[] = [];
  output.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0, from); end !== -1; end = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, end));
      receive(JSON.parse(Buffer.concat(parts).toString()) as Message);
      parts = [];
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
  });
}
