import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import { authorizationAddress, coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorInstanceState } from '#core/layouts/generated/coordinator.ts';
import { MAX_CLIENTS, type ProgramIds } from '#core/layouts/programs.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { fail, pass, warn } from '#core/operations/checks.ts';
import {
  describeGrantee,
  foundAuthorization,
  missingCode,
  type FoundAuthorization,
} from '#core/operations/join-authorization.ts';
import type { HelpfulAction } from '#core/operations/place.ts';
import type { Check } from '#core/operations/prepared.ts';
import { decodeInstance } from '#core/operations/run-facts.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import type { CanJoinAnswer, CanJoinQuestion } from './authorization-view.ts';

/** Lamports of a transaction with one signature. Source: Solana SDK, `DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE`. */
const JOIN_FEE = 5000n;

/**
 * Whether a key could join a run now: every rule of `join_run`, in two round trips. Source: PROTOCOL.md §4.1, §10.
 *
 * @throws AppError `run/not-found`, `run/account-missing`, `run-id/too-long`, `rpc/…`
 */
export async function canJoin(
  { runId, user, grantee = SYSTEM_PROGRAM }: CanJoinQuestion,
  { chain, programs }: { readonly chain: ChainReader; readonly programs: ProgramIds },
): Promise<CanJoinAnswer> {
  const instance = coordinatorInstanceAddress(runId, programs.coordinator).address;
  const first = await chain.readAccounts([instance]);
  const decoded = decodeInstance(first.accounts[0], programs);
  if (!decoded) throw new AppError('run/not-found', { runId });
  const account = addressFromBytes(decoded.coordinator_account);
  const grantor = addressFromBytes(decoded.join_authority);
  const grantees = [...new Set([grantee, SYSTEM_PROGRAM, user])];
  const addresses = grantees.map((each) => authorizationAddress(grantor, each, programs.authorizer).address);
  const { slot, accounts } = await chain.readAccounts([account, user, ...addresses]);
  const [run, wallet, ...given] = accounts;
  if (!run || run.owner !== programs.coordinator) throw new AppError('run/account-missing', { runId, account });
  const found = given.map((each) => foundAuthorization(each, programs));
  const ways = grantees.map((each, index) => ({ grantee: each, found: found[index] ?? MISSING }));
  const parties: Parties = { runId, user, grantor, grantee, authorization: addresses[0] ?? SYSTEM_PROGRAM };
  const checks = [
    ...authorizationChecks(found[0] ?? MISSING, parties, ways),
    ...runChecks(run, parties),
    walletCheck(wallet, user),
  ];
  const action = checks.find(({ kind, action }) => kind === 'fail' && action)?.action;
  return {
    slot,
    authorization: parties.authorization,
    checks,
    canJoin: checks.every(({ kind }) => kind !== 'fail'),
    ...(action && { action }),
  };
}

type Parties = {
  readonly runId: string;
  readonly user: Address;
  readonly grantor: Address;
  readonly grantee: Address;
  readonly authorization: Address;
};

type Way = { readonly grantee: Address; readonly found: FoundAuthorization };

const MISSING: FoundAuthorization = { state: 'missing', lamports: 0n };

const LET_IN: HelpfulAction = { label: 'Who may join', place: { kind: 'who-may-join' } };
const AUTHORIZATIONS: HelpfulAction = { label: 'Authorizations', place: { kind: 'authorizations' } };

function authorizationChecks(found: FoundAuthorization, parties: Parties, ways: readonly Way[]): Check[] {
  const { user, grantor, grantee, authorization } = parties;
  const other = ways.find((way) => way.grantee !== grantee && isValidFor(way.found, grantor, user));
  const instead = other ? `Use AUTHORIZER=${other.grantee} instead: that authorization is valid, or ` : '';
  if (found.state === 'missing') {
    return [
      {
        ...fail(
          'Authorization exists',
          `${grantor}, the join authority of the run, has given none to ${describeGrantee(grantee)}: there is no account ${authorization} (${missingCode(found)})`,
          sentence(`${instead}ask the join authority to let ${grantee === SYSTEM_PROGRAM ? 'everyone' : grantee} join`),
          'grantee',
        ),
        action: LET_IN,
      },
    ];
  }
  const { value } = found;
  return [
    pass('Authorization exists', authorization),
    value.active
      ? pass('Authorization is active', `${grantor} has switched it on`)
      : {
          ...fail(
            'Authorization is active',
            `${grantor} has switched ${authorization} off, or never on (ConstraintRaw 2003)`,
            sentence(`${instead}ask the join authority to reactivate it`),
          ),
          action: AUTHORIZATIONS,
        },
    keyCheck(value, parties, instead),
    scopeCheck(value, parties),
  ];
}

function keyCheck(value: Authorization, { user, grantee, grantor }: Parties, instead: string): Check {
  const as = waysOf(value, user);
  if (as === 'everyone') return pass('Valid for this key', 'It is for everyone');
  if (as === 'grantee') return pass('Valid for this key', `${user} is the one it was given to`);
  if (as === 'delegate') return pass('Valid for this key', `${user} is a delegate of ${grantee}`);
  const { length } = value.delegates;
  return {
    ...fail(
      'Valid for this key',
      `It was given to ${grantee}, and ${user} is none of its ${length} delegates (ConstraintRaw 2003)`,
      sentence(
        `${instead}let ${grantee} add the key to its delegates, or ask ${grantor} for an authorization of its own`,
      ),
      'user',
    ),
    action: AUTHORIZATIONS,
  };
}

