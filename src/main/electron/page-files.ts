import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { PageFile, PageFiles } from './decide-app-request.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Reads the page into memory by the list its build wrote (`{ "assets/index.js": "<sha-256>" }`) and refuses to go on with
 * a file that is not the one that was built.
 *
 * @param folder - the built renderer; `renderer-files.json` lies beside it
 */
export function readPageFiles(folder: string): PageFiles {
  const list: unknown = JSON.parse(readFileSync(`${folder}-files.json`, 'utf8'));
  if (typeof list !== 'object' || list === null) throw new Error('the list of page files is damaged');
  return new Map(Object.entries(list).map(([name, hash]) => [`/${name}`, readPageFile(folder, name, hash)]));
}

function readPageFile(folder: string, name: string, expectedHash: unknown): PageFile {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  if (createHash('sha256').update(bytes).digest('hex') !== expectedHash) {
    throw new Error(`the page file ${name} is not the one that was built`);
  }
  const contentType = CONTENT_TYPES[extname(name)];
  if (contentType === undefined) throw new Error(`the page file ${name} has a kind the app does not serve`);
  return { bytes, contentType };
}
