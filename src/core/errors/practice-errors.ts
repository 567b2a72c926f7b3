import { defineErrors } from './define-errors.ts';

export const practiceErrors = defineErrors({
  'practice/port-taken': ({ port }: { port: number }) => ({
    happened: `The practice network cannot listen on port ${port}`,
    remedy: 'Stop the program that uses this port, or choose another one; the port after it must be free as well',
  }),
  'practice/foreign-mint': ({ mint }: { mint: string }) => ({
    happened: `The practice faucet cannot give tokens of ${mint}`,
    remedy: 'Make a mint here, or use the demo mint: the faucet mints only where it is the mint authority',
  }),
  'practice/tokens-refused': ({ mint, reason }: { mint: string; reason: string }) => ({
    happened: `No tokens of ${mint} were given: ${reason}`,
    remedy: 'Ask for less, or check the address they are for',
  }),
  'practice/folder-in-use': (_: Record<string, never>) => ({
    happened: 'Another practice network already works with this data folder',
    remedy: 'Stop it, or choose another folder',
  }),
});
