import type { TransactionInstruction } from '@solana/web3.js';
import type { JoinAuthorization } from '#core/programs/authorizer.ts';
import { ADDRESS_BYTES, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { TRANSACTION_MAX_BYTES } from '#core/transactions/build.ts';
import { fail, pass, warn } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import {
  defineOperation,
  type Facts,
  type OperationContext,
  type Step,
  type StepSigners,
} from '../define-operation.ts';
import {
  allowInstructions,
  AUTHORIZATION_BYTES,
  creationLamports,
  foundAuthorization,
  joinAuthorizationOf,
  type FoundAuthorization,
} from '../join-authorization.ts';
import { joiningConsequences } from '../join-consequences.ts';
import { packSteps, sizeUnder } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import type { AllowManyInput } from './input.ts';

type User = { readonly label: string; readonly authorization: JoinAuthorization; readonly found: FoundAuthorization };

/** Everything that follows from one reading, each derived once: a list may name 2,000 users. */
type ManyFacts = Facts & {
  /** Each user once, in the order of the list. */
  readonly users: readonly User[];
  readonly duplicates: number;
  readonly steps: Step[];
};

/**
 * Lets many users join, as many per transaction as fit. Whoever may already is left out, so the same request goes on where
 * it stopped.
 */
export const allowMany = defineOperation<AllowManyInput, ManyFacts>({
  async gather({ users: listed }, { chain, rest, ...context }) {
    const { programs, signers } = context;
    const unique = firstOfEach(listed);
    const authorizations: JoinAuthorization[] = [];
    for (const { address } of unique) {
      if (authorizations.length % USERS_AT_ONCE === USERS_AT_ONCE - 1) await rest();
      authorizations.push(joinAuthorizationOf(signers.joinAuthority, address, programs));
    }
    const reading = Promise.all([
      chain.readAccounts([signers.payer, ...authorizations.map(({ address }) => address)]),
      chain.readRentFloor(AUTHORIZATION_BYTES),
      chain.readRentFloor(0),
    ]);
    // While the chain answers: whatever it says, a user needs these or the last of them.
    const instructions = new Map(
      authorizations.map((authorization) => [
        authorization,
        allowInstructions(authorization, 'missing', signers.payer, programs),
      ]),
    );
    const [{ slot, accounts }, rentLamports, floorLamports] = await reading;
    const users = authorizations.map((authorization, index) => ({
      label: unique[index]?.label ?? '',
      authorization,
      found: foundAuthorization(accounts[index + 1], programs),
    }));
    return {
      slot,
      payerLamports: accounts[0]?.lamports ?? 0n,
      users,
      duplicates: listed.length - unique.length,
      steps: packUsers(users, instructions, rentLamports, signers),
      floorLamports,
    };
  },

  check(_input, facts) {
    const { users, duplicates } = facts;
    const waiting = users.filter(isWaiting);
    if (waiting.length === 0) return [nothingToDo(users.length)];
    return [
      pass('Users', countWords(users)),
      ...(duplicates === 0 ? [] : [pass('Duplicates', `${duplicates} repeated in the list; each user counts once`)]),
      ...everyoneCheck(waiting),
    ];
  },

  plan: (_input, { steps }) => steps,

  changes: (_input, { users }) =>
    users.filter(isWaiting).map(({ label, authorization: { grantee }, found }) => ({
      label: `${nameOf(label, grantee)} may join`,
      before: found.state === 'inactive' ? 'No: the authorization is not active' : 'No',
      after: 'Yes, every run of this join authority',
    })),

  consequences(_input, { users, steps }, { signers }) {
    const waiting = users.filter(isWaiting);
    if (waiting.length === 0) return [];
    const grantees = waiting.map(({ authorization }) => authorization.grantee);
    const parts =
      steps.length > 1
        ? [
            {
              about: 'time' as const,
              text: `${steps.length} transactions, each with its own approval: who is in one that landed may join at once. When it stops in between, the same list goes on where it stopped`,
            },
          ]
        : [];
    return [...joiningConsequences(signers.joinAuthority, grantees), ...parts];
  },

  rent: (_input, { steps }) => {
    const lamports = steps.reduce((sum, { costLamports }) => sum + costLamports, 0n);
    return { lamports, note: lamports === 0n ? '' : 'Comes back when the authorizations are closed, each by itself' };
  },

  command: (_input, { users }) =>
    users
      .filter(isWaiting)
      .map(({ authorization: { grantee } }) =>
        runManagerLine('join-authorization-create', 'join_authority.json', { authorizer: grantee }),
      )
      .join('\n'),
});

/** Users whose addresses are derived in one go: a tenth of a millisecond or two each. */
const USERS_AT_ONCE = 50;

/** A user named twice counts once, under the first label. */
function firstOfEach(listed: AllowManyInput['users']): AllowManyInput['users'] {
  const seen = new Set<Address>();
  return listed.filter(({ address }) => !seen.has(address) && seen.add(address));
}

function isWaiting({ found }: User): boolean {
  return found.state !== 'active';
}

/**
 * The users still waiting, in order, as many per transaction as fit.
 *
 * @param instructions - that create and activate an authorization, the activation last
 */
function packUsers(
  users: readonly User[],
  instructions: ReadonlyMap<JoinAuthorization, TransactionInstruction[]>,
  rentLamports: bigint,
  signers: OperationContext['signers'],
): Step[] {
  const instructionsOf = ({ authorization, found }: User) =>
    (instructions.get(authorization) ?? []).slice(found.state === 'missing' ? 0 : -1);
  const waiting = users.filter(isWaiting);
  const sizeOf = sizesOf(waiting, instructionsOf, signers);
  const groups: User[][] = [];
  for (const user of waiting) {
    const last = groups.at(-1);
    if (last && sizeOf([...last, user]) <= TRANSACTION_MAX_BYTES) last.push(user);
    else groups.push([user]);
  }
  return groups.flatMap((group) =>
    packSteps(
      [
        {
          title: titleOf(group),
          instructions: group.flatMap(instructionsOf),
          costLamports: group.reduce((sum, { found }) => sum + creationLamports(found, rentLamports), 0n),
        },
      ],
      { signers, roles: { [signers.joinAuthority]: 'Join authority' }, watch: [signers.payer] },
    ),
  );
}

/**
 * Bytes of the transaction for some users, summed from two that are measured: a list may hold 2,000. All who are new add the
 * same, all who are reactivated too; with somebody new the System program is listed once.
 */
function sizesOf(
  waiting: readonly User[],
  instructionsOf: (user: User) => TransactionInstruction[],
  signers: StepSigners,
): (group: readonly User[]) => number {
  const isNew = ({ found }: User) => found.state === 'missing';
  const measured = (user: User | undefined) => {
    if (!user) return { alone: 0, adds: 0 };
    const alone = sizeUnder(instructionsOf(user), signers);
    // The same user once more brings no address of its own.
    const again = sizeUnder([...instructionsOf(user), ...instructionsOf(user)], signers);
    return { alone, adds: again - alone + ADDRESS_BYTES };
  };
  const fresh = measured(waiting.find(isNew));
  const known = measured(waiting.find((user) => !isNew(user)));
  const empty = fresh.alone > 0 ? fresh.alone - fresh.adds - ADDRESS_BYTES : known.alone - known.adds;
  return (group) => {
    const count = group.filter(isNew).length;
    return empty + (count > 0 ? ADDRESS_BYTES : 0) + count * fresh.adds + (group.length - count) * known.adds;
  };
}

function titleOf(group: readonly User[]): string {
  const [first] = group;
  return group.length === 1 && first
    ? `Allow ${nameOf(first.label, first.authorization.grantee)}`
    : `Allow ${group.length} users`;
}

function nothingToDo(count: number): Check {
  return {
    ...fail(
      'Nothing to do',
      count === 1 ? 'The user may join already' : `All ${count} users may join already`,
      'Add someone who may not join yet',
      'users',
    ),
    action: { label: 'Authorizations', place: { kind: 'authorizations' } },
  };
}

function countWords(users: readonly User[]): string {
  const count = (state: FoundAuthorization['state']) => users.filter(({ found }) => found.state === state).length;
  const parts = [
    [count('missing'), 'new'],
    [count('inactive'), 'to reactivate'],
    [count('active'), 'may join already and are left out'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${users.length} in the list: ${words.join(', ')}`;
}

function everyoneCheck(waiting: readonly User[]): Check[] {
  if (!waiting.some(({ authorization }) => authorization.grantee === SYSTEM_PROGRAM)) return [];
  return [
    warn(
      'Everyone',
      `The list holds ${SYSTEM_PROGRAM}, which stands for everyone: with it any wallet may join`,
      'Take it out of the list unless that is meant',
      'users',
    ),
  ];
}

function nameOf(label: string, address: Address): string {
  return label === '' ? address : `${label} (${address})`;
}
