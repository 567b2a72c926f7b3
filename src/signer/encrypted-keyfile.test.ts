import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import { armor, Decrypter } from 'age-encryption';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { ageFile, keyfileText } from '#test/age-files.ts';
import { answer } from './answer.ts';

const PASSPHRASE = 'four words of a söng';
const seed = new Uint8Array(32).fill(11);
const address = base58.encode(ed25519.getPublicKey(seed));
const message = new TextEncoder().encode('the approved bytes');
const utf8 = (text: string) => new TextEncoder().encode(text);

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'encrypted-'))));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(content: string | Uint8Array): string {
  count += 1;
  const path = join(folder, `key-${count}.age`);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const look = (path: string, typed?: string) =>
  answer({
    kind: 'look',
    path,
    allowOpenPermissions: false,
    passphrase: typed === undefined ? undefined : utf8(typed),
  });

const sign = (path: string, typed: string) =>
  answer({
    kind: 'sign',
    path,
    allowOpenPermissions: false,
    passphrase: utf8(typed),
    expected: address,
    messageHash: messageHashOf(message),
    messageBase64: base64.encode(message),
  });

/** A passphrase is slow to try on purpose: a second and more each, without a second core to help. */
const SLOW = { timeout: 90_000 };

describe('an encrypted keyfile', SLOW, () => {
  test('is opened by its passphrase, as age writes it and as its text form', async () => {
    const file = await ageFile(keyfileText(seed), PASSPHRASE);
    expect(await look(fileWith(file), PASSPHRASE)).toEqual({ kind: 'looked', address });
    expect(await look(fileWith(armor.encode(file)), PASSPHRASE)).toEqual({ kind: 'looked', address });
  });

  test('signs the approved bytes', async () => {
    const reply = await sign(fileWith(await ageFile(keyfileText(seed), PASSPHRASE)), PASSPHRASE);
    if (reply.kind !== 'signed') throw new Error(reply.kind);
    expect(ed25519.verify(base64.decode(reply.signatureBase64), message, ed25519.getPublicKey(seed))).toBe(true);
  });

  test('signs nothing without its passphrase or with another', async () => {
    const path = fileWith(await ageFile(keyfileText(seed), PASSPHRASE));
    expect(await look(path)).toMatchObject({ code: 'keyfile/needs-passphrase' });
    expect(await sign(path, '')).toMatchObject({ code: 'keyfile/needs-passphrase' });
    for (const typed of [PASSPHRASE.toUpperCase(), `${PASSPHRASE} `, PASSPHRASE.slice(1), 'x']) {
      expect(await sign(path, typed)).toMatchObject({ kind: 'refused', code: 'keyfile/wrong-passphrase' });
    }
  });

  test('that others can read is refused like a plain one', async () => {
    const path = fileWith(await ageFile(keyfileText(seed), PASSPHRASE));
    chmodSync(path, 0o644);
    expect(await look(path, PASSPHRASE)).toMatchObject({ code: 'keyfile/readable-by-others' });
  });

  test('leaves no passphrase in the request that was answered, whatever the answer', async () => {
    const path = fileWith(await ageFile(keyfileText(seed), PASSPHRASE));
    for (const typed of [PASSPHRASE, 'wrong']) {
      const passphrase = utf8(typed);
      await answer({ kind: 'look', path, allowOpenPermissions: false, passphrase });
      expect([...passphrase].every((byte) => byte === 0)).toBe(true);
    }
  });
});

const encrypt = (path: string, targetPath: string, expected = address) =>
  answer({
    kind: 'encrypt',
    path,
    allowOpenPermissions: false,
    expected,
    targetPath,
    passphrase: utf8(PASSPHRASE),
  });

describe('encrypting a keyfile', SLOW, () => {
  test('writes a second file for its owner alone, which age opens, and leaves the first', async () => {
    const path = fileWith(keyfileText(seed));
    const targetPath = join(folder, 'new.age');
    expect(await encrypt(path, targetPath)).toEqual({ kind: 'encrypted', address });
    expect(readFileSync(path, 'utf8')).toBe(keyfileText(seed));
    expect(statSync(targetPath).mode & 0o777).toBe(0o600);
    expect(await look(targetPath, PASSPHRASE)).toEqual({ kind: 'looked', address });
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSPHRASE);
    expect(await decrypter.decrypt(readFileSync(targetPath), 'text')).toBe(keyfileText(seed));
  });

  test('never replaces a file and leaves none behind when it is refused', async () => {
    const taken = fileWith('precious');
    const before = readdirSync(folder).length;
    const path = fileWith(keyfileText(seed));
    expect(await encrypt(path, taken)).toMatchObject({ code: 'keyfile/exists' });
    expect(readFileSync(taken, 'utf8')).toBe('precious');
    expect(await encrypt(path, join(folder, 'gone', 'x.age'))).toMatchObject({ code: 'keyfile/unwritable' });
    const foreign = base58.encode(new Uint8Array(32));
    expect(await encrypt(path, join(folder, 'x.age'), foreign)).toMatchObject({ code: 'keyfile/foreign-key' });
    expect(readdirSync(folder)).toHaveLength(before + 1);
  });
});
