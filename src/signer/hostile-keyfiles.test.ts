import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import { armor, generateX25519Identity, identityToRecipient, type Stanza } from 'age-encryption';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ageFile, ageFileFor, keyfileText } from '#test/age-files.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { answer } from './answer.ts';

const PASSPHRASE = 'four words of a song';
const seed = new Uint8Array(32).fill(5);
const keypair = [...seed, ...ed25519.getPublicKey(seed)];
const text = keyfileText(seed);
const BAD = 'keyfile/not-a-keyfile';
const HALVES = 'keyfile/mismatched-halves';
const DAMAGED = 'keyfile/damaged';
const WRONG = 'keyfile/wrong-passphrase';
const NO_KEY = 'keyfile/no-key-inside';
const OTHER_KEY = 'keyfile/not-by-passphrase';
const WORK = 'keyfile/work-factor';

/** Longest a refusal may take, milliseconds: the child that makes it lives ten seconds. */
const AT_MOST_MS = 5_000;

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hostile-'))));
afterAll(() => rmSync(folder, { recursive: true }));

type Case = readonly [name: string, content: string | Uint8Array, code: string];

/** The end of the first so many twentieths. */
const cut = (at: number, { length }: { length: number }) => Math.floor((at * length) / 20);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const replaced = <T>(list: readonly T[], at: number, value: T) =>
  list.map((each, index) => (index === at ? value : each));

function plainCases(): Case[] {
  const array = (numbers: readonly (number | string)[]) => `[${numbers.join(',')}]`;
  const lengths = [...upTo(64), 65, 66, 96, 128].filter((length) => length % 4 !== 1 || length > 60);
  return [
    ...lengths.map((length): Case => [`${length} numbers`, array([...keypair, ...keypair].slice(0, length)), BAD]),
    ...upTo(64).map((at): Case => [`256 at ${at}`, array(replaced(keypair, at, 256)), BAD]),
    ...upTo(64).map((at): Case => [
      `a flipped bit at ${at}`,
      array(replaced(keypair, at, (keypair[at] ?? 0) ^ 1)),
      HALVES,
    ]),
    ...['-1', '1e1', '07', '+7', '0x7', '7.0', '"7"', 'null', '', '７', '[7]', '1 2', 'NaN'].map((value): Case => [
      `“${value}” for a number`,
      array(replaced<number | string>(keypair, 9, value)),
      BAD,
    ]),
    ...upTo(20).map((at): Case => [`cut after ${cut(at, text)} characters`, text.slice(0, cut(at, text)), BAD]),
    ['text behind', `${text},`, BAD],
    ['a zero byte behind', `${text}\0`, BAD],
    ['two arrays', text + text, BAD],
    ['UTF-16', Buffer.from(text, 'utf16le'), BAD],
    ['a byte order mark', `\uFEFF${text}`, BAD],
    ['base58 of 63 bytes', base58.encode(Uint8Array.from(keypair).subarray(1)), BAD],
    ['one byte over 4 KiB', text + ' '.repeat(4097 - text.length), 'keyfile/too-large'],
  ];
}

/** A sound file's header lines and its payload, to be put together anew. */
async function agePieces() {
  const file = Buffer.from(await ageFile(text, PASSPHRASE));
  const end = file.indexOf('\n', file.indexOf('\n---') + 1) + 1;
  const [version = '', stanza = '', body = '', mac = ''] = file.subarray(0, end).toString('latin1').split('\n');
  const [, , salt = ''] = stanza.split(' ');
  const payload = file.subarray(end);
  const put = (lines: readonly string[], rest: Uint8Array = payload) =>
    Buffer.concat([Buffer.from(`${lines.join('\n')}\n`, 'latin1'), rest]);
  return { file, version, stanza, body, mac, salt, payload, put };
}

