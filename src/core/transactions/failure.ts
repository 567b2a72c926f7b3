import { z } from 'zod';
import { errorTableOf, programErrorName } from '#core/layouts/errors.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramIds } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { safeText } from '#core/units/safe-text.ts';
import { wordsForCode, wordsForName } from './failure-words.ts';
import { failingCall, parseLogTree, type ProgramCall } from './log-tree.ts';

/** A failure the cluster reported, translated. */
export const Failure = z.strictObject({
  /** Which instruction failed, from 0; absent when the transaction failed as a whole. */
  instructionIndex: z.number().int().optional(),
  /** The program that failed: the innermost one, which may have been called by another. */
  program: z.string().optional(),
  /** Custom error code. Means something only together with `program`. */
  code: z.number().int().optional(),
  /** Name in the program's or the cluster's source, such as `ConfigSanityCheckFailed`. */
  name: z.string(),
  /** The account an Anchor constraint complained about. */
  account: z.string().optional(),
  cause: z.string(),
  remedy: z.string(),
});

export type Failure = z.output<typeof Failure>;

/** What the explanation of a failure starts from. */
export type FailureFacts = {
  /** The cluster's error value: a name, or `{"InstructionError":[0,{"Custom":6001}]}`. */
  readonly error: unknown;
  readonly logs: readonly string[];
  /** The programs of the instructions in order, to know whose code it is when logs are missing. */
  readonly instructionPrograms?: readonly Address[];
  /** The deployment in use; the public one when absent. */
  readonly programs?: ProgramIds;
};

const ReportedError = z.union([
  z.string().transform((name) => ({ name, index: undefined, code: undefined })),
  z
    .object({ InstructionError: z.tuple([z.number().int(), z.object({ Custom: z.number().int() })]) })
    .transform(({ InstructionError: [index, { Custom }] }) => ({ name: 'Custom', index, code: Custom })),
  z
    .object({ InstructionError: z.tuple([z.number().int(), z.union([z.string(), z.record(z.string(), z.unknown())])]) })
    .transform(({ InstructionError: [index, error] }) => ({ name: nameOf(error), index, code: undefined })),
  z.record(z.string(), z.unknown()).transform((error) => ({ name: nameOf(error), index: undefined, code: undefined })),
]);

/** Says why a transaction failed and what to do. Codes are judged by the innermost program that failed, never by the outer one. */
export function explainFailure({ error, logs, instructionPrograms, programs }: FailureFacts): Failure {
  const parsed = ReportedError.safeParse(error);
  if (!parsed.success) return unnamed('an error this app does not know');
  const { name, index, code } = parsed.data;
  const call = index === undefined ? undefined : failingCall(parseLogTree(logs));
  const program = call?.program ?? (index === undefined ? undefined : instructionPrograms?.[index]);
  const place = {
    ...(index === undefined ? {} : { instructionIndex: index }),
    ...(program === undefined ? {} : { program }),
    ...accountIn(call),
  };
  if (code === undefined) return { ...place, ...named(name) };
  return { ...place, code, ...coded(program, code, programs ?? DEFAULT_PROGRAM_IDS) };
}

function coded(program: string | undefined, code: number, programs: ProgramIds): Omit<Failure, 'code'> {
  const table = program === undefined ? undefined : errorTableOf(program, programs);
  if (table === undefined) return unnamed(`error ${code} of ${program ?? 'a program'}`);
  const name = programErrorName(table, code) ?? `Error ${code}`;
  const words = wordsForCode(table, code);
  return words === undefined ? { ...unnamed(`error ${code}, ${name}`), name } : { name, ...words };
}

function named(name: string): Omit<Failure, 'code'> {
  const safe = safeText(name.slice(0, 80)).text;
  const words = wordsForName(name);
  return words === undefined ? { ...unnamed(safe), name: safe } : { name: safe, ...words };
}

function unnamed(what: string): Pick<Failure, 'name' | 'cause' | 'remedy'> {
  return { name: what, cause: `The cluster refused it: ${what}`, remedy: 'Read the logs for the reason' };
}

/** Anchor names the account whose constraint failed; names are identifiers, so anything else is not taken over. */
function accountIn(call: ProgramCall | undefined): { account?: string } {
  for (const line of call?.lines ?? []) {
    const account = /^Program log: AnchorError caused by account: (\w{1,64})\./.exec(line)?.[1];
    if (account !== undefined) return { account };
  }
  return {};
}

function nameOf(error: string | Record<string, unknown>): string {
  return typeof error === 'string' ? error : (Object.keys(error)[0] ?? 'an empty error');
}
