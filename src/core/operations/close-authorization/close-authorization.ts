import { closingOf, formatUtc } from '#core/authorizations/closing.ts';
import { AUTHORIZATION_CLOSE_DELAY_SECONDS } from '#core/layouts/programs.ts';
import { closeAuthorizationAccount } from '#core/programs/authorizer.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass } from '../checks.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import {
  describeGrantee,
  existsCheck,
  foundAuthorization,
  joinAuthorizationOf,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import type { CloseAuthorizationInput } from './input.ts';

type CloseFacts = Facts & {
  found: FoundAuthorization;
  /** Unix seconds. */
  clusterTime: number;
};

/** Removes an authorization that no longer counts and returns its rent. Source: PROTOCOL.md §4.3 `authorization_close`. */
export const closeAuthorization = defineOperation<CloseAuthorizationInput, CloseFacts>({
  async gather({ grantee }, { chain, programs, signers }) {
    const { address } = joinAuthorizationOf(signers.joinAuthority, grantee, programs);
    const [{ slot, accounts }, floorLamports, clusterTime] = await Promise.all([
      chain.readAccounts([address, signers.payer]),
      chain.readRentFloor(0),
      chain.readClusterTime(),
    ]);
    const found = foundAuthorization(accounts[0], programs);
    return { slot, payerLamports: accounts[1]?.lamports ?? 0n, found, floorLamports, clusterTime };
  },

  check(input, { found, clusterTime }, context) {
    const authorization = joinAuthorizationOf(context.signers.joinAuthority, input.grantee, context.programs);
    return [
      existsCheck(found, authorization),
      ...(found.state === 'missing' ? [] : [activeCheck(found), waitCheck(found, clusterTime)]),
    ];
  },

  plan({ grantee }, { found }, { programs, signers }) {
    const authorization = joinAuthorizationOf(signers.joinAuthority, grantee, programs);
    const bundle = {
      title: `Close the authorization of ${describeGrantee(grantee)}`,
      instructions: [closeAuthorizationAccount(authorization, signers.payer, programs)],
      costLamports: -found.lamports,
    };
    return packSteps([bundle], {
      signers,
      roles: { [signers.joinAuthority]: 'Join authority' },
      watch: [signers.payer],
    });
  },

  changes: ({ grantee }, { found }) => [
    {
      label: `Authorization of ${describeGrantee(grantee)}`,
      before: found.state === 'missing' ? 'Does not exist' : `Exists, ${found.state}`,
      after: 'Does not exist',
    },
  ],

  consequences({ grantee }, { found }, { signers }) {
    if (found.state === 'missing') return [];
    const { length: delegates } = found.value.delegates;
    return [
      {
        about: 'sol',
        text: `Its rent of ${formatSol(found.lamports)} SOL goes to the fee payer ${signers.payer}, whoever paid it once`,
      },
      {
        about: 'final',
        text: `The account is gone${delegates === 0 ? '' : `, and with it the list of ${delegates} delegates`}. ${describeGrantee(grantee)} can be let in again by a new authorization at the same address`,
      },
    ];
  },

  rent: () => ({ lamports: 0n, note: '' }),

  command: () => '# run-manager has no command that closes an authorization',
});

type Existing = Exclude<FoundAuthorization, { state: 'missing' }>;

function activeCheck({ state, value }: Existing): Check {
  if (state === 'inactive') return pass('Not active', 'It is not active, so nobody joins by it');
  const wait = value.delegates.length === 0 ? 'at once' : `${DELAY_DAYS} days later, because it has delegates`;
  return {
    ...fail(
      'Not active',
      'It is active: who joins by it would be locked out (AuthorizationActiveIsTrue 6000)',
      `Deactivate it first; it can then be closed ${wait}`,
    ),
    action: { label: 'Deactivate it first', place: { kind: 'authorizations' } },
  };
}

/** An active one is refused for that alone; its wait begins when it is deactivated. */
function waitCheck({ state, value }: Existing, clusterTime: number): Check {
  const { length: delegates } = value.delegates;
  if (delegates === 0) return pass('Waiting time', 'It has no delegates, so there is none');
  if (state === 'active') return pass('Waiting time', `Begins when it is deactivated: ${DELAY_DAYS} days`);
  const closing = closingOf(value, clusterTime);
  if (closing.kind !== 'from') return pass('Waiting time', `${DELAY_DAYS} days have passed since it was switched last`);
  return fail(
    'Waiting time',
    `It has ${delegates} delegates and was switched last at ${formatUtc(Number(value.grantor_update_unix_timestamp))}. It is ${formatUtc(clusterTime)} on the network (AuthorizationClosingConditionsNotReachedYet 6001)`,
    `Close it from ${formatUtc(closing.unixTime)} on, or let its grantee clear the delegates: then it closes at once`,
  );
}

const DELAY_DAYS = AUTHORIZATION_CLOSE_DELAY_SECONDS / 86_400;
