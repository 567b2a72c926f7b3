import { ed25519 } from '@noble/curves/ed25519.js';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ageFile, keyfileText } from '#test/age-files.ts';
import { encodingsOf } from '#test/secret-encodings.ts';
import { foundInMemory } from './process-memory.ts';
import type { ScanOrder } from './scanned-main.ts';

const root = resolve(import.meta.dirname, '../..');
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'memory-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The signing child as one file. */
async function bundleSigner(): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node20.19',
      rolldownOptions: {
        input: { signer: resolve(root, 'src/signer/index.ts') },
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].cjs' },
      },
    },
  });
  return join(folder, 'signer.cjs');
}

type Said = { signed?: { transactionId: string; leaks: number }; failed?: string };

function named(prefix: string, secret: Uint8Array): [string, Buffer][] {
  return [...encodingsOf(secret)].map(([name, needle]) => [`${prefix} as ${name}`, needle]);
}

test.skipIf(process.platform !== 'linux')(
  'a key that signed is nowhere in main: neither in its memory nor in a snapshot of its heap, in eleven encodings',
  async () => {
    const seed = new Uint8Array(randomBytes(32));
    const planted = new Uint8Array(randomBytes(32));
    const passphrase = randomBytes(12).toString('hex');
    const keyfile = join(folder, 'cold.age');
    writeFileSync(keyfile, await ageFile(keyfileText(seed), passphrase), { mode: 0o600 });
    const snapshotPath = join(folder, 'main.heapsnapshot');
    const order: ScanOrder = {
      dataFolder: join(folder, 'data'),
      keyfile,
      passphrase,
      signer: await bundleSigner(),
      snapshotPath,
      planted: [...planted],
    };
    const main = fork(join(import.meta.dirname, 'scanned-main.ts'), [], {
      cwd: root,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const said = await new Promise<Said>((settle, fail) => {
        main.once('message', (message) => settle(message as Said));
        main.once('exit', (code) => fail(new Error(`main ended with ${code}`)));
        main.send(order);
      });
      expect(said).toMatchObject({ signed: { transactionId: expect.any(String) } });

      const keypair = Uint8Array.from([...seed, ...ed25519.getPublicKey(seed)]);
      // The public half is no secret: of the file's own forms only what begins with the secret half is looked for.
      const secret = [...named('the seed', seed), ...named('the keypair', keypair)];
      const control = named('the control', planted);
      const inMemory = foundInMemory(main.pid ?? 0, new Map([...secret, ...control]));
      expect([...inMemory].toSorted()).toEqual(control.map(([name]) => name).toSorted());

      const snapshot = readFileSync(snapshotPath);
      expect(snapshot.includes([...planted].join(','))).toBe(true);
      expect(secret.filter(([, needle]) => snapshot.includes(needle))).toEqual([]);
    } finally {
      main.kill();
    }
  },
  180_000,
);
