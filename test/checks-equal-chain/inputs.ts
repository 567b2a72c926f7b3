import fc from 'fast-check';
import type { OperationInput } from '#core/operations/request.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { TEST_MINT } from '#test/practice/rewards-desk.ts';
import { NONCE_RENT } from '#test/practice/nonce-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { configText, GOOD_CONFIG } from './run-bytes.ts';
import { NONCE } from './nonce-world.ts';
import { PEOPLE } from './people.ts';
import { DELEGATES, RUN_ID, SEED } from './stage-world.ts';
import { amount, typedAmount, usually } from './world.ts';

/** Every operation there is. */
export type Kind = OperationInput['kind'];

const run = { runId: fc.constant(RUN_ID) };
const decimals = usually(6, 0, 9);
const version = usually('latest', 'v2', '', 'v'.repeat(96));
const metadata = fc.record({
  name: fc.constantFrom('', 'Atlas', 'x'.repeat(64)),
  description: fc.constantFrom('', 'A rehearsal', 'x'.repeat(280)),
  parameters: fc.constantFrom(0n, 20_000_000n, 2n ** 64n - 1n),
  vocabulary: fc.constantFrom(0n, 32_000n),
});

/** The configuration a run has before anybody gave it one, with a model that is warm only after a while. */
const ZERO_CONFIG = GOOD_CONFIG.replace(/^\[config\][^[]*/mu, (part) => part.replaceAll(/= *[\d_]+/gu, '= 0')).replace(
  /cold_start_warmup_steps *= *\d+/u,
  'cold_start_warmup_steps = 5',
);

const CONFIGS = [
  GOOD_CONFIG,
  GOOD_CONFIG.replace('total_steps = 12000', 'total_steps = 1'),
  ZERO_CONFIG,
  ...[
    'ok-limits',
    'ok-server-adamw-linear',
    'ok-longest-exact-strings',
    'ok-p2p-checkpoint',
    'check-cooldown-zero',
    'check-batch-end-below-start',
    'check-server-empty',
    'check-hub-repo-empty',
    'check-cold-start-too-long',
    'check-witness-over-min',
    // These do not parse.
    'bad-syntax',
    'bad-u8-range',
    'bad-missing-model',
  ].map(configText),
];
const configuration = fc.oneof(fc.constant(GOOD_CONFIG), fc.constantFrom(...CONFIGS));
const whoMayJoin = fc.constantFrom({ kind: 'anyone' as const }, { kind: 'user' as const, address: PEOPLE.user });
const grantee = fc.constantFrom(PEOPLE.user, SYSTEM_PROGRAM);
/** Longer ones the schema refuses, so that no form can send one. */
const text = fc.constantFrom('', 'example/atlas', 'x'.repeat(64), '\u{e9}'.repeat(32));
const rewards = fc.record(
  {
    mint: usually(TEST_MINT, PEOPLE.stranger),
    decimals,
    treasurerIndex: fc.constantFrom(0n, 2n ** 64n - 1n),
    earning: typedAmount,
    slashing: typedAmount,
    topUp: fc.record({ upTo: typedAmount, funder: fc.constant(PEOPLE.funder) }),
  },
  { requiredKeys: ['mint', 'decimals'] },
);

const nonceAccount = fc.constant(NONCE);
const held = { nonceAccount, authority: usually(PEOPLE.owner, PEOPLE.stranger) };
const to = fc.constantFrom(PEOPLE.owner, PEOPLE.stranger, testAddress(300));
/** On both sides of what may be put into a nonce account, and taken out of it. */
const lamports = fc.constantFrom(0n, 1n, 1_000_000n, 1_000_001n, NONCE_RENT, NONCE_RENT + 1_000_000n, 2n ** 63n);

/** What people may ask of every operation. A new one is an entry here. */
export const INPUTS: { readonly [K in Kind]: fc.Arbitrary<Extract<OperationInput, { kind: K }>> } = {
  'allow-many': fc.record({
    kind: fc.constant('allow-many'),
    users: fc
      .oneof(
        { weight: 4, arbitrary: fc.array(fc.constantFrom(PEOPLE.user, ...DELEGATES.slice(0, 4)), { minLength: 1 }) },
        // More than one transaction takes.
        { weight: 1, arbitrary: fc.constantFrom([...DELEGATES.slice(0, 9), PEOPLE.user], [...DELEGATES.slice(0, 20)]) },
        { weight: 1, arbitrary: fc.constant([SYSTEM_PROGRAM, PEOPLE.user]) },
      )
      .map((users) => users.map((address) => ({ address, label: '' }))),
  }),
  'set-authorization-active': fc.record({
    kind: fc.constant('set-authorization-active'),
    grantee,
    active: fc.boolean(),
  }),
  'close-authorization': fc.record({ kind: fc.constant('close-authorization'), grantee }),
  'set-delegates': fc.record({
    kind: fc.constant('set-delegates'),
    grantor: fc.constantFrom(PEOPLE.owner, PEOPLE.owner, PEOPLE.joinAuthority),
    grantee: usually(PEOPLE.user, PEOPLE.stranger, SYSTEM_PROGRAM),
    delegates: fc.oneof(
      { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom(...DELEGATES.slice(0, 4))) },
      { weight: 1, arbitrary: fc.constantFrom(DELEGATES, DELEGATES.slice(3), [...DELEGATES.slice(0, 2), PEOPLE.user]) },
    ),
  }),
  'close-run': fc.record({ kind: fc.constant('close-run'), ...run }),
  tick: fc.record({ kind: fc.constant('tick'), ...run }),
  checkpoint: fc.record({
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
  'allow-to-join': fc.record({ kind: fc.constant('allow-to-join'), whoMayJoin }),
  'create-run': fc.record(
    {
      kind: fc.constant('create-run' as const),
      ...run,
      whoMayJoin,
      metadata,
      clientVersion: version,
      start: fc.boolean(),
      configText: configuration,
      rewards,
      accountSeed: fc.constantFrom(SEED, SEED, '', 'x'.repeat(32)),
    },
    { requiredKeys: ['kind', 'runId', 'whoMayJoin', 'metadata', 'clientVersion', 'start'] },
  ),
  'set-paused': fc.record({ kind: fc.constant('set-paused'), ...run, paused: fc.boolean() }),
  'set-rates': fc.record(
    { kind: fc.constant('set-rates' as const), ...run, earning: typedAmount, slashing: typedAmount, decimals },
    { requiredKeys: ['kind', 'runId', 'earning'] },
  ),
  'top-up': fc.record({
    kind: fc.constant('top-up'),
    ...run,
    amount: typedAmount,
    decimals,
    funder: fc.constant(PEOPLE.funder),
    depositedBefore: amount,
  }),
  'create-nonce-accounts': fc.record({
    kind: fc.constant('create-nonce-accounts'),
    base: usually(PEOPLE.owner, PEOPLE.user),
    authority: fc.constantFrom(PEOPLE.owner, PEOPLE.stranger),
    first: fc.constantFrom(1, 2),
    count: fc.constantFrom(1, 2, 7),
  }),
  'fund-nonce': fc.record({ kind: fc.constant('fund-nonce'), nonceAccount, lamports }),
  'advance-nonce': fc.record({ kind: fc.constant('advance-nonce'), ...held }),
  'authorize-nonce': fc.record({
    kind: fc.constant('authorize-nonce'),
    ...held,
    newAuthority: fc.constantFrom(PEOPLE.owner, PEOPLE.user, SYSTEM_PROGRAM),
  }),
  'withdraw-nonce': fc.record({ kind: fc.constant('withdraw-nonce'), ...held, to, lamports }),
  'close-nonce': fc.record({ kind: fc.constant('close-nonce'), ...held, to }),
  'claim-rewards': fc.record({ kind: fc.constant('claim-rewards'), ...run, user: fc.constant(PEOPLE.user) }),
  'update-configuration': fc.record(
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
};
