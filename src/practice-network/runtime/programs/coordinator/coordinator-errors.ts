import { programInterface } from '#core/codec/program-interface.ts';
import { failWith } from '../anchor/anchor-error.ts';
import type { ProgramContext } from '../program.ts';
import { RUN_ERRORS, type RunErrorName } from './state-machine/run-refusal.ts';

/** Fails as a handler of the coordinator does with one of its own errors. */
export function failInHandler(context: ProgramContext, instruction: string, name: RunErrorName): never {
  const code = RUN_ERRORS[name];
  const msg = programInterface('coordinator').errors.find((error) => error.code === code)?.msg ?? name;
  return failWith(context, { code, name, msg }, { kind: 'handler', instruction });
}
