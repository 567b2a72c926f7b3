import type { Defect } from './defect.ts';
import { seeded } from './seeded.ts';

const CORE = 'src/core';

/** In how bytes are read and written: codec and gate. */
export const BYTES: readonly Defect[] = [
  ...seeded('codec', `${CORE}/codec/borsh-read.ts`, `${CORE}/codec/instruction-codec.test.ts`, [
    [
      'one byte behind the arguments is let through',
      'extra > 0 && !allowTrailing',
      'extra > 1 && !allowTrailing',
      "instruction vectors 'coordinator.tick/plain': a byte too many is refused",
    ],
    [
      'an option is some for every tag but 0',
      'if (tag !== 1) refuse',
      'if (tag < 1) refuse',
      'refusals reading an option tag of 2',
    ],
    [
      'a FixedVec may claim one more than it holds',
      'if (length > BigInt(capacity)) {',
      'if (length > BigInt(capacity) + 1n) {',
      'refusals a FixedVec that claims more than it holds',
    ],
  ]),
  ...seeded('codec', `${CORE}/codec/leaf.ts`, `${CORE}/codec/instruction-codec.test.ts`, [
    [
      'bytes behind the end of a fixed text stay unseen',
      'i < at + shape.length; i++) {',
      'i < at + 1; i++) {',
      'refusals reading text hidden behind a NUL',
    ],
    ['a bool of 2 is true', 'if (value > 1) refuse', 'if (value > 2) refuse', 'refusals reading a bool of 2'],
  ]),
  ...seeded('codec', `${CORE}/codec/values.ts`, `${CORE}/codec/other-shapes.test.ts`, [
    [
      'a missing field is written as if it were there',
      'if (!Object.hasOwn(value, name) || value[name] === undefined) return missing(name);',
      'if (Object.hasOwn(value, name) && value[name] === undefined) return missing(name);',
      'refused before anything is signed a missing field',
    ],
    [
      'a finite number becomes infinite in an f32',
      '!Number.isFinite(Math.fround(value))) return outOfRange',
      'Number.isNaN(Math.fround(value))) return outOfRange',
      'refused before anything is signed a number that f32 makes infinite',
    ],
  ]),
  ...seeded('codec', `${CORE}/codec/borsh-write.ts`, `${CORE}/codec/other-shapes.test.ts`, [
    [
      'unused slots of a FixedVec take no room',
      'fixedSize(shape.item) * (shape.capacity - items.length)',
      'fixedSize(shape.item) * (shape.capacity - shape.capacity)',
      'a FixedVec in Borsh of arrays takes the room of all its slots and comes back',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/canonical-gate.ts`, `${CORE}/solana/canonical-gate.test.ts`, [
    [
      'a read-only payer passes',
      'header.readonlySigned >= header.requiredSignatures',
      'header.readonlySigned > header.requiredSignatures',
      'the canonical gate refuses when the payer is read-only',
    ],
    [
      'a key may be listed twice',
      '    seen.add(address);\n',
      '',
      'the canonical gate refuses when an account is listed twice',
    ],
    [
      'an index one past the last key passes',
      'if (index >= keys) throw',
      'if (index > keys) throw',
      'the canonical gate refuses when an account index is out of range',
    ],
    [
      'the program may come from a lookup table',
      'if (programIndex >= message.staticKeys.length) throw',
      'if (programIndex >= keys) throw',
      'the canonical gate refuses when the program comes from a table',
    ],
    [
      'a lookup that only reads counts as empty',
      'if (writableIndexes.length + readonlyIndexes.length === 0) throw',
      'if (writableIndexes.length === 0) throw',
      'the canonical gate reads lookup tables as web3.js does',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/canonical-gate.ts`, `${CORE}/solana/limits.test.ts`, [
    [
      'signatures do not count against the size',
      'return (signatures > 0x7f ? 2 : 1) + signatures * SIGNATURE_BYTES + messageBytes;',
      'return (signatures > 0x7f ? 2 : 1) + SIGNATURE_BYTES + messageBytes;',
      'at their limits from 128 signatures on, their number takes two bytes of the wire',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/wire-reader.ts`, `${CORE}/solana/canonical-gate.test.ts`, [
    [
      'a length may be written longer than it needs',
      'const isOverlong = isLast && byte === 0 && shift > 0;',
      'const isOverlong = isLast && byte === 0 && shift > 7;',
      'the canonical gate refuses lengths written in more bytes than they need',
    ],
    [
      'a length above 65,535 wraps round',
      'const isOverflow = shift === 14 && byte > 0x03;',
      'const isOverflow = shift === 14 && byte > 0x7f;',
      'the canonical gate refuses a length above 65,535',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/message.ts`, `${CORE}/solana/canonical-gate.test.ts`, [
    [
      'bytes behind the message are let through',
      'if (reader.remaining() > 0) throw',
      'if (reader.remaining() > 1) throw',
      'the canonical gate refuses one byte too many',
    ],
    [
      'version 1 is read as version 0',
      'if (first === VERSION_BIT) return 0;',
      'if ((first & 0xfe) === VERSION_BIT) return 0;',
      'the canonical gate takes no first byte but a legacy header and version 0',
    ],
    [
      'the first read-only signer counts as writable',
      'index < header.requiredSignatures - header.readonlySigned;',
      'index <= header.requiredSignatures - header.readonlySigned;',
      'the canonical gate agrees with web3.js on who signs and what is writable',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/nonce.ts`, `${CORE}/solana/nonce.test.ts`, [
    [
      'a nonce is only seen when nothing follows its four bytes',
      'if (!ADVANCE_NONCE.every((byte, index) => first.data[index] === byte)) return undefined;',
      'if (first.data.length !== 4 || first.data[0] !== 4) return undefined;',
      'a durable nonce is found when bytes follow the four the runtime compares',
    ],
    [
      'the first of several signers counts as who can cancel',
      'return index === undefined || others.length > 0 ? undefined : message.staticKeys[index];',
      'return index === undefined || others.length > 9 ? undefined : message.staticKeys[index];',
      'a durable nonce has its canceller wherever it signs the advance, and none when several keys sign it',
    ],
  ]),
  ...seeded('gate', `${CORE}/solana/nonce.ts`, `${CORE}/solana/nonce-rule.test.ts`, [
    [
      'a nonce account that is not writable counts as one',
      'if (accountIndex === undefined || !isWritableIndex(message, accountIndex)) return undefined;',
      'if (accountIndex === undefined) return undefined;',
      'what counts as a durable nonce is what the runtime counts as one, whatever stands around it',
    ],
  ]),
  ...seeded('gate', `${CORE}/transactions/read-handed.ts`, `${CORE}/transactions/read-handed.test.ts`, [
    [
      'signatures that come from elsewhere are believed',
      'if (!ed25519.verify(signature, message, addressToBytes(address), { zip215: false })) {',
      'if (!ed25519.verify(signature, message, addressToBytes(address)) && signature.length === 0) {',
      'a transaction that comes as text is refused with a signature of noise',
    ],
    [
      'missing signatures count as given',
      'signature.some((byte) => byte !== 0) ? signature : undefined',
      'signature.some((byte) => byte >= 0) ? signature : undefined',
      'a transaction that comes as text brings its message and every signature it has',
    ],
  ]),
];
