import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rectangle } from './electron-api.ts';

/** Where the window was when it was last closed. */
export type WindowState = { readonly bounds: Rectangle; readonly isMaximized: boolean };

export type WindowStateFile = { read(): WindowState | undefined; write(state: WindowState): void };

/**
 * Remembers the window in a small file of its own. A missing or damaged file is no window state: nothing is lost but
 * a position, so nothing is announced either.
 */
export function createWindowStateFile(path: string): WindowStateFile {
  return {
    read() {
      try {
        return parseWindowState(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return undefined;
      }
    },
    write(state) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.tmp`;
      writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
      renameSync(temporary, path);
    },
  };
}

/** A rectangle of plausible whole numbers, or nothing. */
export function parseWindowState(value: unknown): WindowState | undefined {
  if (!isRecord(value) || !isRecord(value['bounds']) || typeof value['isMaximized'] !== 'boolean') return undefined;
  const { x, y, width, height } = value['bounds'];
  if (!isCoordinate(x) || !isCoordinate(y) || !isCoordinate(width) || !isCoordinate(height)) return undefined;
  if (width < 1 || height < 1) return undefined;
  return { bounds: { x, y, width, height }, isMaximized: value['isMaximized'] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Screens end long before this; a larger number is damage. */
const LARGEST_COORDINATE = 100_000;

function isCoordinate(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= LARGEST_COORDINATE;
}
