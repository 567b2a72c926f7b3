#!/usr/bin/env node
/**
 * Prints what a signer has to compare: message hash, signers and fee payer of a Solana transaction or message, read from its bytes.
 * One file without dependencies, to be copied to a machine of its own; it needs Node 20 or newer and nothing else, and it shares no
 * code with the app.
 *
 *   node print-transaction.mjs FILE        the file holds base64 or base58
 *   node print-transaction.mjs -           the same from standard input
 *   --encoding base64|base58               when the text can be read as both
 *   --as transaction|message               when the bytes can be read as both
 *
 * Ends with 0 when the bytes are sound and no signature is wrong (missing ones are named), with 1 and a reason otherwise.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Bytes a wire transaction may have: one IPv6 packet. Source: Solana SDK, `PACKET_DATA_SIZE`. */
const MAX_TRANSACTION_BYTES = 1232;
/** More text than a transaction can need in either encoding. */
const MAX_TEXT_BYTES = 16_384;
const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
/** An account index is one byte. */
const MAX_KEYS = 256;
/** Set on the first byte of a versioned message; the other seven bits are the version. */
const VERSION_BIT = 0x80;

const SYSTEM_PROGRAM = '11111111111111111111111111111111';
/** `SystemInstruction::AdvanceNonceAccount`, u32 little-endian. */
const ADVANCE_NONCE = [4, 0, 0, 0];

/** Programs every cluster has at fixed addresses, and the public deployment of the run programs. */
const PROGRAM_NAMES = new Map([
  [SYSTEM_PROGRAM, 'System'],
  ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 'Token'],
  ['TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb', 'Token-2022'],
  ['ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL', 'Associated Token Account'],
  ['ComputeBudget111111111111111111111111111111', 'Compute Budget'],
  ['MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr', 'Memo'],
  ['4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7', 'Psyche coordinator'],
  ['EnU7DRx5az5YWxaxgqEGbXSYtudcfnjXewyBRRZCjJPw', 'Psyche treasurer'],
  ['PsyAUmhpmiUouWsnJdNGFSX8vZ6rWjXjgDPHsgqPGyw', 'Psyche authorizer'],
]);

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** What is wrong with the input, in words for the person who runs this. */
export class Refused extends Error {}

function refuse(reason) {
  throw new Refused(reason);
}

export function encodeBase58(bytes) {
  const digits = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index += 1) {
      carry += digits[index] * 256;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let text = '';
  for (let index = 0; bytes[index] === 0; index += 1) text += BASE58[0];
  return (
    text +
    digits
      .toReversed()
      .map((digit) => BASE58[digit])
      .join('')
  );
}

