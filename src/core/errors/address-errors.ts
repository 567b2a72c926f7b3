import { defineErrors } from './define-errors.ts';

export const addressErrors = defineErrors({
  'address/malformed': ({ text }: { text: string }) => ({
    happened: `“${text}” is not a Solana address`,
    remedy: 'An address is 32 bytes in base58: 32 to 44 letters and digits without 0, O, I and l',
  }),
});
