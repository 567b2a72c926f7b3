import type { FieldNode } from '#core/codec/field-node.ts';
import { isAppError, type AppError } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { AccountDescription, AccountInput, AccountKind, AccountKindName } from './account-kind.ts';
import { authorization } from './kinds/authorization.ts';
import { coordinatorAccount } from './kinds/coordinator-account.ts';
import { coordinatorInstance } from './kinds/coordinator-instance.ts';
import { mint } from './kinds/mint.ts';
import { nonceAccount } from './kinds/nonce-account.ts';
import { participant } from './kinds/participant.ts';
import { program } from './kinds/program.ts';
import { systemAccount } from './kinds/system-account.ts';
import { tokenAccount } from './kinds/token-account.ts';
import { treasurerRun } from './kinds/treasurer-run.ts';
import { unknown } from './kinds/unknown.ts';

/** An account, understood as far as possible. */
export type RecognisedAccount = AccountDescription & {
  readonly kind: AccountKindName;
  /** With byte ranges; empty when there is nothing to decode or it cannot be decoded. */
  readonly fields: readonly FieldNode[];
  /** Why the bytes are not what the kind promises: another size or version, or broken. */
  readonly problem?: AppError;
};

/** Tried in this order; the last takes everything. */
const KINDS: readonly AccountKind[] = [
  program,
  coordinatorInstance,
  coordinatorAccount,
  authorization,
  treasurerRun,
  participant,
  mint,
  tokenAccount,
  nonceAccount,
  systemAccount,
];

/**
 * Says what an account is. Never refuses: what cannot be read comes back with its `problem`.
 *
 * @param programIds - the programs of the network, which private deployments override
 */
export function recogniseAccount(account: AccountInput, programIds: ProgramIds): RecognisedAccount {
  const kind = KINDS.find((each) => each.recognise(account, programIds)) ?? unknown;
  const described = attempt(() => kind.describe(account.data));
  const decoded = attempt(() => kind.decode(account.data));
  const problem = decoded.problem ?? described.problem;
  return {
    kind: kind.name,
    ...(described.value ?? { title: `${TITLES[kind.name]}, not readable`, summary: [] }),
    fields: decoded.value ?? [],
    ...(problem && { problem }),
  };
}

/** What an account is called when its own bytes cannot say. */
const TITLES: Readonly<Record<AccountKindName, string>> = {
  'coordinator-instance': 'Run',
  'coordinator-account': 'State of a run',
  authorization: 'Authorization',
  'treasurer-run': 'Treasury of a run',
  participant: 'Participant in the rewards of a run',
  mint: 'Token mint',
  'token-account': 'Token account',
  'nonce-account': 'Nonce account',
  'system-account': 'Wallet',
  program: 'Program',
  unknown: 'Account',
};

function attempt<T>(work: () => T): { value?: T; problem?: AppError } {
  try {
    return { value: work() };
  } catch (error) {
    if (isAppError(error)) return { problem: error };
    throw error;
  }
}
