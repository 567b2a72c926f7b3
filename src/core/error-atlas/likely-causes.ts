import type { Args, AtlasEntry, Cause } from './atlas-entry.ts';

/** What is known about the call that failed. The more, the fewer causes remain. */
export type FailureContext = {
  /** The instruction that failed and those that called it, innermost first, in `snake_case`; empty when unknown. */
  readonly instructions?: readonly string[];
  /** The account Anchor’s log blames. */
  readonly account?: string;
  /** The lines of the failed call; absent when there are none or the log was cut. */
  readonly logs?: readonly string[];
  readonly args?: Args;
};

/** What remains: the most likely cause first; certain when it is the only one or something shows it. */
export type LikelyCauses = { readonly causes: readonly [Cause, ...Cause[]]; readonly isCertain: boolean };

/** The causes of an error that fit what is known, most likely first. */
export function likelyCauses(entry: AtlasEntry, context: FailureContext): LikelyCauses {
  const possible = entry.causes.filter((cause) => isPossible(cause, context));
  const [first, ...others] = possible.toSorted((one, other) => weight(other, context) - weight(one, context));
  if (first === undefined) return { causes: entry.causes, isCertain: entry.causes.length === 1 };
  return { causes: [first, ...others], isCertain: others.length === 0 || isShown(first, context) };
}

function isPossible(cause: Cause, { instructions = [], account, logs, args }: FailureContext): boolean {
  const [innermost, ...callers] = instructions;
  if (innermost !== undefined && !fitsInstruction(cause, innermost, callers)) return false;
  if (account !== undefined && cause.accounts !== undefined && !cause.accounts.includes(account)) return false;
  if (logs !== undefined && cause.log !== undefined && !logs.some((line) => cause.log?.test(line))) return false;
  return !(args !== undefined && cause.holds?.(args) === false);
}

function fitsInstruction({ from, via }: Cause, innermost: string, callers: readonly string[]): boolean {
  const isFromCaller = via?.includes(innermost) === true;
  if (isFromCaller) return true;
  if (from !== undefined && !from.includes(innermost)) return false;
  if (via === undefined) return true;
  return via.length === 0 ? callers.length === 0 : callers.some((caller) => via.includes(caller));
}

/** Whether the log or the arguments prove this cause. */
function isShown({ log, holds }: Cause, { logs, args }: FailureContext): boolean {
  if (log !== undefined && logs?.some((line) => log.test(line)) === true) return true;
  return args !== undefined && holds?.(args) === true;
}

function weight(cause: Cause, context: FailureContext): number {
  if (isShown(cause, context)) return 2;
  return context.account !== undefined && cause.accounts?.includes(context.account) === true ? 1 : 0;
}
