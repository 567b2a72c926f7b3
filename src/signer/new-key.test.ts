import { Keypair } from '@solana/web3.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from './answer.ts';
import { seedOfWords } from './new-key.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'new-keys-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** First 32 bytes of the published seeds for an empty passphrase. Source: BIP39 reference implementations. */
const VECTORS = [
  [
    'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1',
  ],
  [
    'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong',
    'b6a6d8921942dd9806607ebc2750416b289adea669198769f2e15ed926c3aa92',
  ],
] as const;

const make = (fileName: string, withWords: boolean, typed?: string) =>
  answer({
    kind: 'make',
    targetPath: join(folder, fileName),
    withWords,
    passphrase: typed === undefined ? undefined : new TextEncoder().encode(typed),
  });

describe('a new key', () => {
  test.each(VECTORS)('of the words “%s” is the one solana-keygen makes', (words, expected) => {
    const seed = seedOfWords(words);
    expect(Buffer.from(seed).toString('hex')).toBe(expected);
    expect(Keypair.fromSeed(seed).publicKey.toBytes()).toEqual(ed25519.getPublicKey(seed));
  });

  test('lies in a plain file for its owner alone that the Solana library opens', async () => {
    const reply = await make('plain.json', false);
    if (reply.kind !== 'made') throw new Error(reply.kind);
    const path = join(folder, 'plain.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const bytes = Uint8Array.from(JSON.parse(readFileSync(path, 'utf8')) as number[]);
    expect(Keypair.fromSecretKey(bytes).publicKey.toBase58()).toBe(reply.address);
    expect(reply.words).toHaveLength(0);
  });

  test('comes back from its words, which only those get who ask', async () => {
    const reply = await make('words.json', true);
    if (reply.kind !== 'made') throw new Error(reply.kind);
    const words = new TextDecoder().decode(reply.words);
    expect(words.split(' ')).toHaveLength(12);
    expect(Keypair.fromSeed(seedOfWords(words)).publicKey.toBase58()).toBe(reply.address);
  });

  test('is encrypted under a passphrase, and opens with it', async () => {
    const reply = await make('encrypted.age', false, 'four words of a song');
    if (reply.kind !== 'made') throw new Error(reply.kind);
    const path = join(folder, 'encrypted.age');
    expect(readFileSync(path, 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/);
    const passphrase = new TextEncoder().encode('four words of a song');
    const looked = await answer({ kind: 'look', path, allowOpenPermissions: false, passphrase });
    expect(looked).toEqual({ kind: 'looked', address: reply.address });
  });

  test('never replaces a file', async () => {
    expect(await make('plain.json', false)).toMatchObject({ kind: 'refused', code: 'keyfile/exists' });
  });

  test('is another one every time', async () => {
    const replies = await Promise.all(['a', 'b', 'c'].map((name) => make(`${name}.json`, false)));
    expect(new Set(replies.map((reply) => reply.kind === 'made' && reply.address)).size).toBe(3);
  });
});
