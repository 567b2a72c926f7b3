import { defineErrors } from './define-errors.ts';

export const handedErrors = defineErrors({
  'handed/too-long': ({ characters, max }: { characters: number; max: number }) => ({
    happened: `This text has ${characters} characters; a transaction in base64 has at most ${max}`,
    remedy: 'Paste the transaction alone, or open the file that holds it',
  }),
  'handed/not-base64': (_: Record<string, never>) => ({
    happened: 'This is not a transaction in base64',
    remedy: 'Paste all of the text that was exported, from its first character to its last',
  }),
  'handed/bad-signature': ({ address }: { address: string }) => ({
    happened: `The signature of ${address} does not fit this transaction`,
    remedy: 'It was made for other bytes, or was damaged. Ask its signer to sign this transaction again',
  }),
  'handed/other-message': ({ hash, expected }: { hash: string; expected: string }) => ({
    happened: `This is another transaction: its message hash is ${hash}, not ${expected}`,
    remedy: 'Open the transaction that the other side signed, or paste the one that belongs here',
  }),
  'handed/brings-nothing': (_: Record<string, never>) => ({
    happened: 'It carries no signature that is still missing here',
    remedy: 'Ask whoever is missing to sign, and paste what they send back',
  }),
  'handed/ended': (_: Record<string, never>) => ({
    happened: 'This transaction has ended: nothing can be added to it any more',
    remedy: 'Make it again from its form',
  }),
  'handed/expired': (_: Record<string, never>) => ({
    happened: 'The network no longer takes its blockhash: it can never land here',
    remedy: 'Ask for a new one. One that lives by a durable nonce leaves time to sign',
  }),
  'handed/nonce-moved': ({ account }: { account: string }) => ({
    happened: `The nonce account ${account} does not hold the value this transaction was built on: it can never land here`,
    remedy: 'Ask for a new one, and make sure that both sides are on the same network',
  }),
  'handed/still-missing': ({ count }: { count: number }) => ({
    happened: `${count} of its signatures are still missing`,
    remedy: 'It is sent as soon as all of them are there',
  }),
});