async function ageCases(): Promise<Case[]> {
  const { file, version, stanza, body, mac, salt, payload, put } = await agePieces();
  const recipient = await identityToRecipient(await generateX25519Identity());
  const withStanza = (line: string, code: string): Case => [
    `the stanza “${line.slice(0, 40)}”`,
    put([version, line, body, mac]),
    code,
  ];
  const foreign = Buffer.from(keypair);
  foreign[40] = (foreign[40] ?? 0) ^ 1;
  const scryptTwice = { wrapFileKey: (): Stanza[] => [{ args: ['scrypt', salt, '2'], body: new Uint8Array(32) }] };
  const inside = async (name: string, content: string | Uint8Array, code: string): Promise<Case> => [
    `${name} inside`,
    await ageFile(content, PASSPHRASE),
    code,
  ];
  return [
    ['another version', put(['age-encryption.org/v2', stanza, body, mac]), BAD],
    ['a longer version', put([`${version}0`, stanza, body, mac]), DAMAGED],
    ['the version alone', `${version}\n`, DAMAGED],
    ['no stanza', put([version, mac]), OTHER_KEY],
    ['no end of the header', put([version, stanza, body], new Uint8Array(0)), DAMAGED],
    ['line ends of Windows', file.toString('latin1').replaceAll('\n', '\r\n'), DAMAGED],
    ['the text form cut', armor.encode(file).slice(0, 90), DAMAGED],
    ['the text form with text behind', `${armor.encode(file)}x`, DAMAGED],
    ...['0', '-1', '2.0', '02', '', '2 ', ' 2', 'x', '1e1', '0x2', '２'].map((factor) =>
      withStanza(`-> scrypt ${salt} ${factor}`, DAMAGED),
    ),
    ...['21', '22', '64', '99999', '9'.repeat(300)].map((factor) => withStanza(`-> scrypt ${salt} ${factor}`, WORK)),
    ...['1', '3', '10', '14'].map((factor) => withStanza(`-> scrypt ${salt} ${factor}`, WRONG)),
    withStanza(`-> scrypt ${salt} 2 2`, DAMAGED),
    withStanza(`-> scrypt ${salt}`, DAMAGED),
    withStanza('-> scrypt', DAMAGED),
    withStanza(`-> scrypt ${salt.slice(0, -2)} 2`, DAMAGED),
    withStanza(`-> scrypt ${salt}== 2`, DAMAGED),
    withStanza(`-> scrypt ${salt.replace(/^./, '*')} 2`, DAMAGED),
    withStanza(`-> SCRYPT ${salt} 2`, OTHER_KEY),
    withStanza(`-> ssh-ed25519 ${salt} 2`, OTHER_KEY),
    withStanza('->', DAMAGED),
    ['a body of 31 bytes', put([version, stanza, body.slice(0, 42), mac]), DAMAGED],
    ['an empty body', put([version, stanza, '', mac]), DAMAGED],
    ['a body of another file', put([version, stanza, (await agePieces()).body, mac]), WRONG],
    ['two scrypt stanzas', put([version, stanza, body, stanza, body, mac]), OTHER_KEY],
    ['another code over the header', put([version, stanza, body, (await agePieces()).mac]), DAMAGED],
    ['no code over the header', put([version, stanza, body, '---']), DAMAGED],
    ['a key as recipient', await ageFileFor(text, recipient), OTHER_KEY],
    ['a key and a passphrase as recipients', await ageFileFor(text, recipient, scryptTwice), OTHER_KEY],
    ['another passphrase', await ageFile(text, `${PASSPHRASE}s`), WRONG],
    ...upTo(20).map((at): Case => [
      `the payload cut to ${cut(at, payload)} bytes`,
      put([version, stanza, body, mac], payload.subarray(0, cut(at, payload))),
      DAMAGED,
    ]),
    ['a byte behind the payload', put([version, stanza, body, mac], Buffer.concat([payload, Buffer.of(0)])), DAMAGED],
    ['the payload twice', put([version, stanza, body, mac], Buffer.concat([payload, payload])), DAMAGED],
    await inside('nothing', '', NO_KEY),
    await inside('words', 'abandon abandon abandon', NO_KEY),
    await inside('base58', base58.encode(Uint8Array.from(keypair)), NO_KEY),
    await inside('63 numbers', JSON.stringify(keypair.slice(1)), NO_KEY),
    await inside('65 numbers', JSON.stringify([...keypair, 1]), NO_KEY),
    await inside('text behind the array', `${text}x`, NO_KEY),
    await inside('two arrays', text + text, NO_KEY),
    await inside('the 64 bytes themselves', Uint8Array.from(keypair), NO_KEY),
    await inside('another encrypted file', await ageFile(text, PASSPHRASE), NO_KEY),
    await inside('halves that do not match', JSON.stringify([...foreign]), HALVES),
    ['more than 4 KiB inside', await ageFile(' '.repeat(4097) + text, PASSPHRASE), 'keyfile/too-large'],
  ];
}

