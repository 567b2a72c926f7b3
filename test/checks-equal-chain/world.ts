import fc from 'fast-check';
import type { RunState } from '#core/layouts/generated/coordinator.ts';

/** What an address for an authorization holds. SOL alone makes none: anybody can send it anywhere. */
export type AuthorizationKind = 'missing' | 'only SOL' | 'inactive' | 'active';

/** A token account as its owner and the mint's freeze authority may have left it. */
export type WalletKind = 'missing' | 'held' | 'frozen' | 'delegated' | 'given away';

/** Everything about the chain and the keys that an operation can meet, before it has bytes. */
export type World = {
  /** Who owns the run: a key, its own treasury, or the treasury of another run; or there is no run. */
  readonly route: 'plain' | 'treasurer' | 'foreign treasurer' | 'no run';
  readonly remembersRun: boolean;
  readonly run: {
    readonly state: RunState;
    readonly pendingPause: boolean;
    readonly configuration: 'none' | 'good' | 'other' | 'broken';
    readonly step: number;
    readonly epoch: number;
    readonly clients: number;
    readonly inEpoch: number;
    /** Points of the user, when the run knows the user. */
    readonly earned: bigint | undefined;
    readonly rates: readonly [bigint, bigint];
    readonly checkpoint: 'Hub' | 'P2P';
  };
  readonly authority: 'owner' | 'stranger';
  readonly joinAuthority: 'owner' | 'join authority';
  readonly payer: {
    readonly is: 'authority' | 'another';
    /** Lamports beyond rent and fees as they were promised; plenty without a number. */
    readonly beyondNeeded: bigint | undefined;
  };
  readonly anyone: AuthorizationKind;
  readonly oneUser: AuthorizationKind;
  /** Of both: keys that may join in the grantee's name, and days since the grantor last changed it. */
  readonly delegates: number;
  readonly days: number;
  readonly mint: 'good' | 'missing' | 'of Token-2022' | 'a token account' | 'not initialised';
  readonly vault: { readonly kind: 'held' | 'frozen'; readonly amount: bigint; readonly claimedFromRun: bigint };
  readonly funder: { readonly kind: WalletKind; readonly amount: bigint };
  readonly user: { readonly kind: WalletKind; readonly claimed: bigint | undefined };
};

const STATES: readonly RunState[] = [
  'Uninitialized',
  'WaitingForMembers',
  'Warmup',
  'RoundTrain',
  'RoundWitness',
  'Cooldown',
  'Finished',
  'Paused',
];

/** An account that keeps SOL must keep this much. Source: Solana SDK, rent of 0 bytes. */
const REST = 890_880n;

/** Small amounts meet each other's limits; large ones meet those of 64 bits. */
export const amount: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt({ min: 0n, max: 20n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 63n }) },
);

const wallet = usually<WalletKind>('held', 'missing', 'frozen', 'delegated', 'given away');
const authorization = fc.constantFrom<AuthorizationKind>('missing', 'only SOL', 'inactive', 'active');

/** Worlds of which most things are in order, so that each refusal is met on its own too. */
export const world: fc.Arbitrary<World> = fc.record({
  route: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('plain' as const, 'treasurer' as const) },
    { weight: 1, arbitrary: fc.constant('foreign treasurer' as const) },
  ),
  remembersRun: usually(true, false),
  run: fc.record({
    state: fc.oneof(fc.constantFrom(...STATES), fc.constantFrom<RunState>('Uninitialized', 'Paused')),
    pendingPause: usually(false, true),
    configuration: fc.oneof(
      { weight: 5, arbitrary: fc.constant('good' as const) },
      { weight: 3, arbitrary: fc.constantFrom('none' as const, 'other' as const, 'broken' as const) },
    ),
    step: fc.constantFrom(0, 1, 2, 7, 11_999, 12_000, 12_001),
    epoch: fc.nat(5),
    clients: fc.constantFrom(0, 1, 3, 256),
    inEpoch: fc.constantFrom(0, 1, 3),
    earned: fc.option(
      amount.map((points) => points + 10n),
      { nil: undefined, freq: 5 },
    ),
    rates: fc.tuple(amount, amount),
    checkpoint: fc.constantFrom('Hub' as const, 'P2P' as const),
  }),
  authority: usually<'owner' | 'stranger'>('owner', 'stranger'),
  joinAuthority: usually<'owner' | 'join authority'>('owner', 'join authority'),
  payer: fc.record({
    is: usually<'authority' | 'another'>('authority', 'another'),
    beyondNeeded: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(-1_000_000n, -5_000n, -1n, 0n, 1n, REST - 1n, REST) },
    ),
  }),
  anyone: authorization,
  oneUser: authorization,
  delegates: fc.constantFrom(0, 0, 1, 3),
  days: fc.constantFrom(0, 29, 30, 31),
  mint: usually<World['mint']>('good', 'missing', 'of Token-2022', 'a token account', 'not initialised'),
  vault: fc.record({ kind: usually<'held' | 'frozen'>('held', 'frozen'), amount, claimedFromRun: amount }),
  funder: fc.record({ kind: wallet, amount }),
  user: fc.record({ kind: wallet, claimed: fc.option(amount, { nil: undefined }) }),
});

/** Worlds in which the run may still be to be made, by a payer with plenty. */
export const worldBeforeRun: fc.Arbitrary<World> = fc.tuple(world, usually(false, true)).map(([before, exists]) => ({
  ...before,
  payer: { ...before.payer, beyondNeeded: undefined },
  route: exists ? before.route : ('no run' as const),
}));

/** The first in five of six cases. */
export function usually<T>(most: T, ...rest: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(most) }, { weight: 1, arbitrary: fc.constantFrom(...rest) });
}
