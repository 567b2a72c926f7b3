/**
 * The part of Electron the app uses, written out. Everything in this folder works on this type, and so does the
 * stand-in of the tests: using more of Electron means adding a line here, and then the stand-in no longer compiles.
 */
export type ElectronApi = {
  readonly app: AppApi;
  readonly BrowserWindow: BrowserWindowConstructor;
  readonly dialog: DialogApi;
  readonly ipcMain: { handle(channel: string, listener: (event: InvokeEvent, ...args: unknown[]) => unknown): void };
  readonly Menu: MenuApi;
  readonly nativeTheme: ThemeApi;
  readonly powerMonitor: PowerApi;
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void };
  readonly screen: { getDisplayMatching(rect: Rectangle): { readonly workArea: Rectangle } };
  readonly session: { fromPartition(partition: string): SessionApi };
  readonly utilityProcess: {
    fork(modulePath: string, args: string[], options: ForkOptions): UtilityProcessApi;
  };
};

/** The machine goes to sleep, or somebody locks its screen. */
export type PowerApi = { on(event: 'suspend' | 'lock-screen', listener: () => void): unknown };

/** Switches are only appended before `ready`; paths are absolute. */
export type AppApi = {
  readonly isPackaged: boolean;
  readonly commandLine: { appendSwitch(name: string, value?: string): void };
  enableSandbox(): void;
  whenReady(): Promise<void>;
  requestSingleInstanceLock(): boolean;
  getPath(name: 'userData'): string;
  getVersion(): string;
  quit(): void;
  exit(code?: number): void;
  on(event: 'second-instance' | 'window-all-closed' | 'activate' | 'before-quit', listener: () => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: WebContentsApi) => void): unknown;
  on(
    event: 'certificate-error',
    listener: (
      event: PreventableEvent,
      contents: WebContentsApi,
      url: string,
      error: string,
      certificate: unknown,
      callback: (isTrusted: boolean) => void,
    ) => void,
  ): unknown;
};

export type PreventableEvent = { preventDefault(): void };

/** Device-independent pixels. */
export type Rectangle = { x: number; y: number; width: number; height: number };

/** What a page is allowed. Every field is written out: nothing is left to a default of some version. */
export type WebPreferences = {
  readonly preload: string;
  readonly partition: string;
  readonly sandbox: true;
  readonly contextIsolation: true;
  readonly webSecurity: true;
  readonly nodeIntegration: false;
  readonly nodeIntegrationInWorker: false;
  readonly nodeIntegrationInSubFrames: false;
  readonly allowRunningInsecureContent: false;
  readonly experimentalFeatures: false;
  readonly webviewTag: false;
  readonly plugins: false;
  readonly navigateOnDragDrop: false;
  readonly spellcheck: false;
  readonly webgl: false;
  readonly disableDialogs: true;
  readonly disableBlinkFeatures: 'Auxclick';
  readonly defaultEncoding: 'utf-8';
  readonly devTools: boolean;
};

export type BrowserWindowOptions = {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly x?: number;
  readonly y?: number;
  readonly useContentSize: boolean;
  readonly show: boolean;
  readonly backgroundColor: string;
  readonly icon?: string;
  readonly webPreferences: WebPreferences;
};

export type BrowserWindowConstructor = new (options: BrowserWindowOptions) => BrowserWindowApi;

export type BrowserWindowApi = {
  readonly webContents: WebContentsApi;
  loadURL(url: string): Promise<void>;
  show(): void;
  focus(): void;
  restore(): void;
  maximize(): void;
  close(): void;
  isMinimized(): boolean;
  isMaximized(): boolean;
  isDestroyed(): boolean;
  getContentBounds(): Rectangle;
  on(event: 'closed' | 'ready-to-show' | 'resize' | 'move', listener: () => void): unknown;
};

export type FrameApi = {
  readonly url: string;
  readonly origin: string;
  readonly parent: FrameApi | null;
  readonly processId: number;
  readonly routingId: number;
  readonly detached: boolean;
};

export type WebContentsApi = {
  readonly id: number;
  readonly mainFrame: FrameApi;
  send(channel: string, payload: unknown): void;
  isDestroyed(): boolean;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void;
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void;
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (event: PreventableEvent) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: PreventableEvent) => void): unknown;
  on(event: 'render-process-gone' | 'unresponsive', listener: () => void): unknown;
  on(
    event: 'did-start-navigation',
    listener: (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => void,
  ): unknown;
};

export type InvokeEvent = { readonly senderFrame: FrameApi | null };

export type SessionApi = {
  readonly protocol: { handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void };
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void,
    ): void;
  };
  setProxy(config: { mode: 'fixed_servers'; proxyRules: string; proxyBypassRules: string }): Promise<void>;
  setPermissionRequestHandler(
    handler: (contents: WebContentsApi, permission: string, callback: (isGranted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: WebContentsApi | null, permission: string) => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(
    handler: (request: unknown, callback: (streams: Record<string, never>) => void) => void,
  ): void;
  setBluetoothPairingHandler(
    handler: (details: unknown, callback: (answer: { confirmed: boolean }) => void) => void,
  ): void;
  on(event: 'will-download', listener: (event: PreventableEvent) => void): unknown;
};

export type FileFilter = { name: string; extensions: string[] };

export type OpenDialogOptions = {
  readonly title: string;
  readonly buttonLabel: string;
  readonly filters: FileFilter[];
  readonly properties: ('openFile' | 'showHiddenFiles')[];
};

export type SaveDialogOptions = {
  readonly title: string;
  readonly buttonLabel: string;
  readonly defaultPath: string;
  readonly filters: FileFilter[];
};

export type MessageBoxOptions = {
  readonly type: 'warning' | 'question';
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: string[];
  /** Index into `buttons` of what Enter does. */
  readonly defaultId: number;
  /** Index into `buttons` of what Escape and closing do. */
  readonly cancelId: number;
  readonly noLink: boolean;
};

/** The window a dialog belongs to: main waits for it, and the person sees which window asks. */
export type DialogParent = Pick<BrowserWindowApi, 'focus' | 'isDestroyed'>;

export type DialogApi = {
  showOpenDialog(window: DialogParent, options: OpenDialogOptions): Promise<{ canceled: boolean; filePaths: string[] }>;
  showSaveDialog(window: DialogParent, options: SaveDialogOptions): Promise<{ canceled: boolean; filePath: string }>;
  showMessageBox(window: DialogParent, options: MessageBoxOptions): Promise<{ response: number }>;
};

export type MenuApi = {
  setApplicationMenu(menu: null): void;
};

export type ThemeSource = 'system' | 'light' | 'dark';

export type ThemeApi = {
  themeSource: ThemeSource;
  readonly shouldUseDarkColors: boolean;
};

export type CustomScheme = {
  readonly scheme: string;
  readonly privileges: {
    readonly standard: boolean;
    readonly secure: boolean;
    readonly supportFetchAPI: boolean;
    readonly corsEnabled: boolean;
    readonly bypassCSP: boolean;
    readonly allowServiceWorkers: boolean;
    readonly stream: boolean;
  };
};

export type ForkOptions = {
  readonly env: Record<string, string>;
  readonly serviceName: string;
  /** All of it, or standard input, output and error. */
  readonly stdio: 'ignore' | ['ignore', 'ignore', 'inherit'];
  readonly execArgv: string[];
};

export type UtilityProcessApi = {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
};
