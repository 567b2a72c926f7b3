import { z } from 'zod';
import { atlasEntry, entryOfCode } from '#core/error-atlas/atlas.ts';
import type { Args, AtlasEntry } from '#core/error-atlas/atlas-entry.ts';
import { atlasId } from '#core/error-atlas/atlas-id.ts';
import { helpfulAction } from '#core/error-atlas/helpful-action.ts';
import { type FailureContext, likelyCauses } from '#core/error-atlas/likely-causes.ts';
import { errorTableOf, programErrorName } from '#core/layouts/errors.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramIds } from '#core/layouts/programs.ts';
import { safeText } from '#core/units/safe-text.ts';
import type { Failure } from './failure.ts';
import { failingPath, parseLogTree, type ProgramCall } from './log-tree.ts';
import type { ReviewedField } from './review.ts';

/** What a review says about an instruction, as far as it helps to explain its failure. */
export type FailedInstruction = {
  readonly program: { readonly address: string };
  readonly name: string;
  readonly fields: readonly Pick<ReviewedField, 'path' | 'value'>[];
};

/** What the explanation of a failure starts from. */
export type FailureFacts = {
  /** The cluster's error value: a name, or `{"InstructionError":[0,{"Custom":6001}]}`. */
  readonly error: unknown;
  readonly logs: readonly string[];
  /** The instructions as reviewed, in order: whose code it is when logs are missing, and what they asked for. */
  readonly instructions?: readonly FailedInstruction[];
  /** The deployment in use; the public one when absent. */
  readonly programs?: ProgramIds;
  /** The run it was about, for the button that helps. */
  readonly runId?: string | undefined;
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

type Words = Pick<Failure, 'name' | 'cause' | 'check' | 'remedy' | 'action' | 'possible' | 'entry'>;

/**
 * Says why a transaction failed and what to do. Codes are judged by the innermost program that failed, never by the outer one;
 * the words are those of the error atlas, for the instruction, account and arguments that failed.
 */
export function explainFailure({ error, logs, instructions, programs, runId }: FailureFacts): Failure {
  const parsed = ReportedError.safeParse(error);
  if (!parsed.success) return unnamed('an error this app does not know');
  const { name, index, code } = parsed.data;
  const path = index === undefined ? [] : failingPath(parseLogTree(logs));
  const [call] = path;
  const reviewed = index === undefined ? undefined : instructions?.[index];
  const program = call?.program ?? reviewed?.program.address;
  const account = accountIn(call);
  const context: FailureContext = {
    instructions: instructionNames(path, reviewed?.name),
    ...(account === undefined ? {} : { account }),
    ...(call === undefined || isCut(logs) ? {} : { logs: call.lines }),
    ...(reviewed === undefined ? {} : { args: argsOf(reviewed.fields) }),
  };
  const place = {
    ...(index === undefined ? {} : { instructionIndex: index }),
    ...(program === undefined ? {} : { program }),
    ...(account === undefined ? {} : { account }),
  };
  if (code === undefined) return { ...place, ...named(name, index !== undefined, context, runId) };
  return { ...place, code, ...coded(program, code, programs ?? DEFAULT_PROGRAM_IDS, context, runId) };
}

function coded(
  program: string | undefined,
  code: number,
  programs: ProgramIds,
  context: FailureContext,
  runId: string | undefined,
): Words {
  const table = program === undefined ? undefined : errorTableOf(program, programs);
  if (table === undefined) return unnamed(`error ${code} of ${program ?? 'a program'}`);
  const entry = entryOfCode(table, code);
  if (entry !== undefined) return wordsOf(entry, context, runId);
  const name = programErrorName(table, code) ?? `Error ${code}`;
  return { ...unnamed(`error ${code}, ${name}`), name };
}

function named(name: string, isOfInstruction: boolean, context: FailureContext, runId: string | undefined): Words {
  const safe = safeText(name.slice(0, 80)).text;
  const entry = atlasEntry(atlasId(isOfInstruction ? 'instruction' : 'transaction', name));
  return entry === undefined ? { ...unnamed(safe), name: safe } : wordsOf(entry, context, runId);
}

/** The one cause when it is certain; otherwise what all have in common, and the causes that remain. */
function wordsOf(entry: AtlasEntry, context: FailureContext, runId: string | undefined): Words {
  const { causes, isCertain } = likelyCauses(entry, context);
  const [first] = causes;
  const action = first.help === undefined ? undefined : helpfulAction(first.help, runId);
  const common = { name: entry.name, entry: entry.id };
  if (isCertain || entry.what === undefined || entry.tell === undefined) {
    const { when: cause, check, remedy } = first;
    return { ...common, cause, check, remedy, ...(action === undefined ? {} : { action }) };
  }
  const isSharedHelp = causes.every(({ help }) => help === first.help);
  return {
    ...common,
    cause: entry.what,
    remedy: entry.tell,
    ...(action === undefined || !isSharedHelp ? {} : { action }),
    possible: causes.map(({ when, check, remedy }) => ({ cause: when, check, remedy })),
  };
}

function unnamed(what: string): Pick<Failure, 'name' | 'cause' | 'remedy'> {
  return { name: what, cause: `The cluster refused it: ${what}`, remedy: 'Read the logs for the reason' };
}

/** What failed and what called it, innermost first, by the log where it names them, else by the review. */
function instructionNames(path: readonly ProgramCall[], reviewed: string | undefined): readonly string[] {
  const logged = path.map(({ lines }) => {
    const name = lines.map((line) => /^Program log: Instruction: (\w{1,64})$/.exec(line)?.[1]).find(Boolean);
    return name === undefined ? undefined : snakeCase(name);
  });
  if (path.length <= 1) logged[0] ??= reviewed === undefined || reviewed === '' ? undefined : snakeCase(reviewed);
  return logged.filter((name) => name !== undefined);
}

/** `SetPaused` → `set_paused`; what is in that form already stays. */
function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

/** Anchor names the account whose constraint failed; names are identifiers, so anything else is not taken over. */
function accountIn(call: ProgramCall | undefined): string | undefined {
  for (const line of call?.lines ?? []) {
    const account = /^Program log: AnchorError caused by account: (\w{1,64})\./.exec(line)?.[1];
    if (account !== undefined) return account;
  }
  return undefined;
}

/** A cut log proves nothing by what it lacks. */
function isCut(logs: readonly string[]): boolean {
  return logs.some((line) => line === 'Log truncated');
}

function argsOf(fields: FailedInstruction['fields']): Args {
  function text(pathEnd: string): string | undefined {
    return fields.find(({ path }) => path === pathEnd || path.endsWith(`.${pathEnd}`))?.value;
  }
  return {
    text,
    int(pathEnd) {
      const value = text(pathEnd);
      return value !== undefined && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
    },
  };
}

function nameOf(error: string | Record<string, unknown>): string {
  return typeof error === 'string' ? error : (Object.keys(error)[0] ?? 'an empty error');
}
