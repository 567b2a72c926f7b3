import fc from 'fast-check';
import type { RunState } from '#core/layouts/generated/coordinator.ts';

/** What an address for an authorization holds. SOL alone makes none: anybody can send it anywhere. */
export type AuthorizationKind = 'missing' | 'only SOL' | 'inactive' | 'active';

/** What lies at the address of a nonce account. `too new`: its value was made in this slot. */
export type NonceKind =
  | 'held'
  | 'given away'
  | 'too new'
  | 'legacy'
  | 'uninitialised'
  | 'missing'
  | 'only SOL'
  | 'of another size';

/** A token account as its owner and the mint's freeze authority may have left it. */
export type WalletKind = 'missing' | 'only SOL' | 'held' | 'frozen' | 'delegated' | 'given away';

/** Everything about the chain and the keys that an operation can meet, before it has bytes. */
export type World = {
  /** Who owns the run: a key, its own treasury, or the treasury of another run; or there is no run. */
  readonly route: 'plain' | 'treasurer' | 'foreign treasurer' | 'no run';
  readonly remembersRun: boolean;
  readonly run: {
    /** Where its account lies: at a key's address, or derived from the owner's and a text. */
    readonly isSeeded: boolean;
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
    /** Of a configured run. A text that was cut inside a character is not UTF-8 any more. */
    readonly checkpoint: 'Hub' | 'P2P' | 'P2P, cut' | 'Hub, empty';
  };
  readonly authority: 'owner' | 'stranger';
  /** The authority's account belongs to a program; unless it pays, which such an account cannot. */
  readonly isAuthorityAssigned: boolean;
  readonly joinAuthority: 'owner' | 'join authority';
  readonly payer: {
    readonly is: 'authority' | 'join authority' | 'user' | 'funder' | 'another';
    /** What it has beyond what was promised for the first transaction, or for all; plenty without it. */
    readonly near: { readonly steps: 'first' | 'all'; readonly lamports: bigint } | undefined;
  };
  readonly anyone: AuthorizationKind;
  readonly oneUser: AuthorizationKind;
  /** Of both: keys that may join in the grantee's name, days since the grantor last changed it, lamports beyond its rent. */
  readonly delegates: number;
  readonly days: number;
  readonly surplus: bigint;
  /** The owner's first nonce account, and what it holds beyond its rent. */
  readonly nonce: { readonly kind: NonceKind; readonly extra: bigint };
  readonly mint:
    | 'good'
    | 'missing'
    | 'only SOL'
    | 'of Token-2022'
    | 'a token account'
    | 'not initialised'
    | 'freezable';
  /** What is where a new run would put its things: lamports of anybody, or what somebody else made there. */
  readonly early: {
    readonly lamports: bigint;
    readonly at: 'nowhere' | 'everywhere';
    readonly treasury: 'free' | 'index taken' | 'vault taken';
    readonly seeded: 'free' | 'taken';
  };
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

/** Small amounts meet each other's limits; large ones stay below half of 64 bits, because a mint's supply has only 64. */
export const amount: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt({ min: 0n, max: 20n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 62n }) },
);

/** What people type: also the edges of 64 bits. */
export const typedAmount: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 5, arbitrary: amount },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n ** 63n, 2n ** 64n - 1n) },
);

const wallet = usually<WalletKind>('held', 'missing', 'only SOL', 'frozen', 'delegated', 'given away');
const authorization = fc.constantFrom<AuthorizationKind>('missing', 'only SOL', 'inactive', 'active');

/** On both sides of every limit of the runtime: nothing left, a lamport missing or too much, just kept alive. */
const beyond = fc.constantFrom(-1_000_000n, -5_000n, -1n, 0n, 1n, REST - 1n, REST, REST + 1n);

/** Worlds of which most things are in order, so that each refusal is met on its own too. */
export const world: fc.Arbitrary<World> = fc.record({
  route: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('plain' as const, 'treasurer' as const) },
    { weight: 1, arbitrary: fc.constant('foreign treasurer' as const) },
  ),
  remembersRun: usually(true, false),
  run: fc.record({
    isSeeded: usually(false, true),
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
      typedAmount.map((points) => (points > 2n ** 63n ? points : points + 10n)),
      { nil: undefined, freq: 5 },
    ),
    rates: fc.tuple(typedAmount, typedAmount),
    checkpoint: usually<World['run']['checkpoint']>('Hub', 'P2P', 'P2P, cut', 'Hub, empty'),
  }),
  authority: usually<'owner' | 'stranger'>('owner', 'stranger'),
  isAuthorityAssigned: usually(false, true),
  joinAuthority: usually<'owner' | 'join authority'>('owner', 'join authority'),
  payer: fc.record({
    is: fc.oneof(
      { weight: 3, arbitrary: fc.constant('authority' as const) },
      { weight: 2, arbitrary: fc.constantFrom('join authority', 'user', 'funder', 'another') },
    ),
    near: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.record({ steps: fc.constantFrom('first', 'all'), lamports: beyond }) },
    ),
  }),
  anyone: authorization,
  oneUser: authorization,
  delegates: fc.constantFrom(0, 0, 1, 3, 40),
  days: fc.constantFrom(0, 29, 30, 31),
  surplus: usually(0n, 1n, 1_000_000n),
  nonce: fc.record({
    kind: usually<NonceKind>(
      'held',
      'given away',
      'too new',
      'legacy',
      'uninitialised',
      'missing',
      'only SOL',
      'of another size',
    ),
    extra: fc.constantFrom(0n, 1_000_000n),
  }),
  mint: usually<World['mint']>(
    'good',
    'missing',
    'only SOL',
    'of Token-2022',
    'a token account',
    'not initialised',
    'freezable',
  ),
  early: fc.record({
    // What is left to pay keeps the payer alive until it is paid, so that it does not matter when the engine looks at its rent.
    lamports: fc.constantFrom(1n, 200_000n, 10_000_000_000n),
    at: usually<'nowhere' | 'everywhere'>('nowhere', 'everywhere'),
    treasury: usually<World['early']['treasury']>('free', 'index taken', 'vault taken'),
    seeded: usually<'free' | 'taken'>('free', 'taken'),
  }),
  vault: fc.record({ kind: usually<'held' | 'frozen'>('held', 'frozen'), amount, claimedFromRun: amount }),
  funder: fc.record({ kind: wallet, amount }),
  user: fc.record({ kind: wallet, claimed: fc.option(amount, { nil: undefined }) }),
});

/** Worlds in which the run is mostly still to be made, or was made a moment ago. */
export const worldBeforeRun: fc.Arbitrary<World> = fc
  .tuple(world, usually<'none' | 'new' | 'any'>('none', 'new', 'any'))
  .map(([before, exists]) => {
    if (exists === 'none') return { ...before, route: 'no run' };
    if (exists === 'any') return before;
    return { ...before, remembersRun: true, authority: 'owner', run: { ...before.run, state: 'Uninitialized' } };
  });

/** The first in five of six cases. */
export function usually<T>(most: T, ...rest: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(most) }, { weight: 1, arbitrary: fc.constantFrom(...rest) });
}
