import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { root } from './root.ts';
import { firstLoadScripts } from './first-load.ts';

/** What may stand in a bundle, or in `any`, although the scan looks for it: the words around it, and why. */
type Allowed = { readonly file: string; readonly words: string; readonly reason: string };

const out = (...names: string[]) => join(root, 'out', ...names);
const allowed = JSON.parse(readFileSync(join(root, 'scripts/bundle-allow.json'), 'utf8')) as Allowed[];

const SUSPECT = /\beval\(|\bnew Function\b|https?:\/\/[^\s"'`)\\]*/g;
/** Characters either side of a find that an entry of the allow list is looked for in. */
const AROUND = 60;

/** A bundle keeps the comments of its packages, a line each; addresses in them are references. */
const withoutComments = (text: string) => text.replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, '');

/** The modules a signer may be made of. */
const SIGNER_MODULES = [
  /^src\/signer\//,
  /^src\/core\/(solana|transactions|errors)\//,
  /^node_modules\/(@noble\/(hashes|curves|ciphers)|@scure\/(base|bip39))\//,
  // The package knows more recipients than passphrases; they bring the second line and have no way in.
  /^node_modules\/age-encryption\//,
  /^node_modules\/@noble\/post-quantum\//,
];

/** What a signer may ask of Node: files, randomness and scrypt, names of files. Nothing of it reaches a network or starts a process. */
const SIGNER_IMPORTS = ['node:crypto', 'node:fs', 'node:path'];

/** Words that stand in a program which talks to somebody, or builds what it signs. */
const NETWORK =
  /\bfetch\(|XMLHttpRequest|new WebSocket\b|new EventSource\b|sendBeacon|node:(net|tls|http|https|http2|dgram|dns|child_process|worker_threads)\b|solana\/web3/;

type Modules = { modules: string[]; imports: string[] };
const modulesOf = (name: string) => JSON.parse(readFileSync(out('modules', `${name}.json`), 'utf8')) as Modules;

describe.skipIf(!existsSync(out('main/signer.js')))('the built', () => {
  test.each(['main/index.js', 'main/signer.js', 'preload/index.js'])(
    '%s runs no text and names no host nobody looked at',
    (file) => {
      const text = withoutComments(readFileSync(out(file), 'utf8'));
      const finds = [...text.matchAll(SUSPECT)].map(({ index, 0: found }) => ({
        found,
        around: text.slice(Math.max(0, index - AROUND), index + found.length + AROUND),
      }));
      const unexplained = finds.filter(
        ({ around }) =>
          !allowed.some((entry) => (entry.file === file || entry.file === 'any') && around.includes(entry.words)),
      );
      expect(unexplained).toEqual([]);
    },
  );

  test('signer holds only what a signature needs', () => {
    const { modules, imports } = modulesOf('signer');
    expect(modules.length).toBeGreaterThan(5);
    expect(modules.filter((module) => !SIGNER_MODULES.some((may) => may.test(module)))).toEqual([]);
    expect(imports.filter((name) => !SIGNER_IMPORTS.includes(name))).toEqual([]);
    const text = readFileSync(out('main/signer.js'), 'utf8');
    const required = [...text.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name);
    expect(required.filter((name) => !SIGNER_IMPORTS.includes(name ?? ''))).toEqual([]);
    expect(text.match(NETWORK)).toBeNull();
    // The same words are found where they are: main talks to the network.
    expect(readFileSync(out('main/index.js'), 'utf8')).toMatch(NETWORK);
  });

  test('processes share no chunk', () => {
    const files = readdirSync(out('main')).filter((name) => name.endsWith('.js'));
    expect(files.toSorted()).toEqual(['index.js', 'practice-network.js', 'signer.js']);
    for (const file of files) expect(readFileSync(out('main', file), 'utf8')).not.toMatch(/require\(["']\.\.?\//);
  });

  test('preload script requires Electron and nothing else', () => {
    const required = [...readFileSync(out('preload/index.js'), 'utf8').matchAll(/require\(["']([^"']+)["']\)/g)];
    expect(required.map(([, name]) => name)).toEqual(['electron']);
  });

  test('page has no chain library and its first load stays within 300 kB of compressed script', () => {
    const first = firstLoadScripts(out('renderer'));
    expect([...first.keys()].some((name) => /\/runs-screen-/.test(name))).toBe(true);
    const sizes = [...first.values()].map((text) => gzipSync(text).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300_000);
    const scripts = readdirSync(out('renderer/assets')).filter((name) => name.endsWith('.js'));
    for (const name of scripts) {
      expect(readFileSync(out('renderer/assets', name), 'utf8'), name).not.toMatch(
        /solana\/web3|coral-xyz|AnchorProvider/,
      );
    }
  });

  test('page runs no text', () => {
    for (const name of readdirSync(out('renderer/assets')).filter((file) => file.endsWith('.js'))) {
      const text = readFileSync(out('renderer/assets', name), 'utf8');
      const finds = [...text.matchAll(/\beval\(|\bnew Function\b/g)].map(({ index }) =>
        text.slice(Math.max(0, index - AROUND), index + AROUND),
      );
      expect(
        finds.filter((around) => !allowed.some((entry) => entry.file === 'any' && around.includes(entry.words))),
      ).toEqual([]);
    }
  });
});

test('only one file touches ipcMain', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name),
  );
  const touching = files.filter((name) => /\bipcMain\s*\./.test(readFileSync(join(root, 'src', name), 'utf8')));
  expect(touching).toEqual([join('main', 'electron', 'ipc-binding.ts')]);
});
