import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { answer } from './answer.ts';

const seed = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(seed);
const address = base58.encode(publicKey);
const keypair = new Uint8Array([...seed, ...publicKey]);
const json = `[${keypair.join(',')}]`;
const message = new TextEncoder().encode('the approved bytes');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyfiles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(content: string | Uint8Array, mode = 0o600): string {
  count += 1;
  const path = join(folder, `key-${count}.json`);
  writeFileSync(path, content, { mode });
  chmodSync(path, mode);
  return path;
}

const look = (path: string, allowOpenPermissions = false) => answer({ kind: 'look', path, allowOpenPermissions });

function sign(
  path: string,
  changes: Partial<{ expected: string; messageHash: string; allowOpenPermissions: boolean }> = {},
) {
  return answer({
    kind: 'sign',
    path,
    allowOpenPermissions: false,
    expected: address,
    messageHash: messageHashOf(message),
    messageBase64: base64.encode(message),
    ...changes,
  });
}

describe('a keyfile is taken', () => {
  test.each([
    ['as the Solana CLI writes it', json],
    ['with spaces and line ends', `\n[ ${keypair.join(' ,\n\t')} ]\r\n`],
    ['as base58 text', base58.encode(keypair)],
    ['as base58 text with a line end', `${base58.encode(keypair)}\n`],
  ])('%s', async (_how, content) => {
    expect(await look(fileWith(content))).toEqual({ kind: 'looked', address });
  });

  test('when others can read it and the operator allowed that', async () => {
    expect(await look(fileWith(json, 0o644), true)).toEqual({ kind: 'looked', address });
  });

  test('with leading zero bytes in base58', async () => {
    const zeroSeed = new Uint8Array(32);
    const zeroKey = ed25519.getPublicKey(zeroSeed);
    const path = fileWith(base58.encode(new Uint8Array([...zeroSeed, ...zeroKey])));
    expect(await look(path)).toEqual({ kind: 'looked', address: base58.encode(zeroKey) });
  });
});

