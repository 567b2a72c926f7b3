import { defineErrors } from './define-errors.ts';

export const nonceErrors = defineErrors({
  'nonce/none-free': (_: Record<string, never>) => ({
    happened: 'None of your nonce accounts is free',
    remedy: 'Create one under Nonce accounts, or wait until a pending transaction has ended',
  }),
  'nonce/not-usable': ({ account, reason }: { account: string; reason: string }) => ({
    happened: `The nonce account ${account} cannot carry this transaction: ${reason}`,
    remedy: 'Choose another nonce account, or a recent blockhash',
  }),
});
