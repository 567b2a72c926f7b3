import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { formatHash } from '#core/solana/message-hash.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { instructionOf, readInstructionVectors } from '#test/builders/vector-instructions.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { describe as factsOf, encodeBase58, Refused, readText, toLines } from './print-transaction.mjs';

const SCRIPT = 'scripts/print-transaction.mjs';

type LedgerCase = { readonly name: string; readonly message_base64: string };

/** Longer data leaves no room for the rest of a transaction, hex digits. */
const MAX_DATA_HEX = 1_800;

/** Every message of the fixtures: recorded instructions in both forms, and those a Ledger was shown. */
const MESSAGES: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ...readInstructionVectors()
    .filter(({ dataHex }) => dataHex.length <= MAX_DATA_HEX)
    .flatMap((vector) =>
      (['legacy', 0] as const).map(
        (version) =>
          [`${vector.name} ${version}`, someMessage({ instructions: [instructionOf(vector)], version })] as const,
      ),
    ),
  ...(JSON.parse(readFileSync('test/fixtures/ledger/messages.json', 'utf8')) as { cases: LedgerCase[] }).cases.map(
    ({ name, message_base64: text }) => [`ledger ${name}`, base64.decode(text)] as const,
  ),
];

/** Those core takes as well: the gate decides what a transaction is. */
const SOUND = MESSAGES.filter(([, bytes]) => coreTakes(() => passCanonicalGate(bytes)));

function coreTakes(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (cause) {
    if (isAppError(cause)) return false;
    throw cause;
  }
}

/** What the script makes of bytes, or that it refused them. Any other error fails the test. */
function scriptReads(bytes: Uint8Array, as: 'transaction' | 'message') {
  try {
    return factsOf(readText(base64.encode(bytes), { encoding: 'base64', as }));
  } catch (cause) {
    if (cause instanceof Refused) return undefined;
    throw cause;
  }
}

const SECRETS = [1, 2].map((fill) => new Uint8Array(32).fill(fill));
const [payer = '', other = ''] = SECRETS.map((secret) => addressFromBytes(ed25519.getPublicKey(secret)));
const twoSigned = someMessage({ payer, instructions: [someInstruction(someAddress(5), [[other, 's']], [1, 2, 3])] });
const signatures = SECRETS.map((secret) => ed25519.sign(twoSigned, secret));
const signed = encodeTransaction(signatures, twoSigned);

test('there are enough messages to compare with', () => {
  expect(SOUND.length).toBeGreaterThan(60);
});

test.each(SOUND)('says the same as the app about %s', (_name, bytes) => {
  const facts = scriptReads(bytes, 'message');
  const review = summarize(bytes, { own: [] });
  expect(facts).toMatchObject({
    messageHash: review.messageHash,
    groups: formatHash(review.messageHash),
    version: review.version,
    size: review.sizeBytes,
    feePayer: review.feePayer,
    signers: review.signers.map(({ address, isWritable }) => ({ address, isWritable })),
    instructions: review.instructions.map(({ program, accounts, dataHex }) => ({
      program: program.address,
      accounts: accounts.length,
      dataBytes: dataHex.length / 2,
    })),
    tables: review.lookups.map(({ table }) => ({ table })),
  });
  const { lifetime } = review;
  expect(facts?.blockhash).toBe(lifetime.kind === 'nonce' ? lifetime.nonce : lifetime.blockhash);
  expect(facts?.nonceAccount).toBe(lifetime.kind === 'nonce' ? lifetime.nonceAccount : undefined);
});

test('a Ledger and the script print the same hash', () => {
  const file = JSON.parse(readFileSync('test/fixtures/ledger/messages.json', 'utf8')) as {
    cases: (LedgerCase & { device_message_hash?: string })[];
  };
  const sound = new Set(SOUND.map(([name]) => name));
  const shown = file.cases.filter(
    ({ name, device_message_hash: hash }) => hash !== undefined && sound.has(`ledger ${name}`),
  );
  expect(shown.length).toBeGreaterThan(0);
  for (const { message_base64: text, device_message_hash: hash } of shown) {
    expect(scriptReads(base64.decode(text), 'message')?.messageHash).toBe(hash);
  }
});