describe('a keyfile is refused', () => {
  const numbers = [...keypair];
  test.each([
    ['empty', ''],
    ['only spaces', ' \n\t'],
    ['63 numbers', `[${numbers.slice(1).join(',')}]`],
    ['65 numbers', `[${[...numbers, 1].join(',')}]`],
    ['a number over 255', `[${[256, ...numbers.slice(1)].join(',')}]`],
    ['a negative number', `[${[-1, ...numbers.slice(1)].join(',')}]`],
    ['a fraction', `[${['7.0', ...numbers.slice(1)].join(',')}]`],
    ['a number with leading zero', `[${['07', ...numbers.slice(1)].join(',')}]`],
    ['a trailing comma', `[${numbers.join(',')},]`],
    ['no closing bracket', `[${numbers.join(',')}`],
    ['two arrays', json + json],
    ['text after the array', `${json} x`],
    ['a byte order mark', `\uFEFF${json}`],
    ['numbers in quotes', `[${numbers.map((value) => `"${value}"`).join(',')}]`],
    ['a JSON object', `{"key":${json}}`],
    ['base58 of 63 bytes', base58.encode(keypair.subarray(1))],
    ['base58 of 65 bytes', base58.encode(new Uint8Array([...keypair, 1]))],
    ['base58 with a foreign letter', base58.encode(keypair).replace(/.$/, '0')],
    ['words', 'abandon abandon abandon'],
    ['the 64 bytes themselves', keypair],
  ])('that holds %s', async (_what, content) => {
    expect(await look(fileWith(content))).toMatchObject({ kind: 'refused', code: 'keyfile/not-a-keyfile' });
  });

  test('whose halves do not belong together', async () => {
    const foreign = ed25519.getPublicKey(new Uint8Array(32).fill(8));
    const path = fileWith(`[${[...seed, ...foreign].join(',')}]`);
    expect(await look(path)).toMatchObject({ kind: 'refused', code: 'keyfile/mismatched-halves' });
    expect(await sign(path)).toMatchObject({ kind: 'refused', code: 'keyfile/mismatched-halves' });
  });

  test.each([0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o777])(
    'with mode %o, naming the command that helps',
    async (mode) => {
      const reply = await look(fileWith(json, mode));
      expect(reply).toMatchObject({ kind: 'refused', code: 'keyfile/readable-by-others' });
      expect(reply).toMatchObject({ params: { fix: `chmod 600 'key-${count}.json'` } });
    },
  );

  test('over 4 KiB, also by one byte', async () => {
    expect(await look(fileWith(' '.repeat(4097)))).toMatchObject({ code: 'keyfile/too-large' });
    expect(await look(fileWith(json + ' '.repeat(4096 - json.length)))).toMatchObject({ kind: 'looked' });
  });

  test('that is missing, a folder, a link, a pipe or a device, without waiting for any', async () => {
    const folderPath = join(folder, 'folder');
    mkdirSync(folderPath, { mode: 0o700 });
    const link = join(folder, 'link');
    symlinkSync(fileWith(json), link);
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '600', pipe]);
    expect(await look(join(folder, 'nowhere'))).toMatchObject({ code: 'keyfile/missing' });
    expect(await look(join(link, 'inside'))).toMatchObject({ code: 'keyfile/missing' });
    for (const path of [folderPath, link, pipe, '/dev/null']) {
      expect(await look(path)).toMatchObject({ kind: 'refused', code: 'keyfile/not-a-file' });
    }
  });

  test('without a folder or a byte of content in what is said about it', async () => {
    const path = fileWith(`${json}x`);
    const said = JSON.stringify([await look(path), await sign(path), await look(join(folder, 'gone'))]);
    expect(said).not.toContain(folder);
    expect(said).not.toContain(keypair.subarray(0, 4).join(','));
  });

  test('whatever random bytes it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const reply = await look(fileWith(bytes));
        expect(reply.kind).toBe('refused');
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('a signature', () => {
  test('is made over the approved bytes with the expected key', async () => {
    const reply = await sign(fileWith(json));
    if (reply.kind !== 'signed') throw new Error(reply.kind);
    expect(ed25519.verify(base64.decode(reply.signatureBase64), message, publicKey)).toBe(true);
  });

  test('is not made over other bytes than the approved ones', async () => {
    const messageHash = messageHashOf(new Uint8Array(3));
    expect(await sign(fileWith(json), { messageHash })).toMatchObject({ code: 'signer/wrong-message' });
  });

  test('is not made with another key than the expected one', async () => {
    const expected = '11111111111111111111111111111111';
    expect(await sign(fileWith(json), { expected })).toMatchObject({
      code: 'keyfile/foreign-key',
      params: { expected, found: address },
    });
  });
});

describe('a new keyfile', () => {
  test('is named after its address, closed to others, and readable again', async () => {
    const reply = await answer({ kind: 'create', folder, fileName: '' });
    if (reply.kind !== 'created') throw new Error(reply.kind);
    expect(reply.fileName).toBe(`${reply.address}.json`);
    const path = join(folder, reply.fileName);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await look(path)).toEqual({ kind: 'looked', address: reply.address });
    const numbers: unknown = JSON.parse(readFileSync(path, 'utf8'));
    expect(numbers).toHaveLength(64);
  });

  test('never replaces a file', async () => {
    writeFileSync(join(folder, 'taken.json'), 'precious');
    expect(await answer({ kind: 'create', folder, fileName: 'taken.json' })).toMatchObject({ code: 'keyfile/exists' });
    expect(readFileSync(join(folder, 'taken.json'), 'utf8')).toBe('precious');
  });

  test('is refused where nothing can be written', async () => {
    const reply = await answer({ kind: 'create', folder: join(folder, 'not-there'), fileName: '' });
    expect(reply).toMatchObject({ kind: 'refused', code: 'keyfile/unwritable' });
  });

  test('is another one every time', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => answer({ kind: 'create', folder, fileName: '' })));
    expect(new Set(replies.map((reply) => reply.kind === 'created' && reply.address)).size).toBe(3);
  });
});