let count = 0;
async function codeOf(content: string | Uint8Array): Promise<string> {
  count += 1;
  const path = join(folder, `${count}`);
  writeFileSync(path, content, { mode: 0o600 });
  return codeAt(path);
}

async function codeAt(path: string): Promise<string> {
  const from = performance.now();
  const passphrase = new TextEncoder().encode(PASSPHRASE);
  const reply = await answer({ kind: 'look', path, allowOpenPermissions: false, passphrase });
  expect(performance.now() - from).toBeLessThan(AT_MOST_MS);
  return reply.kind === 'refused' ? reply.code : reply.kind;
}

describe('a hostile keyfile is refused by its own code, and at once', () => {
  test('in every named case, at least 200 of them', async () => {
    const cases = [...plainCases(), ...(await ageCases())];
    expect(cases.length).toBeGreaterThanOrEqual(200);
    const found: [string, string][] = [];
    for (const [name, content] of cases) found.push([name, await codeOf(content)]);
    expect(found).toEqual(cases.map(([name, , code]) => [name, code]));
  }, 60_000);

  test('when it is no file', async () => {
    const pipe = join(folder, 'pipe');
    const link = join(folder, 'link');
    const directory = join(folder, 'directory');
    execFileSync('mkfifo', ['-m', '600', pipe]);
    mkdirSync(directory);
    writeFileSync(join(folder, 'sound'), await ageFile(text, PASSPHRASE), { mode: 0o600 });
    symlinkSync(join(folder, 'sound'), link);
    for (const path of [pipe, link, directory, '/dev/null', '/dev/zero', '/dev/random']) {
      expect([path, await codeAt(path)]).toEqual([path, 'keyfile/not-a-file']);
    }
    expect(await codeAt(join(folder, 'sound'))).toBe('looked');
  });

  test('with any bit of an encrypted one flipped', async () => {
    const file = await ageFile(text, PASSPHRASE);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length * 8 - 1), async (bit) => {
        const flipped = Uint8Array.from(file);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await codeOf(flipped)).toMatch(/^keyfile\//);
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('with any part of one cut out, doubled or replaced by noise', async () => {
    const plain = new TextEncoder().encode(text);
    const files = [plain, await ageFile(text, PASSPHRASE)];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 1, max: 64 }),
        fc.uint8Array({ maxLength: 64 }),
        async (file, place, length, noise) => {
          const at = place % file.length;
          const changed = Buffer.concat([file.subarray(0, at), noise, file.subarray(at + length)]);
          fc.pre(!changed.equals(file) && changed.toString('latin1').trim() !== text);
          expect(await codeOf(changed)).toMatch(/^keyfile\//);
        },
      ),
      { numRuns: propertyRuns() },
    );
  });

  test('with noise behind the first line of age', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        expect(await codeOf(Buffer.concat([Buffer.from('age-encryption.org/v1\n'), noise]))).toMatch(/^keyfile\//);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
