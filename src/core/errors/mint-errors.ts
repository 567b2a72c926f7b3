import { defineErrors } from './define-errors.ts';

export const mintErrors = defineErrors({
  'mint/unreadable': ({ mint, reason }: { mint: string; reason: string }) => ({
    happened: `The mint ${mint} of this run’s rewards cannot be read: ${reason}`,
    remedy: 'Read it again; if it stays so, look at the address in the inspector',
  }),
});