/** `undefined` for text that is not base58. */
function decodeBase58(text) {
  const bytes = [];
  for (const letter of text) {
    let carry = BASE58.indexOf(letter);
    if (carry < 0) return undefined;
    for (let index = 0; index < bytes.length; index += 1) {
      carry += bytes[index] * 58;
      bytes[index] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  for (let index = 0; text[index] === BASE58[0]; index += 1) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
}

/** `undefined` for text that is not base64 in its one form: padded, nothing in the unused bits. */
function decodeBase64(text) {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? Uint8Array.from(bytes) : undefined;
}

function createReader(bytes) {
  let at = 0;
  function take(count, what) {
    if (count > bytes.length - at) {
      refuse(`the bytes end too early: ${what} at byte ${at} needs ${count} bytes, ${bytes.length - at} are left`);
    }
    at += count;
    return bytes.subarray(at - count, at);
  }
  return {
    take,
    u8: (what) => take(1, what)[0],
    /** A length of 1 to 3 bytes, 7 bits each, in its shortest form. */
    length(what) {
      const start = at;
      let value = 0;
      for (let shift = 0; shift <= 14; shift += 7) {
        const [byte] = take(1, what);
        const isLast = (byte & 0x80) === 0;
        if ((isLast && byte === 0 && shift > 0) || (shift === 14 && byte > 0x03)) {
          refuse(`${what} at byte ${start} is not written in its one allowed form`);
        }
        value |= (byte & 0x7f) << shift;
        if (isLast) return value;
      }
      return value;
    },
    remaining: () => bytes.length - at,
  };
}

function times(count, read) {
  const items = [];
  for (let index = 0; index < count; index += 1) items.push(read(index));
  return items;
}

/** Message bytes to what they say, every byte or none. Throws `Refused`. */
function readMessage(bytes) {
  const [first] = bytes;
  if (first === undefined) refuse('there is no message');
  if (first === 0xff) refuse('these bytes are marked as an off-chain message, not a transaction');
  if (first > VERSION_BIT) refuse(`this is a version ${first & 0x7f} message; only legacy and version 0 are read`);
  const version = first === VERSION_BIT ? 0 : 'legacy';
  const reader = createReader(bytes);
  if (version === 0) reader.u8('the version');
  const required = reader.u8('the number of signers');
  const readonlySigned = reader.u8('the number of read-only signers');
  const readonlyUnsigned = reader.u8('the number of read-only accounts');
  const keys = times(reader.length('the number of accounts'), () => encodeBase58(reader.take(KEY_BYTES, 'an account')));
  const blockhash = encodeBase58(reader.take(KEY_BYTES, 'the blockhash'));
  const instructions = times(reader.length('the number of instructions'), (index) => {
    const what = `instruction ${index + 1}`;
    const programIndex = reader.u8(what);
    const accountIndexes = [...reader.take(reader.length(what), what)];
    const data = reader.take(reader.length(what), what);
    return { programIndex, accountIndexes, data };
  });
  const lookups =
    version === 'legacy'
      ? []
      : times(reader.length('the number of lookup tables'), () => ({
          table: encodeBase58(reader.take(KEY_BYTES, 'a lookup table')),
          writable: [...reader.take(reader.length('a lookup table'), 'a lookup table')],
          readonly: [...reader.take(reader.length('a lookup table'), 'a lookup table')],
        }));
  if (reader.remaining() > 0) refuse(`${reader.remaining()} bytes follow the end of the message`);
  const message = { version, required, readonlySigned, readonlyUnsigned, keys, blockhash, instructions, lookups };
  checkRules(message);
  return message;
}

/** What the network checks before it runs anything. Source: Solana SDK, `sanitize`. */
function checkRules({ required, readonlySigned, readonlyUnsigned, keys, instructions, lookups }) {
  if (required === 0) refuse('nobody has to sign it, so nobody pays for it');
  if (readonlySigned >= required) refuse('the fee payer is marked read-only');
  if (required + readonlyUnsigned > keys.length) refuse('the header speaks of more accounts than there are');
  if (new Set(keys).size !== keys.length) refuse('an account is listed twice');
  if (lookups.some(({ writable, readonly }) => writable.length + readonly.length === 0)) {
    refuse('a lookup table is named and nothing is taken from it');
  }
  const all = lookups.reduce((sum, { writable, readonly }) => sum + writable.length + readonly.length, keys.length);
  if (all > MAX_KEYS) refuse(`it names ${all} accounts; the network takes ${MAX_KEYS}`);
  for (const [index, { programIndex, accountIndexes }] of instructions.entries()) {
    const wrong = [programIndex, ...accountIndexes].find((each) => each >= all);
    if (wrong !== undefined) refuse(`instruction ${index + 1} names account ${wrong} of ${all}`);
    if (programIndex === 0) refuse(`instruction ${index + 1} calls the fee payer as a program`);
    if (programIndex >= keys.length) refuse(`the program of instruction ${index + 1} comes from a lookup table`);
  }
}

/** Wire bytes to signatures and message. Throws `Refused`. */
function readTransaction(bytes) {
  const reader = createReader(bytes);
  const count = reader.length('the number of signatures');
  const signatures = times(count, () => reader.take(SIGNATURE_BYTES, 'a signature'));
  const messageBytes = reader.take(reader.remaining(), 'the message');
  const message = readMessage(messageBytes);
  if (count !== message.required) refuse(`it carries ${count} signatures and needs ${message.required}`);
  return { kind: 'transaction', signatures, messageBytes, message };
}

function readBareMessage(bytes) {
  const message = readMessage(bytes);
  return { kind: 'message', signatures: undefined, messageBytes: bytes, message };
}

const READERS = { transaction: readTransaction, message: readBareMessage };
const DECODERS = { base64: decodeBase64, base58: decodeBase58 };

/**
 * Text to its one reading. Text or bytes that can be read in two ways are refused until `encoding` and `as` say which is meant: a
 * signer must not compare the hash of something else. Throws `Refused`.
 */
export function readText(text, { encoding, as } = {}) {
  const packed = text.replaceAll(/\s+/g, '');
  if (packed === '') refuse('there is nothing to read');
  const found = [];
  const reasons = [];
  const kinds = as === undefined ? Object.keys(READERS) : [as];
  for (const name of encoding === undefined ? Object.keys(DECODERS) : [encoding]) {
    const bytes = packed.length > MAX_TEXT_BYTES ? undefined : DECODERS[name](packed);
    if (bytes === undefined) continue;
    if (bytes.length > MAX_TRANSACTION_BYTES) {
      reasons.push(`${name}: ${bytes.length} bytes; a transaction has at most ${MAX_TRANSACTION_BYTES}`);
      continue;
    }
    for (const kind of kinds) {
      try {
        const reading = READERS[kind](bytes);
        const { messageBytes, message } = reading;
        const size = (message.required > 0x7f ? 2 : 1) + message.required * SIGNATURE_BYTES + messageBytes.length;
        if (size > MAX_TRANSACTION_BYTES)
          refuse(`with its signatures it has ${size} bytes; the network takes ${MAX_TRANSACTION_BYTES}`);
        found.push({ ...reading, encoding: name, size });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        reasons.push(`${name}, as a ${kind}: ${error.message}`);
      }
    }
  }
  if (found.length > 1) {
    const ways = found.map((one) => `${one.encoding}, a ${one.kind}`).join('; ');
    refuse(`it can be read in more than one way (${ways}); say which with --encoding and --as`);
  }
  const [only] = found;
  return only ?? refuse(reasons.length === 0 ? 'it is neither base64 nor base58' : reasons.join('\n  '));
}

/** `missing`: a signature not yet given is 64 zero bytes. */
function judge(signature, key, messageBytes) {
  if (signature === undefined || signature.every((byte) => byte === 0)) return 'missing';
  try {
    const x = Buffer.from(decodeBase58(key)).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, messageBytes, publicKey, signature) ? 'valid' : 'wrong';
  } catch {
    return 'wrong';
  }
}

/** Everything that is printed, as data. */
export function describe({ kind, encoding, size, signatures, messageBytes, message }) {
  const { version, required, readonlySigned, readonlyUnsigned, keys, blockhash, instructions, lookups } = message;
  const messageHash = encodeBase58(createHash('sha256').update(messageBytes).digest());
  const isWritable = (index) =>
    index < required ? index < required - readonlySigned : index < keys.length - readonlyUnsigned;
  const [first] = instructions;
  const nonceIndex = first?.accountIndexes[0];
  const hasNonce =
    nonceIndex !== undefined &&
    keys[first.programIndex] === SYSTEM_PROGRAM &&
    ADVANCE_NONCE.every((byte, index) => first.data[index] === byte) &&
    nonceIndex < keys.length &&
    isWritable(nonceIndex);
  return {
    kind,
    encoding,
    version,
    size,
    messageBytes: messageBytes.length,
    messageHash,
    groups: messageHash.match(/.{1,4}/g).join(' '),
    feePayer: keys[0],
    blockhash,
    nonceAccount: hasNonce ? keys[nonceIndex] : undefined,
    signers: keys.slice(0, required).map((address, index) => ({
      address,
      isWritable: isWritable(index),
      signature: kind === 'message' ? 'none' : judge(signatures[index], address, messageBytes),
    })),
    instructions: instructions.map(({ programIndex, accountIndexes, data }) => ({
      program: keys[programIndex],
      accounts: accountIndexes.length,
      dataBytes: data.length,
    })),
    tables: lookups.map(({ table, writable, readonly }) => ({ table, accounts: writable.length + readonly.length })),
  };
}

const SIGNATURE_WORDS = {
  none: '',
  valid: 'signature verifies',
  wrong: 'SIGNATURE DOES NOT VERIFY',
  missing: 'signature missing',
};

/** The lines a person reads. */
export function toLines(facts) {
  const { kind, version, size, messageHash, groups, feePayer, blockhash, nonceAccount } = facts;
  const form = version === 'legacy' ? 'legacy' : `version ${version}`;
  return [
    `${kind === 'transaction' ? 'Transaction' : 'Message without signatures'}, ${form}, ${size} of ${MAX_TRANSACTION_BYTES} bytes with its signatures`,
    '',
    `Message hash  ${messageHash}`,
    `in groups     ${groups}`,
    '',
    `Fee payer     ${feePayer}`,
    ...(nonceAccount === undefined
      ? [`Blockhash     ${blockhash}`]
      : [`Nonce         ${blockhash}`, `of account    ${nonceAccount}: it stays usable until that nonce moves`]),
    '',
    `Signers       ${facts.signers.length}`,
    ...facts.signers.map(({ address, isWritable, signature }, index) =>
      [`  ${index + 1}. ${address}`, isWritable ? 'writable' : 'read-only', SIGNATURE_WORDS[signature]]
        .filter(Boolean)
        .join('  '),
    ),
    '',
    `Instructions  ${facts.instructions.length}`,
    ...facts.instructions.map(({ program, accounts, dataBytes }, index) => {
      const name = PROGRAM_NAMES.get(program);
      return `  ${index + 1}. ${program}  ${name === undefined ? '' : `(${name})  `}${dataBytes} bytes of data, ${accounts} accounts`;
    }),
    ...(facts.tables.length === 0
      ? []
      : ['', 'Lookup tables: the signatures do not cover which accounts come from them']),
    ...facts.tables.map(({ table, accounts }, index) => `  ${index + 1}. ${table}  ${accounts} accounts`),
  ];
}

/** At most so many bytes of a file, or of standard input for `-`. Throws `Refused`. */
function readInput(path) {
  const file = path === '-' ? 0 : openSync(path, 'r');
  try {
    if (path !== '-' && !fstatSync(file).isFile()) refuse(`${path} is not a file`);
    const buffer = Buffer.alloc(MAX_TEXT_BYTES + 1);
    let length = 0;
    for (;;) {
      const count = readSync(file, buffer, length, buffer.length - length, null);
      length += count;
      if (length > MAX_TEXT_BYTES) refuse(`it has more than ${MAX_TEXT_BYTES} bytes: no transaction is that long`);
      if (count === 0) return buffer.subarray(0, length).toString('latin1');
    }
  } finally {
    if (path !== '-') closeSync(file);
  }
}

function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { encoding: { type: 'string' }, as: { type: 'string' } },
  });
  if (positionals.length !== 1)
    refuse('usage: node print-transaction.mjs FILE|- [--encoding base64|base58] [--as transaction|message]');
  if (values.encoding !== undefined && !Object.hasOwn(DECODERS, values.encoding))
    refuse('--encoding is base64 or base58');
  if (values.as !== undefined && !Object.hasOwn(READERS, values.as)) refuse('--as is transaction or message');
  return { path: positionals[0], ...values };
}

/** Prints to these, and answers with the exit code. */
function main(args) {
  try {
    const { path, ...how } = readArguments(args);
    const facts = describe(readText(readInput(path), how));
    process.stdout.write(`${toLines(facts).join('\n')}\n`);
    const wrong = facts.signers.filter(({ signature }) => signature === 'wrong');
    if (wrong.length === 0) return 0;
    process.stderr.write(
      `refused: ${wrong.map(({ address }) => address).join(', ')}: the signature is not one over this message\n`,
    );
    return 1;
  } catch (error) {
    process.stderr.write(`refused: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

const started = process.argv[1];
if (started !== undefined && import.meta.url === pathToFileURL(realpathSync(started)).href) {
  process.exitCode = main(process.argv.slice(2));
}
