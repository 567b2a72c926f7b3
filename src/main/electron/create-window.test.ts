import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWindow } from './create-window.ts';
import type { BrowserWindowOptions, ElectronApi, Rectangle } from './electron-api.ts';
import type { WindowState } from './window-state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const workArea = { x: 0, y: 0, width: 1920, height: 1080 };

function open(remembered?: WindowState) {
  const written: WindowState[] = [];
  const events = new EventEmitter();
  const seen = { url: '', isShown: false, isMaximized: false };
  let options: BrowserWindowOptions | undefined;
  let bounds: Rectangle = { x: 1, y: 2, width: 1360, height: 860 };
  function BrowserWindow(given: BrowserWindowOptions) {
    options = given;
    return Object.assign(events, {
      loadURL: (url: string) => Promise.resolve(void (seen.url = url)),
      show: () => void (seen.isShown = true),
      maximize: () => void (seen.isMaximized = true),
      isMaximized: () => seen.isMaximized,
      isMinimized: () => false,
      getContentBounds: () => bounds,
    });
  }
  const electron = {
    app: { isPackaged: true },
    BrowserWindow,
    Menu: { setApplicationMenu: () => undefined },
    screen: { getDisplayMatching: () => ({ workArea }) },
  };
  createWindow({
    electron: electron as unknown as ElectronApi,
    preloadPath: '/app/preload.js',
    backgroundColor: '#101214',
    state: { read: () => remembered, write: (state) => void written.push(state) },
  });
  const move = (x: number) => {
    bounds = { ...bounds, x };
    events.emit('move');
  };
  return { options, events, seen, written, move };
}

test('loads the app’s own page and shows it once it has drawn', () => {
  const { seen, events } = open();
  expect(seen).toEqual({ url: 'app://bundle/index.html', isShown: false, isMaximized: false });
  events.emit('ready-to-show');
  expect(seen.isShown).toBe(true);
});

test('opens where it was closed', () => {
  const bounds = { x: 100, y: 50, width: 1400, height: 900 };
  const { options, seen } = open({ bounds, isMaximized: true });
  expect(options).toMatchObject(bounds);
  expect(seen.isMaximized).toBe(true);
});

test.each([
  { x: 5000, y: 50, width: 1400, height: 900 },
  { x: 100, y: -800, width: 1400, height: 900 },
])('a place no screen shows any more is given up, the size is kept', (bounds) => {
  const { options } = open({ bounds, isMaximized: false });
  expect(options).toMatchObject({ width: 1400, height: 900 });
  expect(options).not.toHaveProperty('x');
});

test('a drag is remembered once it rests', () => {
  const { move, written } = open();
  for (let x = 0; x < 100; x += 1) move(x);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(written).toEqual([{ bounds: { x: 99, y: 2, width: 1360, height: 860 }, isMaximized: false }]);
});

test('closing right after a move does not lose it', () => {
  const { move, events, written } = open();
  move(7);
  events.emit('closed');
  expect(written).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(written).toHaveLength(1);
});
