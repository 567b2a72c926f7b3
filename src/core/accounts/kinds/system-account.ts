import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountKind } from '../account-kind.ts';

/** An account that only holds SOL: a wallet. */
export const systemAccount: AccountKind = {
  name: 'system-account',
  recognise: ({ owner, data }) => owner === SYSTEM_PROGRAM && data.length === 0,
  decode: () => [],
  describe: () => ({ title: 'Wallet: holds SOL, no data', summary: [] }),
};
