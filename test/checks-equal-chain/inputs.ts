import fc from 'fast-check';
import type { OperationInput } from '#core/operations/request.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { TEST_MINT } from '#test/practice/rewards-desk.ts';
import { configText, DELEGATES, GOOD_CONFIG, PEOPLE, RUN_ID } from './stage-world.ts';
import { amount, usually } from './world.ts';

type Kind = OperationInput['kind'];

/** An operation under test: what people may ask for, and every refusal that must have been met at least once. */
export type Tried<I extends OperationInput = OperationInput> = {
  readonly input: fc.Arbitrary<I>;
  /** As `refusalOf` words them. */
  readonly refusals: readonly string[];
};

const run = { runId: fc.constant(RUN_ID) };
const decimals = usually(6, 9);
const version = usually('latest', 'v2', '');
const metadata = fc.record({
  name: fc.constantFrom('', 'Atlas'),
  description: fc.constantFrom('', 'A rehearsal', 'x'.repeat(280)),
  parameters: fc.constantFrom(0n, 20_000_000n),
  vocabulary: fc.constantFrom(0n, 32_000n),
});
/** Texts that parse: of another nothing can be sent, so the chain is never asked. The last ones break a rule each. */
const CONFIGS = [
  GOOD_CONFIG,
  GOOD_CONFIG.replace('total_steps = 12000', 'total_steps = 1'),
  ...[
    'ok-limits',
    'ok-server-adamw-linear',
    'check-cooldown-zero',
    'check-batch-end-below-start',
    'check-server-empty',
    'check-witness-over-min',
  ].map(configText),
];
const configuration = fc.oneof(fc.constant(GOOD_CONFIG), fc.constantFrom(...CONFIGS));
const whoMayJoin = fc.constantFrom({ kind: 'anyone' as const }, { kind: 'user' as const, address: PEOPLE.user });
const grantee = fc.constantFrom(PEOPLE.user, SYSTEM_PROGRAM);
const text = fc.constantFrom('', 'example/atlas', 'x'.repeat(64));
const rewards = fc.record(
  {
    mint: fc.constant(TEST_MINT),
    decimals,
    earning: amount,
    slashing: amount,
    topUp: fc.record({ upTo: amount.map((upTo) => upTo + 1n), funder: fc.constant(PEOPLE.funder) }),
  },
  { requiredKeys: ['mint', 'decimals'] },
);

/** Every operation whose checks are compared with the chain. A new one is an entry here. */
export const TRIED: { readonly [K in Kind]: Tried<Extract<OperationInput, { kind: K }>> } = {
  'allow-many': {
    input: fc.record({
      kind: fc.constant('allow-many'),
      users: fc
        .uniqueArray(fc.constantFrom(PEOPLE.user, ...DELEGATES), { minLength: 1 })
        .map((users) => users.map((address) => ({ address, label: '' }))),
    }),
    refusals: ['Custom 1', 'fee cannot be paid', 'InsufficientFundsForRent'],
  },
  'set-authorization-active': {
    input: fc.record({ kind: fc.constant('set-authorization-active'), grantee, active: fc.boolean() }),
    refusals: ['Custom 3007', 'Custom 3012', 'fee cannot be paid'],
  },
  'close-authorization': {
    input: fc.record({ kind: fc.constant('close-authorization'), grantee }),
    refusals: ['Custom 3007', 'Custom 3012', 'Custom 6000', 'Custom 6001', 'fee cannot be paid'],
  },
  'set-delegates': {
    input: fc.record({
      kind: fc.constant('set-delegates'),
      grantor: fc.constantFrom(PEOPLE.owner, PEOPLE.owner, PEOPLE.joinAuthority),
      // Everyone's authorization has no key that could sign.
      grantee: usually(PEOPLE.user, PEOPLE.stranger),
      delegates: fc.uniqueArray(fc.constantFrom(...DELEGATES)),
    }),
    refusals: ['Custom 3007', 'Custom 3012', 'fee cannot be paid'],
  },
  'close-run': {
    input: fc.record({ kind: fc.constant('close-run'), ...run }),
    refusals: ['Custom 2003', 'Custom 6009', 'fee cannot be paid'],
  },
  tick: { input: fc.record({ kind: fc.constant('tick'), ...run }), refusals: ['Custom 6015', 'fee cannot be paid'] },
  checkpoint: {
    input: fc.record({
      kind: fc.constant('checkpoint'),
      ...run,
      user: usually(PEOPLE.user, PEOPLE.stranger),
      repository: fc.oneof(
        fc.record(
          { kind: fc.constant('hub' as const), repository: text, revision: text },
          { requiredKeys: ['kind', 'repository'] },
        ),
        fc.record(
          { kind: fc.constant('gcs' as const), bucket: text, prefix: text },
          { requiredKeys: ['kind', 'bucket'] },
        ),
      ),
    }),
    refusals: ['Custom 6007', 'fee cannot be paid'],
  },
  'allow-to-join': {
    input: fc.record({ kind: fc.constant('allow-to-join'), whoMayJoin }),
    refusals: ['Custom 1', 'fee cannot be paid', 'InsufficientFundsForRent'],
  },
  'create-run': {
    input: fc.record(
      {
        kind: fc.constant('create-run' as const),
        ...run,
        whoMayJoin,
        metadata,
        clientVersion: version,
        start: fc.boolean(),
        configText: configuration,
        rewards,
      },
      { requiredKeys: ['kind', 'runId', 'whoMayJoin', 'metadata', 'clientVersion', 'start'] },
    ),
    refusals: [
      'Custom 1',
      'Custom 17',
      'Custom 18',
      'Custom 2003',
      'Custom 3007',
      'Custom 3012',
      'Custom 6004',
      'Custom 6005',
      'Custom 6015',
      'InvalidAccountData',
      'UninitializedAccount',
    ],
  },
  'set-paused': {
    input: fc.record({ kind: fc.constant('set-paused'), ...run, paused: fc.boolean() }),
    refusals: [
      'Custom 2003',
      'Custom 6004',
      'Custom 6005',
      'Custom 6006',
      'Custom 6015',
      'Custom 6018',
      'fee cannot be paid',
    ],
  },
  'set-rates': {
    input: fc.record(
      {
        kind: fc.constant('set-rates' as const),
        ...run,
        earning: amount,
        slashing: amount,
        decimals,
      },
      { requiredKeys: ['kind', 'runId', 'earning'] },
    ),
    refusals: ['Custom 2003', 'fee cannot be paid'],
  },
  'top-up': {
    input: fc.record({
      kind: fc.constant('top-up'),
      ...run,
      amount,
      decimals,
      funder: fc.constant(PEOPLE.funder),
      depositedBefore: amount,
    }),
    refusals: ['Custom 1', 'Custom 17', 'Custom 18', 'InvalidAccountData', 'fee cannot be paid'],
  },
  'claim-rewards': {
    input: fc.record({ kind: fc.constant('claim-rewards'), ...run, user: fc.constant(PEOPLE.user) }),
    refusals: ['Custom 17', 'Custom 2003', 'fee cannot be paid'],
  },
  'update-configuration': {
    input: fc.record(
      {
        kind: fc.constant('update-configuration' as const),
        ...run,
        configText: configuration,
        metadata,
        clientVersion: version,
        restartFromStep: fc.constantFrom(0, 1, 7, 12_000, 12_001),
        switchToHub: fc.constant(true as const),
      },
      { requiredKeys: ['kind', 'runId'] },
    ),
    refusals: ['Custom 2003', 'Custom 6000', 'Custom 6001', 'Custom 6004', 'Custom 6005', 'fee cannot be paid'],
  },
};
