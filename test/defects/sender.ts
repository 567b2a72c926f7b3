import type { Defect } from './defect.ts';
import { seeded } from './seeded.ts';

const SENDING = 'src/main/services/sending.ts';
const TESTS = 'src/main/services/sending.test.ts';

/** In what is done with signed bytes. */
export const SENDER: readonly Defect[] = [
  ...seeded('journal', 'src/main/services/journal-book.ts', TESTS, [
    [
      'what the disk refused counts as written',
      'await journal.append(z.encode(JournalEntry, entry));',
      'journal.append(z.encode(JournalEntry, entry)).catch(() => undefined);',
      'a signed transaction is watched on while the disk is full, and its end written once there is room',
    ],
  ]),
  ...seeded('sender', SENDING, 'src/main/services/sending-incomplete.test.ts', [
    [
      'what lacks a signature is sent',
      'const isWhole = isComplete(signed.wire);',
      'const isWhole = signed.wire.length > 0;',
      'a transaction that lacks signatures is sent by nobody here, and dies by its height when nobody else has it',
    ],
    [
      'the chain is searched at every look',
      'const patience = doubtful.has(id) ? SEARCH_PAUSE_MS : MAX_PAUSE_MS;',
      'const patience = doubtful.has(id) ? MAX_PAUSE_MS : SEARCH_PAUSE_MS;',
      'a transaction that lacks signatures is searched for once a minute while a search does not reach its end',
    ],
  ]),
  ...seeded('sender', SENDING, TESTS, [
    [
      'bytes go to any cluster that answers',
      'if ((await isOn(signed.genesisHash, node)) !== true) return false;',
      'if (!isOn(signed.genesisHash, node)) return false;',
      'a signed transaction waits for its own cluster: another one gets no byte of it',
    ],
    [
      'the word of another cluster lets it die',
      "return words.includes(true) && !words.includes(false) ? step : { kind: 'watch' };",
      "return words.length > 0 ? step : { kind: 'watch' };",
      'a signed transaction does not expire by the word of another cluster',
    ],
    [
      'a transaction is followed by two at a time',
      'if (running.has(id) || closing.signal.aborted) return;',
      'if (closing.signal.aborted) return;',
      'a signed transaction is followed once, however often that is asked for',
    ],
    [
      'what landed while nobody looked is sent again',
      'book.inFlight().forEach(({ signed }) => launch(signed.id));',
      'book.inFlight().forEach(({ signed }) => launch(signed.id, true));',
      'a signed transaction that landed while the app was away is not sent again',
    ],
    [
      'nobody is asked less often while nobody answers',
      'last.silent = isAnswered || isNew ? 0 : last.silent + 1;',
      'last.silent = 0;',
      'a signed transaction is never given up, and asked about at most 8 times a minute, while nobody answers',
    ],
    [
      'a failure on chain counts as success',
      'if (step.error === null || step.error === undefined) return',
      'if (step.error !== null) return',
      'a signed transaction that was refused on chain has ended, with error and logs, and is not sent again',
    ],
  ]),
  ...seeded('sender', 'src/core/transactions/expiry.ts', TESTS, [
    [
      'it expires without the margin',
      'finalizedHeight > lifetime.lastValidBlockHeight + EXPIRY_MARGIN_BLOCKS',
      'finalizedHeight >= lifetime.lastValidBlockHeight + EXPIRY_MARGIN_BLOCKS',
      'a signed transaction has expired only when the finalized chain is 32 blocks past its last one',
    ],
    [
      'a processed status counts as landed',
      "statuses.find(({ commitment }) => commitment === 'confirmed')",
      'statuses[0]',
      'a signed transaction is not ended by a processed status, which a fork could take back',
    ],
  ]),
  ...seeded('sender', 'src/main/services/sending-facts.ts', TESTS, [
    [
      'a node that is behind counts as not knowing it',
      "return finalizedSlot !== undefined && slot >= finalizedSlot ? 'not-known' : 'no-answer';",
      "return 'not-known';",
      'a signed transaction does not expire by the word of a node that has not seen all of the finalized chain',
    ],
    [
      'a node without history counts as not knowing it',
      "if (!hasHistory) return 'cannot-tell';",
      "if (hasHistory === undefined) return 'cannot-tell';",
      'a signed transaction does not expire by the word of a node that did not search its history',
    ],
  ]),
  ...seeded('sender', 'src/core/transactions/expiry.ts', 'src/core/transactions/expiry.test.ts', [
    [
      'a nonce that moved is enough to give it up',
      "if (hasMoved) return { kind: isUnknownEverywhere ? 'nonce-used' : 'watch' };",
      "if (hasMoved) return { kind: 'nonce-used' };",
      'a sent transaction is not dead when its nonce moved and nobody answers',
    ],
    [
      'a nonce that was not read counts as moved',
      'lifetime.storedNonce !== undefined && lifetime.storedNonce !== lifetime.nonce',
      'lifetime.storedNonce !== lifetime.nonce',
      'a sent transaction under a nonce that was not read waits',
    ],
  ]),
  ...seeded('sender', 'src/main/services/sending-facts.ts', 'src/main/services/sending-facts.test.ts', [
    [
      'the endpoint that is furthest behind is believed',
      'one.slot > other.slot',
      'one.slot < other.slot',
      'the position of a cluster is that of the endpoint that is furthest',
    ],
    [
      'an earlier state of a nonce passes for its end',
      'const isLater = slot >= (signed.nonceSeenInSlot ?? 0n);',
      'const isLater = slot >= 0n;',
      'the position of a cluster says nothing of a nonce from before it was looked at',
    ],
  ]),
  ...seeded('sender', 'src/main/services/sending-search.ts', 'src/main/services/sending-search.test.ts', [
    [
      'what others were given is not searched for',
      'if (exportedAt === undefined) return ifNobodyHasIt;',
      'if (exportedAt !== undefined) return ifNobodyHasIt;',
      'a transaction that lacks signatures is found on the chain by its message when others completed it',
    ],
    [
      'a search that broke off counts as one that found nothing',
      "found.isComplete ? 'not-known' : 'cannot-tell'",
      "found.isComplete ? 'not-known' : 'not-known'",
      'a transaction that lacks signatures is not dead after a search that did not reach its end',
    ],
  ]),
];
