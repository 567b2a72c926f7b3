import type { EmulatedProgram } from './program.ts';

/**
 * Compute budget requests are read by the bank before execution; executing them does nothing. They stay away from the engine,
 * which would charge its sponsor any price they name. 150 units. Source: Agave, `DEFAULT_COMPUTE_UNITS`.
 */
export const computeBudgetProgram: EmulatedProgram = { computeUnits: 150n, isBuiltin: true, run: () => undefined };
