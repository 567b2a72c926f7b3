import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOf, treasuryAmounts } from '#core/rewards/treasury.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { codeOf, joinArgs, validProof, witnessArgs } from './coordinator-steps.ts';
import { sampleConfig, sampleModel } from './run-on-stage.ts';
import { createStage, type Stage } from './stage.ts';
import { createRewardedRun, type StagedRewardedRun } from './treasurer-run.ts';

/** An epoch to play: who takes part, what all of them share, how it ends, and what is claimed afterwards. */
type Epoch = {
  readonly rate: bigint;
  /** Per client of the run; an epoch nobody joins does not happen. */
  readonly joins: readonly boolean[];
  readonly ending: 'whole' | 'no report' | 'paused';
  /** Native units put into the vault before the claims. */
  readonly deposit: bigint;
  /** Share of its points that a client asks for, in percent; above 100 is more than it may. */
  readonly claims: readonly number[];
};

const CLIENTS = 3;

const epochs: fc.Arbitrary<Epoch[]> = fc.array(
  fc.record({
    rate: fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 15n)),
    joins: fc.array(fc.boolean(), { minLength: CLIENTS, maxLength: CLIENTS }),
    ending: fc.oneof(
      { arbitrary: fc.constant('whole' as const), weight: 4 },
      fc.constantFrom('no report' as const, 'paused' as const),
    ),
    deposit: fc.bigInt(0n, 2n * 10n ** 15n),
    claims: fc.array(fc.integer({ min: 0, max: 130 }), { minLength: CLIENTS, maxLength: CLIENTS }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** What must be true by the rules of §9, kept beside the chain. */
type Books = {
  readonly users: readonly Address[];
  readonly earned: bigint[];
  readonly claimed: bigint[];
  vault: bigint;
};

describe('treasury arithmetic', () => {
  test('over whole epochs everyone earns an equal whole share, and vault, wallets and totals always agree', () => {
    // A run of this property is some sixty transactions, so it gets a tenth of the runs of others.
    const numRuns = Math.ceil(propertyRuns() / 10);
    fc.assert(fc.property(epochs, playAndCompare), { numRuns });
  });
});

function playAndCompare(plan: readonly Epoch[]): void {
  const stage = createStage();
  const run = createRewardedRun(stage);
  const users = Array.from({ length: CLIENTS }, (_, index) => run.fundUser(100 + index));
  stage.land(users.map((user) => run.instruction('participant_create', {}, user)));
  run.update({ config: sampleConfig({ witness_nodes: 1, total_steps: 1_000 }), model: sampleModel() });
  run.update({ paused: false });
  const books: Books = { users, earned: users.map(() => 0n), claimed: users.map(() => 0n), vault: 0n };
  for (const epoch of plan) {
    const members = users.filter((_, index) => epoch.joins[index] === true);
    if (members.length > 0) {
      playEpoch(stage, run, members, epoch);
      const share = epoch.ending === 'whole' ? shareOf(epoch.rate, 0n, members.length).perClient : 0n;
      for (const member of members) addTo(books.earned, users.indexOf(member), share);
    }
    compareEarnings(run, books);
    books.vault += epoch.deposit;
    run.fill(books.vault);
    for (const [index, percent] of epoch.claims.entries()) claim(stage, run, books, index, percent);
    compareBooks(run, books);
  }
}

function playEpoch(stage: Stage, run: StagedRewardedRun, members: readonly Address[], epoch: Epoch): void {
  run.update({ epoch_earning_rate_total_shared: epoch.rate });
  stage.land(members.map((member) => run.open('join_run', joinArgs(member), member)));
  const tickAfter = (seconds: bigint) => {
    run.wait(seconds);
    stage.land([run.open('tick', {})]);
  };
  const stateIs = (state: string) => expect(run.read().state.coordinator.run_state).toBe(state);
  tickAfter(5n);
  stateIs('Warmup');
  tickAfter(11n);
  // A rate set now is one for the next epoch.
  run.update({ epoch_earning_rate_total_shared: 7n });
  if (epoch.ending === 'paused') run.update({ paused: true });
  if (epoch.ending === 'no report') tickAfter(16n);
  else report(stage, run, members);
  tickAfter(61n);
  while (run.read().state.coordinator.run_state === 'RoundTrain') {
    report(stage, run, members);
    tickAfter(6n);
  }
  stateIs('Cooldown');
  tickAfter(21n);
  stateIs(epoch.ending === 'paused' ? 'Paused' : 'WaitingForMembers');
  if (epoch.ending === 'paused') run.update({ paused: false });
}

/** The one witness of the round reports. */
function report(stage: Stage, run: StagedRewardedRun, members: readonly Address[]): void {
  const { clients } = run.read().state.coordinator.epoch_state;
  const proofs = clients.map((_, index) => validProof(run, index));
  const proof = proofs.find((each) => each.witness);
  const witness = proof && clients[Number(proof.index)];
  if (proof === undefined || witness === undefined) throw new Error('nobody may report');
  const user = addressFromBytes(witness.id.signer);
  expect(members).toContain(user);
  stage.land([run.open('witness', witnessArgs(proof), user)]);
}

function claim(stage: Stage, run: StagedRewardedRun, books: Books, index: number, percent: number): void {
  const user = books.users[index];
  if (user === undefined) throw new Error('no user');
  const unclaimed = (books.earned[index] ?? 0n) - (books.claimed[index] ?? 0n);
  const points = (unclaimed * BigInt(percent)) / 100n;
  const result = stage.send([run.instruction('participant_claim', { claim_earned_points: points }, user)]);
  if (points > unclaimed) expect(codeOf(result)).toBe(6000);
  else if (points > books.vault) expect(codeOf(result)).toBe(1);
  else {
    expect(result.err).toBeNull();
    addTo(books.claimed, index, points);
    books.vault -= points;
  }
}

function compareEarnings(run: StagedRewardedRun, { users, earned }: Books): void {
  const { clients } = run.read().state.clients_state;
  const onChain = new Map(clients.map((client) => [addressFromBytes(client.id.signer), client.earned]));
  expect(users.map((user) => onChain.get(user) ?? 0n)).toEqual(earned);
  expect(clients.every(({ slashed }) => slashed === 0n)).toBe(true);
}

function compareBooks(run: StagedRewardedRun, { users, earned, claimed, vault }: Books): void {
  const total = claimed.reduce((sum, amount) => sum + amount, 0n);
  const allEarned = earned.reduce((sum, amount) => sum + amount, 0n);
  const owed = allEarned - total;
  // What the app shows of a treasury, from the same accounts.
  expect(treasuryAmounts(run.vault() ?? 0n, run.readRun(), run.read())).toEqual({
    funded: vault,
    earned: allEarned,
    claimed: total,
    owed,
    missing: owed > vault ? owed - vault : 0n,
    surplus: vault > owed ? vault - owed : 0n,
    deposited: vault + total,
  });
  expect(run.vault()).toBe(vault);
  expect(users.map((user) => run.held(user))).toEqual(claimed);
  expect(users.map((user) => run.readParticipant(user).claimed_earned_points)).toEqual(claimed);
  expect(users.map((user) => run.readParticipant(user).claimed_collateral_amount)).toEqual(claimed);
  expect(run.readRun()).toMatchObject({
    total_claimed_collateral_amount: total,
    total_claimed_earned_points: total,
  });
}

function addTo(amounts: bigint[], index: number, amount: bigint): void {
  amounts[index] = (amounts[index] ?? 0n) + amount;
}
