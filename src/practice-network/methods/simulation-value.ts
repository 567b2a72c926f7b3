import type { Simulation } from '../chain/chain.ts';
import { innerInstructionsJson, returnDataJson } from '../chain/make-record.ts';
import type { JsonValue } from '../write-json.ts';

/** What `simulateTransaction` answers, and what a failed preflight carries as its data. */
export function simulationValue({ processed }: Simulation, withInner: boolean): { readonly [name: string]: JsonValue } {
  if (processed.kind === 'dropped') {
    return {
      err: processed.err,
      logs: [],
      accounts: null,
      unitsConsumed: 0,
      returnData: null,
      innerInstructions: null,
    };
  }
  const { logs, unitsConsumed, returnData, innerInstructions } = processed.execution;
  return {
    err: processed.err,
    logs: [...logs],
    accounts: null,
    unitsConsumed,
    returnData: returnDataJson(returnData),
    innerInstructions: withInner ? innerInstructions.map(innerInstructionsJson) : null,
  };
}