function scopeCheck(value: Authorization, { grantor, authorization }: Parties): Check {
  const scope = new TextDecoder().decode(value.scope);
  if (isForJoining(value, grantor)) return pass('Scope', scope);
  return fail(
    'Scope',
    `${authorization} is for “${scope}” of ${addressFromBytes(value.grantor)}, not for joining runs of ${grantor} (ConstraintRaw 2003)`,
    'Ask the join authority for a new authorization',
  );
}

function runChecks({ data }: Account, parties: Parties): Check[] {
  try {
    const { state } = decodeCoordinatorAccount(data);
    const version = pass('Account version', 'The one this program and this app know');
    return [version, stateCheck(state, parties), roomCheck(state, parties), ...epochCheck(state, parties)];
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return [
      fail(
        'Account version',
        `${messageOf(cause.code, cause.params).happened}. The program refuses every client (ConstraintRaw 2003, or it aborts)`,
        'Ask the owner of the run: it has to be created anew for this version of the program',
      ),
    ];
  }
}

/** Joining is taken in every state; what it is worth differs. Source: PROTOCOL.md §8. */
function stateCheck({ coordinator: { run_state: state } }: CoordinatorInstanceState, { runId }: Parties): Check {
  const text = RUN_STATE_TEXTS[state];
  switch (state) {
    case 'Uninitialized':
    case 'Paused':
      return {
        ...warn(
          'Run state',
          `${text}: a join is taken, but the run’s next start makes every client join again`,
          'Wait until the run is started',
        ),
        action: { label: 'Open the run', place: { kind: 'run', runId } },
      };
    case 'Finished':
      return warn('Run state', `${text}: a join is taken, but nothing is trained any more`, 'Choose another run');
    case 'WaitingForMembers':
      return pass('Run state', `${text}: who joins now takes part in the next epoch`);
    case 'Warmup':
      return warn(
        'Run state',
        `${text}: who joins now is not in this epoch, and has to join again for the next one`,
        'Nothing to do: clients join again by themselves',
      );
    case 'RoundTrain':
    case 'RoundWitness':
    case 'Cooldown':
      return pass('Run state', `${text}: who joins now takes part in the next epoch`);
  }
}

/** Who is known already takes no new place; only new ones are counted, and compared for equality. */
function roomCheck({ coordinator, clients_state }: CoordinatorInstanceState, { runId, user }: Parties): Check {
  const known = clients_state.clients;
  const limit = coordinator.config.global_batch_size_end;
  if (known.some(({ id }) => addressFromBytes(id.signer) === user)) {
    return pass('Room', 'The run knows this key: joining again takes no new place');
  }
  const configure: HelpfulAction = {
    label: 'Update the configuration',
    place: { kind: 'update-configuration', runId },
  };
  if (known.length === limit) {
    const reason =
      limit === 0
        ? 'The run has no configuration yet: a global_batch_size_end of 0 lets nobody in (MoreClientsThanBatches 6022)'
        : `The run knows ${known.length} clients, exactly its global_batch_size_end: no new one is let in (MoreClientsThanBatches 6022). Known clients never leave the list`;
    const remedy = limit === 0 ? 'Configure the run' : 'Raise global_batch_size_end while the run is paused';
    return { ...fail('Room', reason, remedy), action: configure };
  }
  if (known.length >= MAX_CLIENTS) {
    return fail(
      'Room',
      `The run knows ${known.length} clients and can never know more (ClientsFull 6003)`,
      'Join with a key that the run knows, or another run',
    );
  }
  const left = limit > known.length ? Math.min(limit, MAX_CLIENTS) - known.length : MAX_CLIENTS - known.length;
  return pass('Room', `${known.length} clients known; room for ${left} more`);
}

/** The program lets a client of the epoch join once more; the command line’s `can-join` says no. */
function epochCheck({ coordinator }: CoordinatorInstanceState, { user }: Parties): Check[] {
  const { run_state: state, epoch_state } = coordinator;
  if (state === 'Paused' || state === 'Uninitialized') return [];
  const isIn = epoch_state.clients.some(({ id }) => addressFromBytes(id.signer) === user);
  if (!isIn) return [pass('Not in the epoch yet')];
  return [
    warn(
      'Not in the epoch yet',
      'It is a client of this epoch already. The program takes another join; can-join of the command line answers no',
      'Nothing to do, unless the client was started twice',
    ),
  ];
}

function walletCheck(wallet: Account | undefined, user: Address): Check {
  const lamports = wallet?.lamports ?? 0n;
  if (lamports >= JOIN_FEE) return pass('SOL for fees', `${user} holds ${formatSol(lamports)} SOL`);
  return {
    ...warn(
      'SOL for fees',
      `${user} holds ${formatSol(lamports)} SOL. A client pays the fees of its own transactions`,
      'Send it a little SOL',
    ),
    action: { label: 'Get SOL', place: { kind: 'faucet', address: user, lamports: FAUCET_LAMPORTS } },
  };
}

/** Fees of 20,000 transactions: a tenth of a SOL. */
const FAUCET_LAMPORTS = 100_000_000n;

function waysOf({ grantee, delegates }: Authorization, user: Address): 'everyone' | 'grantee' | 'delegate' | undefined {
  const to = addressFromBytes(grantee);
  if (to === SYSTEM_PROGRAM) return 'everyone';
  if (to === user) return 'grantee';
  return delegates.some((delegate) => addressFromBytes(delegate) === user) ? 'delegate' : undefined;
}

function isForJoining({ grantor: by, scope }: Authorization, grantor: Address): boolean {
  const isScope = scope.length === JOIN_SCOPE.length && scope.every((byte, index) => byte === JOIN_SCOPE[index]);
  return isScope && addressFromBytes(by) === grantor;
}

function isValidFor(found: FoundAuthorization, grantor: Address, user: Address): boolean {
  if (found.state !== 'active') return false;
  return isForJoining(found.value, grantor) && waysOf(found.value, user) !== undefined;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
