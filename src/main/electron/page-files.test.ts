import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPageFiles } from './page-files.ts';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'page-')), 'renderer');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function build(files: Record<string, string>): void {
  const hashes = Object.entries(files).map(([name, words]) => {
    writeFileSync(join(folder, name), words);
    return [name, createHash('sha256').update(words).digest('hex')];
  });
  writeFileSync(`${folder}-files.json`, JSON.stringify(Object.fromEntries(hashes)));
}

test('serves each listed file under its name, with its kind', () => {
  build({ 'index.html': '<p>', 'index.js': 'run()' });
  const files = readPageFiles(folder);
  expect([...files.keys()]).toEqual(['/index.html', '/index.js']);
  expect(files.get('/index.js')).toEqual({
    bytes: new TextEncoder().encode('run()'),
    contentType: 'text/javascript; charset=utf-8',
  });
});

test('a file that changed after the build stops the app', () => {
  build({ 'index.html': '<p>' });
  writeFileSync(join(folder, 'index.html'), '<p>!');
  expect(() => readPageFiles(folder)).toThrow('index.html is not the one that was built');
});

test('a file that is not listed is not served', () => {
  build({ 'index.html': '<p>' });
  writeFileSync(join(folder, 'other.js'), 'run()');
  expect(readPageFiles(folder).has('/other.js')).toBe(false);
});

test('a kind of file nobody decided on is refused', () => {
  build({ 'index.wasm': '' });
  expect(() => readPageFiles(folder)).toThrow('a kind the app does not serve');
});
