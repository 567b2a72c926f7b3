import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { report, type Figure } from './measure.ts';

const PAGE = 'out/renderer/index.html';

/** Script the window loads before anything is chosen: the entry and everything it imports statically. */
function firstLoadFigures(): Figure[] {
  const scripts = firstLoadScripts();
  const bytes = [...scripts.values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
  const foreign = [...scripts.values()].filter((text) =>
    /@solana\/web3\.js|@coral-xyz\/anchor|superstruct/.test(text),
  ).length;
  return [
    { name: 'first load of script, gzip', value: bytes / 1000, unit: 'kB', limit: { kind: 'at-most', value: 300 } },
    { name: 'scripts of it with web3.js or Anchor', value: foreign, unit: '', limit: { kind: 'at-most', value: 0 } },
  ];
}

function firstLoadScripts(): ReadonlyMap<string, string> {
  const html = readFileSync(PAGE, 'utf8');
  const found = new Map<string, string>();
  const waiting = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) =>
    posix.normalize(path.replace(/^\//, './')),
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    const text = readFileSync(join(dirname(PAGE), next), 'utf8');
    found.set(next, text);
    const folder = posix.dirname(next);
    for (const [, path = ''] of text.matchAll(/(?:\bfrom|^import|;import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      waiting.push(posix.normalize(posix.join(folder, path)));
    }
  }
  return found;
}

report(firstLoadFigures());
