import { defineErrors } from './define-errors.ts';

export const tickerErrors = defineErrors({
  'ticker/running': ({ runId }: { runId: string }) => ({
    happened: `Run “${runId}” is being ticked already`,
    remedy: 'Stop that first: one run is ticked at a time',
  }),
  'ticker/not-a-tick': (_: Record<string, never>) => ({
    happened: 'Only a transaction that is one tick and nothing else can be repeated',
    remedy: 'Review a tick and repeat that',
  }),
  'ticker/keyfile-only': (_: Record<string, never>) => ({
    happened: 'Ticks are repeated only with a keyfile: any other signer wants to be asked each time',
    remedy: 'Choose a fee payer with a keyfile, or tick once',
  }),
});
