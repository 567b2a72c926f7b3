import { EventEmitter } from 'node:events';
import type { CustomScheme, SessionApi, WebContentsApi } from '#main/electron/electron-api.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type PermissionCheck = (contents: WebContentsApi | null, permission: string) => boolean;
type PermissionRequest = Parameters<SessionApi['setPermissionRequestHandler']>[0];
type BeforeRequest = Parameters<SessionApi['webRequest']['onBeforeRequest']>[0];

export type StandInSession = SessionApi &
  EventEmitter & {
    /** Whether the app lets a request out, asked before anything else happens with it. */
    isCancelled(url: string): Promise<boolean>;
    handlerOf(scheme: string): SchemeHandler | undefined;
    /** What a page would be told about a permission. Without a handler Electron grants everything. */
    isGranted(contents: WebContentsApi, permission: string): boolean;
    /** What the app answers to a request of a page. Without a handler Electron grants everything. */
    isGrantedOnRequest(contents: WebContentsApi, permission: string): Promise<boolean>;
  };

export type Sessions = {
  fromPartition(partition: string): StandInSession;
  declareSchemes(schemes: CustomScheme[]): void;
};

/** The sessions of the app, by partition name. Chromium has one profile, new for each start, so they are all in memory. */
export function createSessions(): Sessions {
  const sessions = new Map<string, StandInSession>();
  const declared = new Set<string>();
  return {
    declareSchemes(schemes) {
      for (const { scheme, privileges } of schemes) {
        if (privileges.bypassCSP)
          throw new Error('the stand-in has no scheme that bypasses the content security policy');
        declared.add(scheme);
      }
    },
    fromPartition(partition) {
      if (partition.startsWith('persist:')) throw new Error('the stand-in keeps no session on disk');
      const session = sessions.get(partition) ?? createSession(declared);
      sessions.set(partition, session);
      return session;
    },
  };
}

function createSession(declared: ReadonlySet<string>): StandInSession {
  const handlers = new Map<string, SchemeHandler>();
  let beforeRequest: BeforeRequest | undefined;
  let permissionRequest: PermissionRequest | undefined;
  let permissionCheck: PermissionCheck | undefined;
  return Object.assign(new EventEmitter(), {
    protocol: {
      handle(scheme: string, handler: SchemeHandler) {
        if (!declared.has(scheme)) throw new Error(`the scheme ${scheme} was not declared before ready`);
        handlers.set(scheme, handler);
      },
    },
    webRequest: { onBeforeRequest: (listener: BeforeRequest) => void (beforeRequest = listener) },
    setProxy: () => Promise.resolve(),
    setPermissionRequestHandler: (handler: PermissionRequest) => void (permissionRequest = handler),
    setPermissionCheckHandler: (check: PermissionCheck) => void (permissionCheck = check),
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
    setBluetoothPairingHandler: () => undefined,
    isCancelled: (url: string) =>
      new Promise<boolean>((resolve) => {
        if (beforeRequest) beforeRequest({ url }, ({ cancel }) => resolve(cancel === true));
        else resolve(false);
      }),
    handlerOf: (scheme: string) => handlers.get(scheme),
    isGranted: (contents: WebContentsApi, permission: string) => permissionCheck?.(contents, permission) ?? true,
    isGrantedOnRequest: (contents: WebContentsApi, permission: string) =>
      new Promise<boolean>((resolve) => {
        if (permissionRequest) permissionRequest(contents, permission, resolve);
        else resolve(true);
      }),
  });
}
