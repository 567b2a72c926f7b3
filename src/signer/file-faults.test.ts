import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import fs, { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { onWindows } from '#test/on-windows.ts';
import { withFileSystem } from '#test/with-file-system.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { answer } from './answer.ts';
import { parseKeypair } from './parse-keypair.ts';
import { readKeyfile } from './read-keyfile.ts';
import { writeProtected } from './write-protected.ts';

const seed = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(seed);
const json = `[${[...seed, ...publicKey].join(',')}]`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function existing(name: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, json);
  chmodSync(path, mode);
  return path;
}

describe('a keyfile is not read', () => {
  test('when it belongs to somebody else', () => {
    const path = existing('foreign.json');
    const me = process.getuid?.() ?? 0;
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(me + 1);
    expect(errorCodeOf(() => readKeyfile(path, true))).toBe('keyfile/foreign-owner');
    getuid.mockRestore();
    expect(errorCodeOf(() => readKeyfile(path, true))).toBeUndefined();
  });

  test('when the system refuses it for a reason of its own', () => {
    expect(errorCodeOf(() => readKeyfile(join(folder, 'x'.repeat(300)), true))).toBe('keyfile/unreadable');
  });

  test('when it is below what is not a folder', () => {
    const path = join(existing('a-file.json'), 'key.json');
    expect(errorCodeOf(() => readKeyfile(path, true))).toBe('keyfile/missing');
  });

  test.skipIf(process.platform !== 'linux')('when it holds more than it says', () => {
    expect(errorCodeOf(() => readKeyfile('/proc/self/maps', true))).toBe('keyfile/too-large');
  });

  test('when reading breaks off', async () => {
    const path = existing('broken.json');
    const readSync = () => {
      throw Object.assign(new Error('broken'), { code: 'EIO' });
    };
    await withFileSystem({ readSync }, () => {
      expect(errorCodeOf(() => readKeyfile(path, true))).toBe('keyfile/unreadable');
    });
  });
});

test('Windows has no owners and modes to look at', async () => {
  const path = existing('open.json', 0o644);
  expect(errorCodeOf(() => readKeyfile(path, false))).toBe('keyfile/readable-by-others');
  await onWindows(() => {
    expect(new TextDecoder().decode(readKeyfile(path, false))).toBe(json);
  });
});

describe('a new keyfile', () => {
  const make = (path: string) => writeProtected({ path, seed, passphrase: undefined });

  test('is whole, though the disk takes a few bytes at a time', async () => {
    const path = join(folder, 'slow.json');
    const { writeSync } = fs;
    const slow = (file: number, bytes: Uint8Array, at: number) =>
      writeSync(file, bytes, at, Math.min(7, bytes.length - at));
    await withFileSystem({ writeSync: slow as typeof writeSync }, () => make(path));
    expect(readFileSync(path, 'latin1')).toBe(json);
  });

  test('does not stay when something else is read back', async () => {
    const path = join(folder, 'liar.json');
    const { fsyncSync, writeSync } = fs;
    let isFirst = true;
    const lying = (file: number) => {
      if (isFirst) writeSync(file, '[8', 0);
      isFirst = false;
      fsyncSync(file);
    };
    await withFileSystem({ fsyncSync: lying }, () =>
      expect(make(path)).rejects.toMatchObject({ code: 'keyfile/unwritable' }),
    );
    expect(existsSync(path)).toBe(false);
  });

  test('does not stay when the disk does not keep it', async () => {
    const path = join(folder, 'lost.json');
    const fsyncSync = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    await withFileSystem({ fsyncSync }, () => expect(make(path)).rejects.toMatchObject({ code: 'keyfile/unwritable' }));
    expect(existsSync(path)).toBe(false);
  });

  test('is written on Windows, where no folder can be synced', async () => {
    const path = join(folder, 'windows.json');
    await onWindows(() => make(path));
    expect(readFileSync(path, 'latin1')).toBe(json);
  });
});

test('a key of nothing but zeros is read as what it is', () => {
  expect(parseKeypair(new TextEncoder().encode('1'.repeat(64)))).toEqual(new Uint8Array(64));
  expect(parseKeypair(new TextEncoder().encode('1'.repeat(63)))).toBeUndefined();
});

test('what nobody foresaw is answered without a word about it', async () => {
  const path = existing('any.json');
  const request = { kind: 'sign', path, allowOpenPermissions: false, messageHash: '' } as const;
  const reply = await answer({ ...request, expected: base58.encode(publicKey), messageBase64: '!' });
  expect(reply).toEqual({ kind: 'crashed' });
});
