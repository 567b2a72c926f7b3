import type { HandlersOf } from '#ipc/contract-types.ts';
import type { AppContract } from '#ipc/contract.ts';
import { appHandlers } from './app.ts';
import { authorizationHandlers } from './authorizations.ts';
import { configHandlers } from './config.ts';
import { inspectorHandlers } from './inspector.ts';
import { networkHandlers } from './networks.ts';
import { nonceHandlers } from './nonces.ts';
import { operationHandlers } from './operations.ts';
import { practiceHandlers } from './practice.ts';
import { rewardHandlers } from './rewards.ts';
import { runHandlers } from './runs.ts';
import type { Services } from './services.ts';
import { signerHandlers } from './signers.ts';
import { tickerHandlers } from './ticker.ts';
import { transactionHandlers } from './transactions.ts';

/** One function for every call of the contract; a missing one does not compile. */
export function createHandlers(services: Services): HandlersOf<AppContract> {
  return {
    app: appHandlers(services),
    networks: networkHandlers(services),
    practice: practiceHandlers(services),
    signers: signerHandlers(services),
    runs: runHandlers(services),
    rewards: rewardHandlers(services),
    authorizations: authorizationHandlers(services),
    nonces: nonceHandlers(services),
    config: configHandlers(services),
    operations: operationHandlers(services),
    ticker: tickerHandlers(services),
    transactions: transactionHandlers(services),
    inspector: inspectorHandlers(services),
  };
}
