import type { Defect } from './defect.ts';
import { seeded } from './seeded.ts';

const FOLDER = 'src/core/transactions';

/** In what a yes is good for. */
export const APPROVAL: readonly Defect[] = [
  ...seeded('approval', `${FOLDER}/approval.ts`, `${FOLDER}/approval.test.ts`, [
    [
      'an approval lives a moment too long',
      'if (nowMs >= alive.expiresAtMs) {',
      'if (nowMs > alive.expiresAtMs) {',
      'an approval lives 120 seconds, the last millisecond excluded',
    ],
    [
      'an approval can be used again',
      "return { desk: EMPTY_DESK, kind: 'granted', approval: alive };",
      "return { desk: { alive }, kind: 'granted', approval: alive };",
      'an approval is good for exactly what was approved',
    ],
    [
      'a wrong attempt leaves the approval alive',
      "if (error !== undefined) return { desk: EMPTY_DESK, kind: 'refused', error };",
      "if (error !== undefined) return { desk: { alive }, kind: 'refused', error };",
      'an approval is worth nothing for another review',
    ],
    [
      'an approval is good for other bytes of its review',
      'if (alive.messageHash !== terms.messageHash) return',
      'if (alive.messageHash === undefined) return',
      'an approval never signs twice, nor what was not approved, whatever the order of events',
    ],
    [
      'an approval is good on any cluster',
      'if (alive.genesisHash !== terms.genesisHash) return',
      'if (alive.genesisHash === undefined) return',
      'an approval is worth nothing for another network',
    ],
    [
      'more signers than were approved may sign',
      'return a.length === b.length && a.every(',
      'return a.every(',
      'an approval is worth nothing for one signer more',
    ],
    [
      'the token is not compared',
      'if (alive === undefined || alive.token !== token) {',
      "if (alive === undefined || token === '') {",
      'an approval is worth nothing without its token, or when there is none',
    ],
  ]),
  ...seeded('approval', `${FOLDER}/states.ts`, `${FOLDER}/states.test.ts`, [
    [
      'what was sent may be signed again',
      "sent: [...LANDED, ...DEAD, 'unknown'],",
      "sent: [...LANDED, ...DEAD, 'unknown', 'signing'],",
      'the states of a transaction are exactly those drawn in the security bar',
    ],
    [
      'a partly signed transaction can be sent',
      "'partly-signed': ['signing', 'approved', 'exported', ...DEAD],",
      "'partly-signed': ['signing', 'approved', 'exported', 'sent', ...DEAD],",
      'the states of a transaction are exactly those drawn in the security bar',
    ],
  ]),
  ...seeded('approval', `${FOLDER}/same-but-blockhash.ts`, `${FOLDER}/same-but-blockhash.test.ts`, [
    [
      'a repeated approval lets the byte before the blockhash change',
      'index >= start &&',
      'index >= start - 1 &&',
      'a message of version 0 is compared at its own places',
    ],
    [
      'the byte of the version is not counted',
      "const versionBytes = version === 'legacy' ? 0 : 1;",
      "const versionBytes = version === 'legacy' ? 0 : 0;",
      'a message of version 0 is compared at its own places',
    ],
  ]),
  ...seeded('approval', 'src/main/services/approvals.ts', 'src/main/services/approvals.test.ts', [
    [
      'any hash of a review is approved',
      '        const review = shelf.find(reviewId);\n        if (review?.shown.review.messageHash !== messageHash) throw',
      '        const review = shelf.find(reviewId);\n        if (!review) throw',
      'a yes is for the hash that was shown',
    ],
    [
      'a second click is a second approval',
      'if (earlier) return { transactionId: await earlier };',
      'if (earlier) await earlier;',
      'a yes makes one transaction, however often it is given, and the journal has it first',
    ],
    [
      'the phrase is asked for and not compared',
      "if (shown.typedPhrase !== '' && shown.typedPhrase !== typed.trim())",
      "if (shown.typedPhrase !== '' && typed.trim() === '')",
      'a yes needs the phrase where one is asked for',
    ],
    [
      'nobody waits for the answer to the question',
      'if (await needsConfirmation(review)) await confirm(review, manner);',
      'if (await needsConfirmation(review)) confirm(review, manner).catch(() => undefined);',
      'a yes is asked for in a window of the system, and a no signs nothing',
    ],
    [
      'a cluster that changed is not noticed before the question',
      "if (found !== reviewed) throw new AppError('network/changed'",
      "if (found === '') throw new AppError('network/changed'",
      'a yes is worth nothing on another cluster than the reviewed one',
    ],
    [
      'the blocks that must be left are forgotten',
      'if (height + BLOCKS_NEEDED > lifetime.lastValidBlockHeight) throw',
      'if (height > lifetime.lastValidBlockHeight) throw',
      'a yes comes too late when fewer than 10 blocks are left',
    ],
    [
      'an approval is good for an older review',
      'if (shelf.find(reviewId) !== review) {',
      'if (reviewId === undefined) {',
      'a yes for an older review of a plan is worth nothing',
    ],
    [
      'a new state of the chain is read and not waited for',
      'await checkStillTrue(review);',
      'checkStillTrue(review).catch(() => undefined);',
      'a yes is worth nothing when the chain changed meanwhile what would be signed',
    ],
    [
      'what is being signed is no rival yet',
      'if (claimOf(review).some((each) => claimed.has(each))) return true;',
      'if (claimOf(review).every((each) => claimed.has(`${each} `))) return true;',
      'what is about the same is not signed while the other is being signed',
    ],
    [
      'a signature that is left for later is made',
      "kind !== 'signed' && kind !== 'absent' && !absent.includes(address)",
      "kind !== 'signed' && kind !== 'absent' && absent !== undefined",
      'a transaction of several keeps the place of a signature that is left for later, and takes it afterwards',
    ],
    [
      'the journal is not waited for',
      'await book.writeSigned(',
      'void book.writeSigned(',
      'a yes is carried out when the disk has the signature, and not before',
    ],
    [
      'a yes that was not carried out can never be given again',
      '        id.catch(() => done.delete(reviewId));',
      '        id.catch(() => undefined);',
      'a yes that the signing child did not carry out can be given again',
    ],
  ]),
  ...seeded('approval', 'src/main/services/review-parts.ts', 'src/main/services/approvals.test.ts', [
    [
      'what waits for the same is no rival',
      'signed.genesisHash === genesisHash && signed.subject === subject',
      'signed.genesisHash === genesisHash && signed.title === subject',
      'what is about the same is not signed while it may still land, and reviews say so',
    ],
  ]),
  ...seeded('approval', 'src/core/journal/wire-signatures.ts', 'src/core/journal/wire-signatures.test.ts', [
    [
      'signatures that come are counted from the last',
      'merged.set(other, 1 + SIGNATURE_BYTES * index)',
      'merged.set(other, 1 + SIGNATURE_BYTES * (others.length - 1 - index))',
      'puts the signatures of two copies together, and keeps the first one’s where both have one',
    ],
    [
      'a signature that is there is replaced by one that comes',
      'if (!signature && other) merged.set',
      'if (other) merged.set',
      'puts the signatures of two copies together, and keeps the first one’s where both have one',
    ],
  ]),
];
