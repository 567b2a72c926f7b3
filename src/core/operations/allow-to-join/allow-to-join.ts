import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { fail, fundsCheck, pass } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import {
  allowInstructions,
  authorizationState,
  AUTHORIZATION_BYTES,
  describeWho,
  joinAuthorizationFor,
  type AuthorizationState,
} from '../join-authorization.ts';
import { packSteps } from '../pack-steps.ts';
import type { AllowToJoinInput } from './input.ts';

type AllowFacts = Facts & { state: AuthorizationState; rentLamports: bigint; floorLamports: bigint };

/** Lets everyone or one user join: the authorization is created and activated in one transaction. */
export const allowToJoin = defineOperation<AllowToJoinInput, AllowFacts>({
  async gather({ whoMayJoin }, { chain, programs, signers }) {
    const { address } = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
    const [{ slot, accounts }, rentLamports, floorLamports] = await Promise.all([
      chain.readAccounts([address, signers.payer]),
      chain.readRentFloor(AUTHORIZATION_BYTES),
      chain.readRentFloor(0),
    ]);
    const state = authorizationState(accounts[0], programs);
    return { slot, payerLamports: accounts[1]?.lamports ?? 0n, state, rentLamports, floorLamports };
  },

  check(input, facts, context) {
    const { signers } = context;
    if (facts.state === 'active') {
      return [fail('Nothing to do', `${describeWho(input.whoMayJoin)} may join already`, 'Choose someone else')];
    }
    const signatures = signers.payer === signers.joinAuthority ? 1n : 2n;
    const rent = this.rent(input, facts, context).lamports;
    return [
      pass('Authorization', facts.state === 'missing' ? 'Does not exist yet' : 'Exists and is not active'),
      fundsCheck(facts.payerLamports, rent + 5000n * signatures, facts.floorLamports),
    ];
  },

  plan({ whoMayJoin }, { state }, { programs, signers }) {
    const authorization = joinAuthorizationFor(whoMayJoin, signers.joinAuthority, programs);
    const instructions = allowInstructions(authorization, state, signers.payer, programs);
    return packSteps([{ title: `Let ${describeWho(whoMayJoin)} join`, instructions }], {
      payer: signers.payer,
      roles: { [signers.joinAuthority]: 'Join authority' },
      watch: [signers.payer, authorization.address],
    });
  },

  changes: ({ whoMayJoin }, { state }) => [
    {
      label: `${describeWho(whoMayJoin)} may join`,
      before: state === 'active' ? 'Yes' : 'No',
      after: 'Yes, every run of this join authority',
    },
  ],

  rent: (_input, { state, rentLamports }) =>
    state === 'missing'
      ? { lamports: rentLamports, note: 'Comes back when the authorization is closed' }
      : { lamports: 0n, note: '' },

  command: ({ whoMayJoin }) =>
    runManagerLine('join-authorization-create', 'join_authority.json', {
      authorizer: whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
    }),
});
