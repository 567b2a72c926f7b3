import type { BrowserWindowApi, ElectronApi, Rectangle } from './electron-api.ts';
import { PAGE_URL } from './decide-app-request.ts';
import { windowPreferences } from './window-preferences.ts';
import type { WindowState, WindowStateFile } from './window-state.ts';

/** Content size on a first start, device-independent pixels. */
const FIRST_SIZE = { width: 1360, height: 860 };
const SMALLEST_SIZE = { minWidth: 960, minHeight: 640 };

type Options = {
  readonly electron: ElectronApi;
  readonly preloadPath: string;
  readonly iconPath?: string;
  readonly state: WindowStateFile;
  /** Behind the page until its first paint, so that a dark window does not flash white. */
  readonly backgroundColor: string;
};

/** Opens the app's one window where it was last time, loads the page and shows it once it has something to show. */
export function createWindow({ electron, preloadPath, iconPath, state, backgroundColor }: Options): BrowserWindowApi {
  const remembered = state.read();
  const window = new electron.BrowserWindow({
    title: 'Psyche run console',
    ...placeOf(electron, remembered),
    ...SMALLEST_SIZE,
    useContentSize: true,
    show: false,
    backgroundColor,
    ...(iconPath === undefined ? {} : { icon: iconPath }),
    webPreferences: windowPreferences(preloadPath, electron.app.isPackaged),
  });
  if (process.platform !== 'darwin') electron.Menu.setApplicationMenu(null);
  if (remembered?.isMaximized) window.maximize();
  window.on('ready-to-show', () => window.show());
  rememberPlace(window, state);
  void window.loadURL(PAGE_URL);
  return window;
}

/** The remembered rectangle if a screen still holds its title bar, else a fresh one in the middle. */
function placeOf(electron: ElectronApi, remembered: WindowState | undefined): Partial<Rectangle> & typeof FIRST_SIZE {
  if (!remembered) return FIRST_SIZE;
  const { bounds } = remembered;
  const { workArea } = electron.screen.getDisplayMatching(bounds);
  const isReachable =
    bounds.x < workArea.x + workArea.width &&
    bounds.x + bounds.width > workArea.x &&
    bounds.y >= workArea.y &&
    bounds.y < workArea.y + workArea.height;
  return isReachable ? bounds : { width: bounds.width, height: bounds.height };
}

/** A drag is hundreds of moves: the file is written once it has rested, and when the window closes. */
const REST_MS = 500;

function rememberPlace(window: BrowserWindowApi, state: WindowStateFile): void {
  let timer: NodeJS.Timeout | undefined;
  let last: WindowState | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (last) state.write(last);
    last = undefined;
  };
  const changed = () => {
    const isMaximized = window.isMaximized();
    if (window.isMinimized()) return;
    last = { bounds: window.getContentBounds(), isMaximized };
    timer ??= setTimeout(save, REST_MS);
  };
  window.on('resize', changed);
  window.on('move', changed);
  window.on('closed', save);
}