describe('signatures', () => {
  test('are told apart: verified, missing, wrong', () => {
    const words = (list: readonly Uint8Array[]) =>
      scriptReads(encodeTransaction(list, twoSigned), 'transaction')?.signers.map(({ signature }) => signature);
    const [first = new Uint8Array(64), second = first] = signatures;
    expect(words([first, second])).toEqual(['valid', 'valid']);
    expect(words([first, new Uint8Array(64)])).toEqual(['valid', 'missing']);
    expect(words([second, first])).toEqual(['wrong', 'wrong']);
  });

  test('no flipped bit of a signed transaction goes unnoticed', () => {
    const sound = scriptReads(signed, 'transaction');
    for (let bit = 0; bit < signed.length * 8; bit += propertyRuns() > 200 ? 1 : 7) {
      const flipped = Uint8Array.from(signed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const facts = scriptReads(flipped, 'transaction');
      expect(facts?.signers.some(({ signature }) => signature === 'wrong') ?? true).toBe(true);
      expect(facts).not.toEqual(sound);
    }
  });
});

describe('hostile input', () => {
  test('is refused exactly where the app refuses it, in words', () => {
    const base = SOUND.map(([, bytes]) => bytes);
    const mutated = fc
      .tuple(
        fc.constantFrom(...base),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([bytes, changes, grow]) => {
        const copy = new Uint8Array(Math.max(0, bytes.length + grow));
        copy.set(bytes.subarray(0, copy.length));
        for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 1300 }), mutated), (bytes) => {
        expect(scriptReads(bytes, 'message') !== undefined).toBe(coreTakes(() => passCanonicalGate(bytes)));
        expect(scriptReads(bytes, 'transaction') !== undefined).toBe(coreTakes(() => decodeTransaction(bytes)));
      }),
      { numRuns: propertyRuns() * 5 },
    );
  });

  test('of any text is refused or read, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          toLines(factsOf(readText(text)));
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refused);
        }
      }),
      { numRuns: propertyRuns() },
    );
  });

  test.each([
    ['trailing bytes', Uint8Array.of(...twoSigned, 0), 'follow the end of the message'],
    ['a version 1 message', Uint8Array.of(0x81, ...twoSigned), 'version 1'],
    ['an off-chain message', Uint8Array.of(0xff, ...twoSigned), 'off-chain'],
    [
      'too few signatures',
      Uint8Array.of(1, ...(signatures[0] ?? []), ...twoSigned),
      'carries 1 signatures and needs 2',
    ],
    ['a long way to write a length', Uint8Array.of(0x82, 0, ...signed.subarray(1)), 'one allowed form'],
    ['more than a packet', new Uint8Array(1233), 'at most 1232'],
  ])('%s', (_name, bytes, reason) => {
    expect(() => readText(base64.encode(bytes), { encoding: 'base64' })).toThrow(reason);
  });
});

test('base58 is written as everybody writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(encodeBase58(bytes)).toBe(base58.encode(bytes));
    }),
    { numRuns: propertyRuns() },
  );
});

describe('on a machine of its own', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'print-transaction-'));
    copyFileSync(SCRIPT, join(folder, 'print-transaction.mjs'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, ['print-transaction.mjs', ...args], { cwd: folder, input, encoding: 'utf8' });

  test('prints hash, signers and programs of a file and of standard input alike', () => {
    writeFileSync(join(folder, 'signed.txt'), `${base64.encode(signed)}\n`);
    const { status, stdout, stderr } = run(['signed.txt']);
    expect([status, stderr]).toEqual([0, '']);
    const { messageHash } = summarize(twoSigned, { own: [] });
    expect(stdout).toContain(`Message hash  ${messageHash}\nin groups     ${formatHash(messageHash)}\n`);
    expect(stdout).toContain(
      `  1. ${payer}  writable  signature verifies\n  2. ${other}  read-only  signature verifies\n`,
    );
    expect(stdout).toContain(`${someAddress(5)}  3 bytes of data, 1 accounts`);
    expect(run(['-'], base64.encode(signed)).stdout).toBe(stdout);
    expect(run(['-'], base58.encode(signed)).stdout).toBe(stdout);
  });

  test.each([
    ['nothing', ['-'], '', 'nothing to read'],
    ['no text of either kind', ['-'], '!!!', 'neither base64 nor base58'],
    ['a missing file', ['missing.txt'], '', 'no such file'],
    ['a folder', ['.'], '', 'not a file'],
    ['a long text', ['-'], 'A'.repeat(20_000), 'no transaction is that long'],
    ['no argument', [], '', 'usage'],
    ['an unknown option', ['-', '--format', 'x'], '', '--format'],
    ['an unknown encoding', ['-', '--encoding', 'hex'], '', 'base64 or base58'],
    [
      'a signature of somebody else',
      ['-'],
      base64.encode(encodeTransaction(signatures.toReversed(), twoSigned)),
      'not one over this message',
    ],
  ])('ends with 1 and a reason for %s', (_name, args, input, reason) => {
    const { status, stderr } = run(args, input);
    expect(status).toBe(1);
    expect(stderr).toContain('refused: ');
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('needs nothing but Node', () => {
    const imports = [...readFileSync(SCRIPT, 'utf8').matchAll(/from '([^']+)'/g)].map(([, name = '']) => name);
    expect(imports.length).toBeGreaterThan(0);
    for (const name of imports) expect(builtinModules).toContain(name.replace(/^node:/, ''));
  });
});

test('a durable nonce is named as one', () => {
  const nonceAccount = someAddress(20);
  const advance = someInstruction(
    '11111111111111111111111111111111',
    [[nonceAccount, 'w'], [someAddress(21)], [payer, 's']],
    le(4, 4),
  );
  const facts = scriptReads(someMessage({ payer, instructions: [advance] }), 'message');
  expect(facts?.nonceAccount).toBe(nonceAccount);
  expect(facts && toLines(facts).join('\n')).toContain('until that nonce moves');
});
