import { formatUtc } from '#core/authorizations/closing.ts';
import { AUTHORIZATION_CLOSE_DELAY_SECONDS } from '#core/layouts/programs.ts';
import { setAuthorizationActive as switchInstruction } from '#core/programs/authorizer.ts';
import { fail, pass } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts, type OperationContext, type Step } from '../define-operation.ts';
import {
  describeGrantee,
  existsCheck,
  foundAuthorization,
  joinAuthorizationOf,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { joiningConsequences } from '../join-consequences.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check, Consequence } from '../prepared.ts';
import type { SetAuthorizationActiveInput } from './input.ts';

type ActiveFacts = Facts & { found: FoundAuthorization };

/** Makes an authorization count again, or no longer. Source: PROTOCOL.md §4.3 `authorization_grantor_update`. */
export const setAuthorizationActive = defineOperation<SetAuthorizationActiveInput, ActiveFacts>({
  async gather({ grantee }, { chain, programs, signers }) {
    const { address } = joinAuthorizationOf(signers.joinAuthority, grantee, programs);
    const [{ slot, accounts }, floorLamports] = await Promise.all([
      chain.readAccounts([address, signers.payer]),
      chain.readRentFloor(0),
    ]);
    const found = foundAuthorization(accounts[0], programs);
    return { slot, payerLamports: accounts[1]?.lamports ?? 0n, found, floorLamports };
  },

  check(input, { found }, context) {
    const authorization = joinAuthorizationOf(context.signers.joinAuthority, input.grantee, context.programs);
    if (isDone(input, found)) return [nothingToDo(input)];
    return [
      existsCheck(found, authorization),
      ...(found.state === 'missing' ? [] : [pass('State', `It is ${found.state}${lastSwitch(found)}`)]),
    ];
  },

  plan: stepsOf,

  changes({ grantee, active }, { found }) {
    const label = `${describeGrantee(grantee)} may join`;
    const words = (may: boolean) => (may ? 'Yes, every run of this join authority' : 'No');
    return [{ label, before: words(found.state === 'active'), after: words(active) }];
  },

  consequences(input, { found }, { signers }) {
    if (isDone(input, found)) return [];
    return input.active
      ? [...joiningConsequences(signers.joinAuthority, [input.grantee]), ...waitsAnew(found)]
      : deactivating(input, found);
  },

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ grantee, active }) =>
    runManagerLine(active ? 'join-authorization-create' : 'join-authorization-delete', 'join_authority.json', {
      authorizer: grantee,
    }),
});

function isDone({ active }: SetAuthorizationActiveInput, { state }: FoundAuthorization): boolean {
  return state === (active ? 'active' : 'inactive');
}

function stepsOf(
  input: SetAuthorizationActiveInput,
  { found }: ActiveFacts,
  { programs, signers }: OperationContext,
): Step[] {
  const authorization = joinAuthorizationOf(signers.joinAuthority, input.grantee, programs);
  const instructions = isDone(input, found) ? [] : [switchInstruction(authorization, input.active, programs)];
  const verb = input.active ? 'Reactivate' : 'Deactivate';
  return packSteps([{ title: `${verb} the authorization of ${describeGrantee(input.grantee)}`, instructions }], {
    signers,
    roles: { [signers.joinAuthority]: 'Join authority' },
    watch: [signers.payer],
  });
}

function nothingToDo({ grantee, active }: SetAuthorizationActiveInput): Check {
  return {
    ...fail(
      'Nothing to do',
      `The authorization of ${describeGrantee(grantee)} is ${active ? 'active' : 'not active'} already`,
      'Choose another authorization',
      'grantee',
    ),
    action: { label: 'Authorizations', place: { kind: 'authorizations' } },
  };
}

function lastSwitch(found: FoundAuthorization): string {
  if (found.state === 'missing' || found.value.grantor_update_unix_timestamp === 0n) return '';
  return `; last switched ${formatUtc(Number(found.value.grantor_update_unix_timestamp))}`;
}

function deactivating({ grantee }: SetAuthorizationActiveInput, found: FoundAuthorization): Consequence[] {
  const delegates = found.state === 'missing' ? 0 : found.value.delegates.length;
  const who = delegates === 0 ? describeGrantee(grantee) : `${describeGrantee(grantee)} and ${delegates} delegates`;
  return [
    { about: 'people', text: `${who} can no longer join by it, in any run of this join authority` },
    {
      about: 'people',
      text: 'Whoever is in an epoch stays in it: the authorization is only asked for when a client joins, which it does anew for each epoch',
    },
    {
      about: 'sol',
      text: 'The account and its rent stay; this is also all that join-authorization-delete of the command line does. Closing it afterwards returns the rent',
    },
    ...waitsAnew(found),
  ];
}

/** Each switch starts the wait before closing anew. */
function waitsAnew(found: FoundAuthorization): Consequence[] {
  if (found.state === 'missing' || found.value.delegates.length === 0) return [];
  const days = AUTHORIZATION_CLOSE_DELAY_SECONDS / 86_400;
  return [{ about: 'time', text: `It has delegates, so it can be closed ${days} days after this at the earliest` }];
}
