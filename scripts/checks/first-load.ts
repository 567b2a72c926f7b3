import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Screens that are drawn before anything is chosen: loaded lazily, and yet part of the first load. */
const FIRST_SCREENS = /^(first-start-screen|runs-screen)-.*\.js$/;

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;
const DYNAMIC_IMPORT = /\bimport\(\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;

/**
 * Script the window loads until its first screen is drawn, by name: what the page names, what those scripts import in
 * any way (the entry only starts the app), the first screens, and everything all of these import statically.
 *
 * @param renderer - folder of the built page
 */
export function firstLoadScripts(renderer: string): ReadonlyMap<string, string> {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path = '']) => path);
  const screens = readdirSync(join(renderer, 'assets')).filter((name) => FIRST_SCREENS.test(name));
  const found = new Map<string, string>();
  const waiting = [...entries, ...screens.map((name) => `assets/${name}`)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    const text = readFileSync(join(renderer, next), 'utf8');
    found.set(next, text);
    const folder = posix.dirname(next);
    const imports = [...text.matchAll(STATIC_IMPORT), ...(entries.includes(next) ? text.matchAll(DYNAMIC_IMPORT) : [])];
    waiting.push(...imports.map(([, path = '']) => posix.normalize(posix.join(folder, path))));
  }
  return found;
}
