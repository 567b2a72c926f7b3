import { updateDelegates } from '#core/programs/authorizer.ts';
import { ADDRESS_BYTES, addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, warn } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts, type OperationContext, type Step } from '../define-operation.ts';
import {
  AUTHORIZATION_BYTES,
  existsCheck,
  foundAuthorization,
  joinAuthorizationOf,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check, Consequence } from '../prepared.ts';
import { delegateCalls, delegateChange, once, type DelegateCall } from './delegate-calls.ts';
import type { SetDelegatesInput } from './input.ts';

type DelegateFacts = Facts & {
  readonly found: FoundAuthorization;
  readonly current: readonly Address[];
  readonly calls: readonly DelegateCall[];
  /** Lamports per byte that rent asks for. */
  readonly byteLamports: bigint;
};

/** The most an account may grow by in one call. Source: PROTOCOL.md §4.3. */
const MAX_GROWTH_BYTES = 10_240;

/** Replaces the delegates of a grantee, who signs. Source: PROTOCOL.md §4.3 `authorization_grantee_update`. */
export const setDelegates = defineOperation<SetDelegatesInput, DelegateFacts>({
  async gather({ grantor, grantee, delegates }, { chain, programs, signers }) {
    const authorization = joinAuthorizationOf(grantor, grantee, programs);
    const [{ slot, accounts }, floorLamports, fullLamports] = await Promise.all([
      chain.readAccounts([authorization.address, signers.payer]),
      chain.readRentFloor(0),
      chain.readRentFloor(AUTHORIZATION_BYTES),
    ]);
    const found = foundAuthorization(accounts[0], programs);
    const current = found.state === 'missing' ? [] : found.value.delegates.map(addressFromBytes);
    return {
      slot,
      payerLamports: accounts[1]?.lamports ?? 0n,
      found,
      current,
      calls: delegateCalls(current, delegates, authorization, signers, programs),
      floorLamports,
      byteLamports: (fullLamports - floorLamports) / BigInt(AUTHORIZATION_BYTES),
    };
  },

  check(input, facts, context) {
    const { found, calls } = facts;
    if (input.grantee === SYSTEM_PROGRAM) return [everyoneHasNone()];
    const exists = existsCheck(found, joinAuthorizationOf(input.grantor, input.grantee, context.programs));
    if (found.state !== 'missing' && calls.length === 0) return [exists, nothingToDo()];
    return [exists, ...inactiveCheck(found), ...listChecks(input, facts)];
  },

  plan: stepsOf,

  changes({ delegates }, { current }) {
    const { added, removed } = delegateChange(current, delegates);
    return [
      { label: 'Delegates', before: String(current.length), after: String(once(delegates).length) },
      ...added.map((key) => ({ label: key, before: 'Not a delegate', after: 'Delegate' })),
      ...removed.map((key) => ({ label: key, before: 'Delegate', after: 'Not a delegate' })),
    ];
  },

  consequences({ grantor, grantee, delegates }, facts) {
    const { added, removed } = delegateChange(facts.current, delegates);
    const returned = -costsOf(facts).reduce((sum, cost) => sum + cost, 0n);
    return [
      ...(added.length === 0 ? [] : [mayJoin(added.length, grantor, grantee, facts.found)]),
      ...(removed.length === 0 ? [] : [mayNoLonger(removed.length)]),
      ...inBetween(facts.calls, once(delegates).length),
      ...(returned > 0n
        ? [{ about: 'sol' as const, text: `${formatSol(returned)} SOL of rent go back to the fee payer` }]
        : []),
    ];
  },

  rent(_input, facts) {
    const lamports = costsOf(facts).reduce((sum, cost) => sum + cost, 0n);
    if (lamports <= 0n) return { lamports: 0n, note: '' };
    return {
      lamports,
      note: 'Comes back to whoever pays for clearing the delegates, or for closing the authorization',
    };
  },

  command({ grantor, delegates }, { calls, current }) {
    if (calls.length === 0 && once(delegates).length === current.length) return '';
    return calls
      .map(({ clear, added }) =>
        runManagerLine('join-authorization-delegate', 'grantee.json', {
          'join-authority': grantor,
          ...(clear ? { 'delegates-clear': true as const } : {}),
          ...(added.length === 0 ? {} : { 'delegates-added': added }),
        }),
      )
      .join('\n');
  },
});

