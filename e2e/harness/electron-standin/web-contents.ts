import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { FrameApi, ThemeSource, WebContentsApi, WebPreferences } from '#main/electron/electron-api.ts';
import type { Cdp, CdpEvents } from './cdp.ts';
import { encode } from './clone-codec.cjs';
import type { IpcMain } from './ipc-main.ts';
import { pageWorldScript, preloadWorldScript } from './page-scripts.ts';
import { appUrl, chromiumUrl, originOf } from './page-url.ts';
import type { StandInSession } from './session.ts';

const PRELOAD_WORLD = 'preload';

export type StandInContents = WebContentsApi &
  EventEmitter & {
    readonly targetId: string | undefined;
    attach(cdp: Cdp, targetId: string): Promise<void>;
    load(url: string): Promise<void>;
    applyTheme(theme: ThemeSource): Promise<void>;
    askToOpen(url: string): void;
    destroyed(): void;
    close(): void;
  };

export type WebContentsTable = {
  getAllWebContents(): StandInContents[];
  /** What a test driver asks with. */
  fromDevToolsTargetId(targetId: string): StandInContents | undefined;
  add(contents: StandInContents): void;
  remove(contents: StandInContents): void;
  nextId(): number;
};

export function createWebContentsTable(): WebContentsTable {
  const all = new Set<StandInContents>();
  let lastId = 0;
  return {
    getAllWebContents: () => [...all],
    fromDevToolsTargetId: (targetId) => [...all].find((contents) => contents.targetId === targetId),
    add: (contents) => void all.add(contents),
    remove: (contents) => void all.delete(contents),
    nextId: () => (lastId += 1),
  };
}

type Options = {
  readonly id: number;
  readonly preferences: WebPreferences;
  readonly session: StandInSession;
  readonly ipcMain: IpcMain;
  readonly theme: () => ThemeSource;
  readonly close: () => void;
  /** Asks the app about a permission and makes Chromium follow. */
  readonly requestPermission: (permission: string) => Promise<void>;
};

