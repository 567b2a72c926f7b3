import { defineErrors } from './define-errors.ts';

export const amountErrors = defineErrors({
  'amount/malformed': ({ text }: { text: string }) => ({
    happened: `“${text}” is not a plain decimal number`,
    remedy: 'Write digits with at most one point, such as 1.5: no sign, exponent or thousands separator',
  }),
  'amount/too-precise': ({ text, decimals }: { text: string; decimals: number }) => ({
    happened: `“${text}” has more than ${decimals} digits after the point`,
    remedy: `Shorten it to ${decimals} digits after the point`,
  }),
  'amount/too-large': ({ text }: { text: string }) => ({
    happened: `“${text}” does not fit an unsigned 64-bit amount`,
    remedy: 'Use a smaller amount; the largest is 18,446,744,073,709,551,615 native units',
  }),
});