function stepsOf(
  { grantor, grantee }: SetDelegatesInput,
  facts: DelegateFacts,
  { programs, signers }: OperationContext,
): Step[] {
  const authorization = joinAuthorizationOf(grantor, grantee, programs);
  // Nobody has a key to sign with for everyone.
  if (grantee === SYSTEM_PROGRAM) return [];
  const costs = costsOf(facts);
  return facts.calls.flatMap((call, index) =>
    packSteps(
      [
        {
          title: titleOf(call),
          instructions: [updateDelegates(authorization, call, signers.payer, programs)],
          costLamports: costs[index] ?? 0n,
        },
      ],
      { signers, roles: { [grantee]: 'Grantee' }, watch: [signers.payer] },
    ),
  );
}

function titleOf({ clear, added }: DelegateCall): string {
  const many = added.length === 1 ? '1 delegate' : `${added.length} delegates`;
  if (!clear) return `Add ${many}`;
  return added.length === 0 ? 'Clear the delegates' : `Clear the delegates and add ${many}`;
}

/** Lamports each call takes from the payer, or gives back to it. Source: Anchor, `realloc`. */
function costsOf({ found, current, calls, floorLamports, byteLamports }: DelegateFacts): bigint[] {
  let count = current.length;
  let { lamports } = found;
  return calls.map(({ clear, added }) => {
    const next = (clear ? 0 : count) + added.length;
    const needed = floorLamports + byteLamports * BigInt(AUTHORIZATION_BYTES + ADDRESS_BYTES * next);
    const isGrowth = next > count;
    const cost = next === count || (isGrowth && needed < lamports) ? 0n : needed - lamports;
    count = next;
    lamports += cost;
    return cost;
  });
}

function everyoneHasNone(): Check {
  return {
    ...fail(
      'Grantee',
      `The authorization for everyone has no delegates and can never get any: its grantee is the system program ${SYSTEM_PROGRAM}, which has no key to sign with`,
      'Choose the authorization of a user',
      'grantee',
    ),
    action: { label: 'Authorizations', place: { kind: 'authorizations' } },
  };
}

function nothingToDo(): Check {
  return fail('Nothing to do', 'The list on the chain has exactly these delegates', 'Add or remove one', 'delegates');
}

function inactiveCheck({ state }: FoundAuthorization): Check[] {
  if (state !== 'inactive') return [];
  return [
    warn(
      'Active',
      'The authorization is not active: the list changes, but nobody can join by it',
      'Ask the join authority to reactivate it',
    ),
  ];
}

function listChecks({ grantee, delegates }: SetDelegatesInput, { current, calls }: DelegateFacts): Check[] {
  const { repeated } = delegateChange(current, delegates);
  const typedTwice = delegates.length - once(delegates).length;
  const largest = Math.max(0, ...calls.map(({ clear, added }) => added.length - (clear ? current.length : 0)));
  return [
    pass(
      'Growth',
      `At most ${largest * ADDRESS_BYTES} bytes in a call; ${MAX_GROWTH_BYTES} are allowed (AccountReallocExceedsLimit 3016)`,
    ),
    ...(typedTwice === 0 ? [] : [pass('Duplicates', `${typedTwice} repeated in the list; each key counts once`)]),
    ...(repeated === 0
      ? []
      : [pass('Duplicates on the chain', `${repeated} keys stand there more than once; the list is written anew`)]),
    ...(delegates.includes(grantee)
      ? [
          warn(
            'Grantee',
            'The list holds the grantee itself, who may join anyway',
            'Take it out and save its rent',
            'delegates',
          ),
        ]
      : []),
  ];
}

function mayJoin(count: number, grantor: Address, grantee: Address, { state }: FoundAuthorization): Consequence {
  const when = state === 'inactive' ? 'Once the authorization is active again, ' : '';
  const keys = count === 1 ? '1 more key' : `${count} more keys`;
  return { about: 'people', text: `${when}${keys} may join every run of ${grantor} in the name of ${grantee}` };
}

function mayNoLonger(count: number): Consequence {
  const keys = count === 1 ? '1 key' : `${count} keys`;
  return {
    about: 'people',
    text: `${keys} can no longer join. Whoever of them is in an epoch stays in it, and fails to join the next one`,
  };
}

function inBetween(calls: readonly DelegateCall[], total: number): Consequence[] {
  const [first] = calls;
  if (!first || calls.length < 2) return [];
  const text = first.clear
    ? `${calls.length} transactions: after the first only ${first.added.length} of the ${total} delegates may join, after the last all of them. When it stops in between, the same list goes on where it stopped`
    : `${calls.length} transactions: those on the list now stay on it all the time`;
  return [{ about: 'time', text }];
}
