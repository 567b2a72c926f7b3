import type { Defect } from './defect.ts';
import { seeded } from './seeded.ts';

/** In the signing child and the journal. */
export const KEYS_AND_RECORDS: readonly Defect[] = [
  ...seeded('signer', 'src/signer/answer.ts', 'src/signer/answer.test.ts', [
    [
      'the child signs whatever bytes it is given',
      'if (messageHashOf(message) !== request.messageHash) throw',
      "if (messageHashOf(message) === '') throw",
      'a signature is not made over other bytes than the approved ones',
    ],
    [
      'the child signs with whatever key the file holds',
      'if (address === expected) return use(seed, address);',
      'if (expected !== undefined) return use(seed, address);',
      'a signature is not made with another key than the expected one',
    ],
  ]),
  ...seeded('signer', 'src/signer/answer.ts', 'src/signer/encrypted-keyfile.test.ts', [
    [
      'a passphrase stays in memory',
      "if ('passphrase' in request) request.passphrase?.fill(0);",
      "if ('passphrase' in request) request.passphrase?.slice().fill(0);",
      'an encrypted keyfile leaves no passphrase in the request that was answered, whatever the answer',
    ],
  ]),
  ...seeded('signer', 'src/signer/open-keypair.ts', 'src/signer/answer.test.ts', [
    [
      'the public half of a file is believed',
      'if (!publicKey.every((byte, index) => byte === keypair[SEED_BYTES + index])) {',
      'if (!publicKey.every((byte, index) => byte === publicKey[index])) {',
      'a keyfile is refused whose halves do not belong together',
    ],
  ]),
  ...seeded('signer', 'src/signer/read-keyfile.ts', 'src/signer/answer.test.ts', [
    [
      'files that the group can read are taken',
      'const OPEN_MODE_BITS = 0o077;',
      'const OPEN_MODE_BITS = 0o007;',
      'a keyfile is refused with mode 416, naming the command that helps',
    ],
    [
      'a link is followed to wherever it leads',
      'constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK',
      'constants.O_RDONLY | constants.O_NONBLOCK',
      'a keyfile is refused that is missing, a folder, a link, a pipe or a device, without waiting for any',
    ],
  ]),
  ...seeded('signer', 'src/signer/read-keyfile.ts', 'src/signer/file-faults.test.ts', [
    [
      'a file that grows while it is read is cut off unnoticed',
      'new Uint8Array(KEYFILE_MAX_BYTES + 1)',
      'new Uint8Array(KEYFILE_MAX_BYTES)',
      'a keyfile is not read when it holds more than it says',
    ],
    [
      'files of others are taken',
      'if (uid !== process.getuid()) throw',
      'if (uid === undefined) throw',
      'a keyfile is not read when it belongs to somebody else',
    ],
  ]),
  ...seeded('signer', 'src/signer/parse-keypair.ts', 'src/signer/answer.test.ts', [
    [
      'what follows the array is ignored',
      'return at === text.length;',
      'return at <= text.length;',
      'a keyfile is refused that holds text after the array',
    ],
    [
      'numbers above 255 wrap round',
      'value > 255 ||',
      'value > 999 ||',
      'a keyfile is refused that holds a number over 255',
    ],
  ]),
  ...seeded('signer', 'src/signer/write-keyfile.ts', 'src/signer/answer.test.ts', [
    [
      'an existing keyfile is written over',
      'constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600',
      'constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600',
      'a new keyfile never replaces a file',
    ],
    [
      'a new keyfile is open to others',
      'constants.O_EXCL, 0o600',
      'constants.O_EXCL, 0o644',
      'a new keyfile is named after its address, closed to others, and readable again',
    ],
  ]),
  ...seeded('signer', 'src/signer/write-protected.ts', 'src/signer/file-faults.test.ts', [
    [
      'what was written is not compared with what is read back',
      "if (!isSame) throw new Error('something else was read back');",
      "if (!isSame && written.length === 0) throw new Error('something else was read back');",
      'a new keyfile does not stay when something else is read back',
    ],
  ]),
  ...seeded('journal', 'src/core/journal/record-chain.ts', 'src/core/journal/record-chain.test.ts', [
    [
      'records are not chained to the one before',
      'hash.update(new TextEncoder().encode(`${previousHash}${length}`));',
      'hash.update(new TextEncoder().encode(`${length}`));',
      'the chain of records notices that records were swapped, removed or repeated',
    ],
    [
      'a damaged record in the middle passes for an unfinished one',
      "return lineFeed === -1 || (isLast && hasHole(rest, start)) ? 'torn' : 'broken';",
      "return lineFeed === -1 || hasHole(rest, start) ? 'torn' : 'broken';",
      'the chain of records takes zeros before other records for damage: those were on the disk before the next one was begun',
    ],
  ]),
  ...seeded('journal', 'src/core/journal/fold-entries.ts', 'src/core/journal/fold-entries.test.ts', [
    [
      'a transaction may be signed twice under one name',
      'if (known) throw new RangeError(`${entry.id} is signed twice`);',
      'if (known?.end) throw new RangeError(`${entry.id} is signed twice`);',
      'what the journal adds up to stops where a record signs twice',
    ],
    [
      'a signature that was there may be lost',
      'if (!isSame || !isKept || signers.length === 0)',
      'if (!isSame || signers.length === 0)',
      'what the journal adds up to follows a transaction whose signatures come one after the other, also from outside',
    ],
    [
      'signatures of another message are taken',
      'const isSame = equalBytes(wire.subarray(start), known.signed.wire.subarray(start));',
      'const isSame = wire.length === known.signed.wire.length;',
      'what the journal adds up to follows a transaction whose signatures come one after the other, also from outside',
    ],
  ]),
  ...seeded('journal', 'src/main/adapters/journal/open-journal.ts', 'src/main/adapters/journal/open-journal.test.ts', [
    [
      'a record counts before the disk has it',
      '      await file.sync();\n    } catch (cause) {\n      // A record',
      '    } catch (cause) {\n      // A record',
      'the journal file makes its name last, also when that failed at the first try',
    ],
    [
      'a record is written over those before it',
      'end += record.bytes.length;',
      'end = record.bytes.length;',
      'the journal file takes records asked for at the same time one after the other',
    ],
    [
      'an unfinished record is cut off without a copy',
      'if (isCopyMissing) await copyTorn(path, content, fs);',
      'if (isCopyMissing) await triedToCopy(path, content, fs);',
      'the journal file shows what it holds though an unfinished record cannot be copied, and cuts it off only once it was',
    ],
    [
      'records are read while one is being written',
      '      await last;\n      const records',
      '      const records',
      'the journal file reads back what is on the disk, with the hashes that chain it, while it goes on writing',
    ],
    [
      'a journal changed from outside is written on',
      "if (brokenAt !== undefined) throw new AppError('journal/broken', { record: brokenAt });",
      "if (brokenAt === 0) throw new AppError('journal/broken', { record: brokenAt });",
      'the journal file takes nothing more once it was changed from outside, and is left as it is',
    ],
  ]),
];
