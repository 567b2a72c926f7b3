import type { AppContract } from '#ipc/contract.ts';
import type { HandlersOf } from '#ipc/contract-types.ts';
import { fakeNetworkHandlers } from './fake-network-handlers.ts';
import { fakeRunHandlers } from './fake-run-handlers.ts';
import { fakeSignerHandlers } from './fake-signer-handlers.ts';
import { fakeTransactionHandlers } from './fake-transaction-handlers.ts';
import { createFakeWorld } from './fake-world.ts';
import type { Scenario } from './scenario.ts';

/** Answers of every call for a scenario. */
export function fakeHandlers(
  scenario: Scenario,
  tell: (channel: string, payload: unknown) => void,
): HandlersOf<AppContract> {
  const world = createFakeWorld(scenario, tell);
  return {
    ...fakeNetworkHandlers(world),
    ...fakeSignerHandlers(world),
    ...fakeRunHandlers(world),
    ...fakeTransactionHandlers(world),
  };
}
