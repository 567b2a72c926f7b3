import type { AppContract } from '#ipc/contract.ts';
import type { HandlersOf } from '#ipc/contract-types.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { createFakeJournal, type FakeJournal } from './fake-journal.ts';
import { createSampleChain } from './sample-chain.ts';
import type { Scenario } from './scenario.ts';

const STARTED = Date.now();

/** The handlers of some groups of the contract. */
export type FakeGroups<Name extends keyof AppContract> = Pick<HandlersOf<AppContract>, Name>;

/** A plan that was begun. */
export type FakePlan = { readonly request: OperationRequest; step: number; reviews: number };

export type FakeWorld = ReturnType<typeof createFakeWorld>;

/** What the groups of handlers share: the chain, the journal and the plans of a scenario. */
export function createFakeWorld(scenario: Scenario, tell: (channel: string, payload: unknown) => void) {
  const plans = new Map<string, FakePlan>();
  const chain = createSampleChain(scenario, { slot: slotNow, paidIn });
  let journal: Promise<FakeJournal> | undefined;

  /** Native units that confirmed top-ups have brought into a vault. */
  function paidIn(runId: string): bigint {
    return [...plans.values()].reduce((sum, { request: { operation }, step }) => {
      return operation.kind === 'top-up' && operation.runId === runId && step > 0 ? sum + operation.amount : sum;
    }, 0n);
  }

  return {
    scenario,
    tell,
    isEmpty: scenario.state === 'empty',
    plans,
    chain,
    slotNow,
    journal: () => (journal ??= createFakeJournal(scenario, chain, tell)),
  };
}

function slotNow(): bigint {
  return 4_211n + BigInt(Math.floor((Date.now() - STARTED) / 400));
}
