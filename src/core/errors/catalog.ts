import { accountErrors } from './account-errors.ts';
import { addressErrors } from './address-errors.ts';
import { authorizationErrors } from './authorization-errors.ts';
import { amountErrors } from './amount-errors.ts';
import { codecErrors } from './codec-errors.ts';
import { commandErrors } from './command-errors.ts';
import { configErrors } from './config-errors.ts';
import { dumpErrors } from './dump-errors.ts';
import { pdaErrors } from './pda-errors.ts';
import { practiceErrors } from './practice-errors.ts';
import { practiceRuntimeErrors } from './practice-runtime-errors.ts';
import { handedErrors } from './handed-errors.ts';
import { nonceErrors } from './nonce-errors.ts';
import { transactionErrors } from './transaction-errors.ts';
import { ipcErrors } from './ipc-errors.ts';
import { runErrors } from './run-errors.ts';
import { journalErrors } from './journal-errors.ts';
import { keyfileErrors } from './keyfile-errors.ts';
import { mintErrors } from './mint-errors.ts';
import { networkErrors } from './network-errors.ts';
import { rpcErrors } from './rpc-errors.ts';
import { signerErrors } from './signer-errors.ts';
import { storageErrors } from './storage-errors.ts';
import { tickerErrors } from './ticker-errors.ts';
import { approvalErrors } from './approval-errors.ts';
import { programErrors } from './program-errors.ts';
import { protocolErrors } from './protocol-errors.ts';

/** Every error the app can show. A code exists exactly when it has words here. */
export const catalog = {
  ...journalErrors,
  ...keyfileErrors,
  ...mintErrors,
  ...networkErrors,
  ...rpcErrors,
  ...signerErrors,
  ...storageErrors,
  ...runErrors,
  ...ipcErrors,
  ...accountErrors,
  ...codecErrors,
  ...commandErrors,
  ...configErrors,
  ...dumpErrors,
  ...addressErrors,
  ...authorizationErrors,
  ...amountErrors,
  ...pdaErrors,
  ...practiceErrors,
  ...practiceRuntimeErrors,
  ...transactionErrors,
  ...handedErrors,
  ...nonceErrors,
  ...approvalErrors,
  ...tickerErrors,
  ...programErrors,
  ...protocolErrors,
};

export type ErrorCode = keyof typeof catalog;

/** The parameters a code carries. */
export type ParamsOf<C extends ErrorCode> = Parameters<(typeof catalog)[C]>[0];
