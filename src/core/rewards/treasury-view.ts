import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';

/** A sum of amounts, which may exceed 64 bits: a decimal string on the wire. */
const Sum = z.codec(z.string().regex(/^(0|[1-9]\d{0,59})$/), z.bigint().min(0n), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

/** How one epoch's reward is shared, native units. */
export const RewardShare = z.strictObject({
  /** The whole reward of an epoch. */
  earning: U64,
  /** Per client; stored and never applied by the program. */
  slashing: U64,
  /** What each client gets: the reward divided, rounded down. */
  perClient: U64,
  /** The remainder of the division: nobody gets it. */
  lost: U64,
});

export type RewardShare = z.output<typeof RewardShare>;

/** Where the number of sharing clients comes from: the epoch that runs, those who joined, or the configured minimum. */
export const SharingClients = z.strictObject({
  count: z.number().int(),
  basis: z.enum(['epoch', 'joined', 'minimum']),
});

export type SharingClients = z.output<typeof SharingClients>;

/** How long a surplus lasts at one rate. Whole epochs, rounded down; nothing when the rate is 0: it lasts forever. */
export const Runway = z.strictObject({
  epochs: U64.optional(),
  /** At least that long, when every epoch runs its full time. Seconds. */
  seconds: Sum.optional(),
});

export type Runway = z.output<typeof Runway>;

/** What the run page shows of rewards. All amounts in native units; `decimals` are the mint's. */
export const RunTreasury = z.discriminatedUnion('kind', [
  /** Points without tokens. */
  z.strictObject({
    kind: z.literal('plain'),
    slot: U64,
    sharing: SharingClients,
    current: RewardShare,
    future: RewardShare,
    /** Points of all clients. */
    earned: Sum,
    /**
     * The main authority is a Run of the treasurer that belongs to another run: nobody can change this one, and nothing must
     * be paid there for it.
     */
    foreignTreasurer: AddressText.optional(),
  }),
  z.strictObject({
    kind: z.literal('rewarded'),
    slot: U64,
    /** The treasurer's Run. */
    treasurerRun: AddressText,
    /** Its index, and whether that is the one derived from the run id. */
    index: U64,
    isDefaultIndex: z.boolean(),
    /** The person's key that owns the run. */
    mainAuthority: AddressText,
    mint: AddressText,
    vault: AddressText,
    decimals: z.number().int(),
    /** In the vault. */
    funded: U64,
    /** Earned by all clients since the run began. */
    earned: Sum,
    claimed: U64,
    /** Earned and not claimed. */
    owed: Sum,
    /** Owed and not in the vault. */
    missing: Sum,
    /** In the vault and not owed. */
    surplus: U64,
    /** Ever paid into the vault: in it now, and claimed. Never falls. */
    deposited: Sum,
    sharing: SharingClients,
    current: RewardShare,
    future: RewardShare,
    runwayCurrent: Runway,
    runwayFuture: Runway,
  }),
]);

export type RunTreasury = z.output<typeof RunTreasury>;

/** One client in the ledger of a run's rewards. Native units, points on a plain run. */
export const ClaimRow = z.strictObject({
  user: AddressText,
  isOwn: z.boolean(),
  earned: U64,
  /** Never subtracted by the program. */
  slashed: U64,
  claimed: U64,
  /** Earned and not claimed. */
  unclaimed: U64,
  /** Claimed more than this account says was earned: the program would abort. */
  isOverclaimed: z.boolean(),
});

export type ClaimRow = z.output<typeof ClaimRow>;

/** Who earned, claimed and may claim, in the order in which clients became known to the run. */
export const ClaimLedger = z.strictObject({
  slot: U64,
  /** Absent on a plain run: points stand for no tokens. */
  token: z.strictObject({ mint: AddressText, decimals: z.number().int(), funded: U64 }).optional(),
  rows: z.array(ClaimRow),
});

export type ClaimLedger = z.output<typeof ClaimLedger>;

/** What an address is as a mint for rewards. */
export const MintLook = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mint'),
    address: AddressText,
    decimals: z.number().int(),
    supply: U64,
    mintAuthority: AddressText.optional(),
    freezeAuthority: AddressText.optional(),
    /** What the owner of a run should know before choosing it, in words. */
    warnings: z.array(z.strictObject({ reason: z.string(), remedy: z.string() })),
  }),
  z.strictObject({ kind: z.literal('refused'), address: AddressText, reason: z.string(), remedy: z.string() }),
]);

export type MintLook = z.output<typeof MintLook>;

/** A wallet's tokens of one mint, in its associated token account. */
export const TokenHolding = z.strictObject({
  account: AddressText,
  exists: z.boolean(),
  isFrozen: z.boolean(),
  /** Native units. */
  amount: U64,
});

export type TokenHolding = z.output<typeof TokenHolding>;
