import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { fail, pass } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import {
  allowInstructions,
  AUTHORIZATION_BYTES,
  creationLamports,
  describeWho,
  foundAuthorization,
  joinAuthorizationFor,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { joiningConsequences } from '../join-consequences.ts';
import { packSteps } from '../pack-steps.ts';
import type { AllowToJoinInput } from './input.ts';

type AllowFacts = Facts & { found: FoundAuthorization; rentLamports: bigint };

/** Lets everyone or one user join: the authorization is created and activated in one transaction. */
export const allowToJoin = defineOperation<AllowToJoinInput, AllowFacts>({
  async gather({ whoMayJoin }, { chain, programs, signers }) {
    const { address } = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
    const [{ slot, accounts }, rentLamports, floorLamports] = await Promise.all([
      chain.readAccounts([address, signers.payer]),
      chain.readRentFloor(AUTHORIZATION_BYTES),
      chain.readRentFloor(0),
    ]);
    const found = foundAuthorization(accounts[0], programs);
    return { slot, payerLamports: accounts[1]?.lamports ?? 0n, found, rentLamports, floorLamports };
  },

  check({ whoMayJoin }, { found }, context) {
    const { address } = joinAuthorizationFor(whoMayJoin, context.signers.joinAuthority, context.programs);
    if (found.state === 'active') {
      return [
        {
          ...fail(
            'Nothing to do',
            `${describeWho(whoMayJoin)} may join already: the authorization ${address} is active`,
            'Choose someone else',
            'whoMayJoin',
          ),
          action: { label: 'Authorizations', place: { kind: 'authorizations' } },
        },
      ];
    }
    return [
      pass(
        'Authorization',
        `${address} ${found.state === 'missing' ? 'does not exist yet' : 'exists and is not active'}`,
      ),
    ];
  },

  plan({ whoMayJoin }, { found, rentLamports }, { programs, signers }) {
    const authorization = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
    const bundle = {
      title: `Let ${describeWho(whoMayJoin)} join`,
      instructions: allowInstructions(authorization, found.state, signers.payer, programs),
      costLamports: creationLamports(found, rentLamports),
    };
    return packSteps([bundle], {
      signers,
      roles: { [signers.joinAuthority]: 'Join authority' },
      watch: [signers.payer, authorization.address],
    });
  },

  changes: ({ whoMayJoin }, { found }) => [
    {
      label: `${describeWho(whoMayJoin)} may join`,
      before: found.state === 'active' ? 'Yes' : 'No',
      after: 'Yes, every run of this join authority',
    },
  ],

  consequences: ({ whoMayJoin }, { found }, { signers }) =>
    found.state === 'active'
      ? []
      : joiningConsequences(signers.joinAuthority, [
          whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
        ]),

  rent: (_input, { found, rentLamports }) =>
    found.state === 'missing'
      ? { lamports: creationLamports(found, rentLamports), note: 'Comes back when the authorization is closed' }
      : { lamports: 0n, note: '' },

  command: ({ whoMayJoin }) =>
    runManagerLine('join-authorization-create', 'join_authority.json', {
      authorizer: whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
    }),
});
