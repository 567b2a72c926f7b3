import { base58, base64, base64url, hex } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { DROPPED, dropSecrets } from './drop-secrets.ts';
import { readCommandLine } from './read-command-line.ts';

const ADDRESS = '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7';

/** A key in every form it is seen in. */
const ENCODINGS: Readonly<Record<string, (key: Uint8Array) => string>> = {
  'a keyfile': (key) => `[${[...key].join(',')}]`,
  'a keyfile on many lines': (key) => `[\n  ${[...key].join(',\n  ')}\n]`,
  'numbers and blanks': (key) => [...key].join(' '),
  base58: (key) => base58.encode(key),
  base64: (key) => base64.encode(key),
  'base64 for URLs': (key) => base64url.encode(key),
  hex: (key) => hex.encode(key),
  'hex in capitals': (key) => hex.encode(key).toUpperCase(),
  'hex with colons': (key) => [...key].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
  'hex bytes of a program': (key) => [...key].map((byte) => `0x${byte.toString(16)}`).join(', '),
};

/** Where people leave one. */
const PLACES: Readonly<Record<string, (secret: string) => string>> = {
  alone: (secret) => secret,
  'a variable before the command': (secret) => `RAW_WALLET_PRIVATE_KEY='${secret}' run-manager list-runs`,
  'a variable without quotes': (secret) => `RAW_WALLET_PRIVATE_KEY=${secret} run-manager list-runs`,
  'an exported variable': (secret) => `export RAW_WALLET_PRIVATE_KEY="${secret}"\nrun-manager list-runs`,
  'a variable of docker': (secret) => `docker run -e "RAW_WALLET_PRIVATE_KEY=${secret}" x run-manager list-runs`,
  'the place of a path': (secret) => `run-manager close-run -r atlas -w "${secret}"`,
  'the run id': (secret) => `run-manager close-run --run-id="${secret}"`,
  'an unknown flag': (secret) => `run-manager close-run -r atlas --private-key "${secret}"`,
  'the name of a flag': (secret) => `run-manager close-run -r atlas --${secret}`,
  'a word left over': (secret) => `run-manager close-run -r atlas ${secret}`,
  'a comment': (secret) => `run-manager close-run -r atlas # ${secret}`,
  'a substitution': (secret) => `run-manager close-run -r "$(echo '${secret}')"`,
  'a fill-in': (secret) => `run-manager close-run -r [${secret}]`,
  'the endpoint': (secret) => `run-manager close-run -r atlas --rpc "https://rpc.example.org/${secret}"`,
  'a description': (secret) => `run-manager update-config -r atlas --description "key: ${secret} end"`,
};

const keys = fc.uint8Array({ minLength: 64, maxLength: 64 }).filter((key) => new Set(key).size > 20);

describe('a key', () => {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    test(`as ${encoding} is in nothing that comes out, wherever it stood`, () => {
      fc.assert(
        fc.property(keys, fc.constantFrom(...Object.keys(PLACES)), (key, place) => {
          const secret = encode(key);
          const text = PLACES[place]?.(secret) ?? '';
          const reading = readCommandLine(text);
          const out = JSON.stringify(reading);
          const numbers = encoding.includes('numbers') || encoding.includes('keyfile');
          // Any piece of it long enough to tell it from chance.
          for (let at = 0; at + 12 <= secret.length; at += 6) {
            const piece = secret.slice(at, at + (numbers ? 24 : 12));
            if (piece.length >= 12) expect(out, place).not.toContain(JSON.stringify(piece).slice(1, -1));
          }
          expect(reading.secrets, place).toBeGreaterThan(0);
        }),
        { numRuns: propertyRuns() },
      );
    });
  }

  test('put together from quotes and continued lines is dropped all the same', () => {
    const key = base58.encode(Uint8Array.from({ length: 64 }, (_, index) => (index * 37) % 256));
    const halves = `${key.slice(0, 40)}""${key.slice(40)}`;
    for (const text of [
      `run-manager close-run -r ${halves}`,
      `run-manager close-run -r ${key.slice(0, 40)}\\\n${key.slice(40)}`,
    ]) {
      const out = JSON.stringify(readCommandLine(text));
      expect(out).not.toContain(key.slice(0, 40));
      expect(out).not.toContain(key.slice(40));
      expect(readCommandLine(text).secrets).toBe(1);
    }
  });
});

describe('what is no secret stays', () => {
  test.each([
    `run-manager can-join -r atlas --address ${ADDRESS}`,
    `run-manager create-run -r atlas -c sha256:${'ab12'.repeat(16)}`,
    'run-manager update-config -r atlas --description "Trains 7 B parameters on 3 sites, 2 rounds each"',
    'run-manager close-run -r atlas -w /home/operator/keys/production/main-authority/2026/keypair.json',
    'run-manager close-run --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]',
    'export WALLET_PRIVATE_KEY_PATH=~/.config/solana/id.json',
  ])('%s', (text) => {
    expect(dropSecrets(text)).toEqual({ text, dropped: 0 });
  });

  test('a password is dropped by its name, up to where it ends', () => {
    expect(dropSecrets('PASSWORD="a b" run-manager list-runs').text).toBe(`PASSWORD=${DROPPED} run-manager list-runs`);
    expect(dropSecrets('--rpc "https://x.example/?api-key=abc" --run-id atlas').text).toBe(
      `--rpc "https://x.example/?api-key=${DROPPED}" --run-id atlas`,
    );
  });
});