/** One page: its preload script, its calls, and every request it makes. */
export function createWebContents(options: Options): StandInContents {
  const { id, preferences, session, ipcMain, theme, close, requestPermission } = options;
  const events = new EventEmitter();
  const frameOfContext = new Map<number, string>();
  /** Where the page itself asked to go and has not been answered yet. */
  const askedByPage = new Set<string>();
  let page: Cdp | undefined;
  let targetId: string | undefined;
  let url = 'about:blank';
  let expectedUrl = '';
  let preloadContext: number | undefined;
  let isDestroyed = false;
  let windowOpenHandler: ((details: { url: string }) => unknown) | undefined;

  const frame = (isMain: boolean): FrameApi => ({
    url,
    origin: originOf(url),
    parent: isMain ? null : frame(true),
    processId: 1,
    routingId: isMain ? id : -1,
    detached: isDestroyed,
  });

  async function attach(cdp: Cdp, attachedId: string): Promise<void> {
    page = cdp;
    targetId = attachedId;
    const secret = randomUUID();
    cdp.on('Page.frameNavigated', ({ frame: navigated }) => {
      if (navigated.parentId === undefined) url = appUrl(navigated.url);
    });
    cdp.on('Page.frameRequestedNavigation', ({ url: asked }) => void askedByPage.add(asked));
    cdp.on('Page.loadEventFired', () => events.emit('did-finish-load'));
    cdp.on('Inspector.targetCrashed', () => events.emit('render-process-gone'));
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = context.auxData?.frameId ?? '';
      frameOfContext.set(context.id, frameId);
      if (context.name === PRELOAD_WORLD && frameId === attachedId) preloadContext = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      frameOfContext.clear();
      preloadContext = undefined;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === '__standinPost') void receive(JSON.parse(payload) as PageMessage, executionContextId);
    });
    cdp.on('Fetch.requestPaused', (paused) => {
      void answerRequest(cdp, paused).catch(() => undefined);
    });
    const preload = readFileSync(preferences.preload, 'utf8');
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      cdp.send('Runtime.addBinding', { name: '__standinPost', executionContextName: PRELOAD_WORLD }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(secret) }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadWorldScript(secret, preload),
        worldName: PRELOAD_WORLD,
      }),
      applyTheme(theme()),
    ]);
  }

  async function receive(message: PageMessage, contextId: number): Promise<void> {
    if (message.type === 'open') return askToOpen(appUrl(message.url));
    if (message.type === 'permission') {
      await requestPermission(message.permission);
      return deliver({ type: 'answered', id: message.id }, contextId);
    }
    const event = { senderFrame: frame(frameOfContext.get(contextId) === targetId), sender: contents };
    const answer = await ipcMain.run(message.channel, event, message.payload);
    await deliver({ type: 'answer', id: message.id, ...answer }, contextId);
  }

  /** A page that went away meanwhile misses what was on its way, as in Electron. */
  async function deliver(message: object, contextId: number): Promise<void> {
    await page
      ?.send('Runtime.callFunctionOn', {
        functionDeclaration: '(text) => globalThis.__standinReceive(text)',
        executionContextId: contextId,
        arguments: [{ value: JSON.stringify(message) }],
      })
      .catch(() => undefined);
  }

  async function answerRequest(
    cdp: Cdp,
    { requestId, request, resourceType, frameId }: CdpEvents['Fetch.requestPaused'],
  ): Promise<void> {
    const wanted = appUrl(request.url);
    const isDocument = resourceType === 'Document';
    const isMainFrame = frameId === targetId;
    const isFromOutside = isDocument && isMainFrame && isLoadOrReload(request);
    if (isDocument && !isFromOutside && isNavigationPrevented(isMainFrame)) {
      return void (await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }));
    }
    if (await session.isCancelled(wanted)) {
      return void (await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
    }
    // Chromium's window frame asks for an icon; Electron has no such frame.
    if (wanted.endsWith('/favicon.ico'))
      return void (await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 }));
    const response = await respond(session, wanted, request.method);
    if (!response) return void (await cdp.send('Fetch.failRequest', { requestId, errorReason: 'NameNotResolved' }));
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  /**
   * Whether main loads the page, or a driver reloads it: Electron asks nobody then, unlike when the page reloads itself.
   * Chromium tells what the page asked for on the way that the request takes, ahead of it.
   */
  function isLoadOrReload({ url: wantedByChromium, urlFragment = '' }: PausedRequest): boolean {
    const wanted = appUrl(wantedByChromium);
    const isAskedByPage = askedByPage.delete(`${wantedByChromium}${urlFragment}`);
    const isLoad = wanted === expectedUrl;
    if (isLoad) expectedUrl = '';
    return isLoad || (wanted === url && !isAskedByPage);
  }

  function isNavigationPrevented(isMainFrame: boolean): boolean {
    let isPrevented = false;
    const event = { preventDefault: () => void (isPrevented = true) };
    events.emit('will-frame-navigate', event);
    if (isMainFrame) events.emit('will-navigate', event);
    return isPrevented;
  }

  function askToOpen(wanted: string): void {
    windowOpenHandler?.({ url: wanted });
  }

  async function applyTheme(chosen: ThemeSource): Promise<void> {
    const value = chosen === 'system' ? '' : chosen;
    await page?.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  const contents: StandInContents = Object.assign(events, {
    id,
    get mainFrame() {
      return frame(true);
    },
    get targetId() {
      return targetId;
    },
    attach,
    askToOpen,
    applyTheme,
    close,
    async load(wanted: string) {
      if (!page) throw new Error('the window is not attached yet');
      expectedUrl = wanted;
      const { errorText } = await page.send('Page.navigate', { url: chromiumUrl(wanted) });
      if (errorText !== undefined) throw new Error(`${errorText} loading '${wanted}'`);
    },
    send(channel: string, payload: unknown) {
      const message = { type: 'event', channel, payload: encode(payload) };
      if (preloadContext !== undefined) void deliver(message, preloadContext);
    },
    isDestroyed: () => isDestroyed,
    destroyed: () => void (isDestroyed = true),
    setWindowOpenHandler: (handler: typeof windowOpenHandler) => void (windowOpenHandler = handler),
    setWebRTCIPHandlingPolicy: () => undefined,
  });
  return contents;
}

type PausedRequest = CdpEvents['Fetch.requestPaused']['request'];

type PageMessage =
  | { readonly type: 'open'; readonly url: string }
  | { readonly type: 'permission'; readonly id: number; readonly permission: string }
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly payload: string };

/** The app's own answer to a request, if its scheme has a handler. Nothing else is answered. */
async function respond(session: StandInSession, url: string, method: string): Promise<Response | undefined> {
  const handler = session.handlerOf(new URL(url).protocol.slice(0, -1));
  return handler?.(new Request(url, { method }));
}
