import { simulateTrace, Trace } from '#practice/runtime/programs/coordinator/simulate.ts';
import { readJson } from '../input.ts';

/** Instructions on a fresh run, step by step, as `vectors/simulation.json` lists them; a refused step is a result. */
export function simulate(file: string): unknown {
  return simulateTrace(readJson(file, Trace));
}
