/**
 * What a transaction can live by, in words. Solana plans to replace durable nonces: what comes after them is one more entry
 * here.
 */
export const LIFETIME_WORDS = {
  blockhash: {
    name: 'a recent blockhash',
    short: 'about half a minute to read and sign',
    about: 'Right when everybody who signs is here. It lapses by itself.',
  },
  nonce: {
    name: 'a durable nonce',
    short: 'no hurry',
    about: 'Right when others sign too, or elsewhere. It can land until its nonce is used or advanced.',
  },
} as const;
