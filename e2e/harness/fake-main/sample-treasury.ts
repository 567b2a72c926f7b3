import { encodeAccount } from '#core/codec/account-codec.ts';
import {
  associatedTokenAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeMint, encodeTokenAccount } from '#practice/chain/token-accounts.ts';
import { addressOf, DEMO, JOIN, OWNER } from './sample-addresses.ts';
import type { SampleAccount } from './sample-account.ts';

export const DEMO_MINT = addressOf('demo mint');
export const OTHER_MINT = addressOf('token 2022 mint');

/** Digits after the point of the demo mint. */
const DECIMALS = 6;
const TOKEN = 10n ** 6n;

/** State byte of a frozen token account, and where it is. Source: spl-token, `state.rs`. */
const FROZEN = { offset: 108, value: 2 };

/** A client of a rewarded run: native units. */
type Earner = { readonly user: Address; readonly earned: bigint; readonly claimed: bigint };

type SampleTreasury = {
  /** In the vault. */
  readonly funded: bigint;
  /** Per epoch: paid now, and from the next one on. */
  readonly rates: { readonly current: bigint; readonly future: bigint };
  readonly index: bigint;
  readonly earners: readonly Earner[];
};

/** Treasuries in every condition: well funded, owing more than it has, and empty. */
const TREASURIES: Readonly<Record<string, SampleTreasury>> = {
  'atlas-1b-run-07': {
    funded: 812_450n * TOKEN,
    rates: { current: 10_000n * TOKEN, future: 12_500n * TOKEN },
    index: treasurerIndexOf('atlas-1b-run-07'),
    earners: Array.from({ length: 256 }, (_, index) => {
      const earned = BigInt(index + 1) * 12_300_000n + 125n;
      const user = index === 0 ? DEMO : index === 255 ? JOIN : addressOf(`client ${index}`);
      return { user, earned, claimed: index % 3 === 1 ? earned : index % 3 === 2 ? earned / 2n : 0n };
    }),
  },
  'nightly-paused': {
    funded: 1_200n * TOKEN,
    rates: { current: 200n * TOKEN, future: 250n * TOKEN },
    index: 7n,
    earners: [
      { user: DEMO, earned: 3_000n * TOKEN, claimed: 0n },
      { user: addressOf('client 1'), earned: 3_000n * TOKEN, claimed: 3_000n * TOKEN },
      { user: JOIN, earned: 3_000n * TOKEN, claimed: 1_000n * TOKEN },
    ],
  },
  'helios-new': {
    funded: 0n,
    rates: { current: 0n, future: 500n * TOKEN },
    index: treasurerIndexOf('helios-new'),
    earners: [],
  },
};

/** Clients and rates a rewarded run's account has; nothing for a plain run. */
export function rewardsOf(runId: string): Pick<SampleTreasury, 'rates' | 'earners'> | undefined {
  return TREASURIES[runId];
}

/** What a run's instance names as its owner: its treasury, that of another run for an imitation, else a person's key. */
export function mainAuthorityOf(runId: string, person: Address): Address {
  return treasurerRunOf(runId === 'spoofed' ? 'atlas-1b-run-07' : runId) ?? person;
}

/** The Run of the treasurer behind a run that has one. */
export function treasurerRunOf(runId: string): Address | undefined {
  const treasury = TREASURIES[runId];
  return treasury && treasurerRunAddress(treasury.index).address;
}

/** Run, vault and records of claims of a rewarded run. */
export function treasuryAccounts(runId: string, paidIn: (runId: string) => bigint): SampleAccount[] {
  const treasury = TREASURIES[runId];
  if (!treasury) return [];
  const { address: run, bump } = treasurerRunAddress(treasury.index);
  const claimed = treasury.earners.reduce((sum, earner) => sum + earner.claimed, 0n);
  const data = encodeAccount('treasurer', 'Run', {
    bump,
    index: treasury.index,
    main_authority: addressToBytes(DEMO),
    join_authority: addressToBytes(DEMO),
    coordinator_account: addressToBytes(addressOf(`account ${runId}`)),
    coordinator_instance: addressToBytes(coordinatorInstanceAddress(runId).address),
    collateral_mint: addressToBytes(DEMO_MINT),
    total_claimed_collateral_amount: claimed,
    total_claimed_earned_points: claimed,
  });
  return [
    { address: run, owner: DEFAULT_PROGRAM_IDS.treasurer, data: () => data },
    {
      address: associatedTokenAddress(run, DEMO_MINT).address,
      owner: TOKEN_PROGRAM,
      data: () => tokensOf(run, treasury.funded + paidIn(runId)),
    },
    ...treasury.earners.filter((earner) => earner.claimed > 0n).map((earner) => participantAccount(run, earner)),
  ];
}

/** The demo mint, one of Token-2022, a rich wallet and a frozen one; nobody else has any token. */
export function tokenAccounts(): SampleAccount[] {
  const mint = encodeMint({ authority: addressToBytes(OWNER), supply: 1_000_000n * TOKEN, decimals: DECIMALS });
  const frozen = tokensOf(JOIN, 10n * TOKEN);
  frozen[FROZEN.offset] = FROZEN.value;
  const rich = tokensOf(DEMO, 1_000_000n * TOKEN);
  return [
    { address: DEMO_MINT, owner: TOKEN_PROGRAM, data: () => mint },
    { address: OTHER_MINT, owner: TOKEN_2022_PROGRAM, data: () => mint },
    { address: associatedTokenAddress(DEMO, DEMO_MINT).address, owner: TOKEN_PROGRAM, data: () => rich },
    { address: associatedTokenAddress(JOIN, DEMO_MINT).address, owner: TOKEN_PROGRAM, data: () => frozen },
  ];
}

function participantAccount(run: Address, { user, claimed }: Earner): SampleAccount {
  const { address, bump } = participantAddress(run, user);
  const data = encodeAccount('treasurer', 'Participant', {
    bump,
    claimed_collateral_amount: claimed,
    claimed_earned_points: claimed,
  });
  return { address, owner: DEFAULT_PROGRAM_IDS.treasurer, data: () => data };
}

function tokensOf(owner: Address, amount: bigint): Uint8Array {
  return encodeTokenAccount({ mint: addressToBytes(DEMO_MINT), owner: addressToBytes(owner), amount });
}
