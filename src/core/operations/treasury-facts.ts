import { AppError } from '#core/errors/app-error.ts';
import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import type { Run } from '#core/layouts/generated/treasurer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { RewardedPlace } from '#core/programs/treasurer.ts';
import { lookAtMint } from '#core/rewards/mint.ts';
import { readTokenAccount, type TokenAccount } from '#core/rewards/token-account.ts';
import { treasuryAmounts, type TreasuryAmounts } from '#core/rewards/treasury.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { ownershipOf, readRunFacts, type Ownership, type RunFacts } from './run-facts.ts';

/** The treasury of a run as one read found it: Run, mint and vault belong to the same slot. */
export type Treasury = {
  readonly slot: bigint;
  readonly place: RewardedPlace;
  readonly value: Run;
  readonly mintAddress: Address;
  readonly mint: MintLook;
  readonly vault: Address;
  readonly vaultTokens: TokenAccount | undefined;
  readonly amounts: TreasuryAmounts;
};

/** Further accounts to read along, from the treasury's own addresses. */
type More = (treasury: { treasurerRun: Address; mint: Address }) => readonly Address[];

/** A treasury, and what was asked for beside it, in that order. */
type TreasuryRead = { readonly treasury: Treasury; readonly accounts: readonly (Account | undefined)[] };

/**
 * Reads a run and its treasury in two round trips. A third is needed only for a treasurer's index that was chosen by hand and
 * is not told: nothing leads from the run id to it.
 *
 * @throws AppError as `readRunFacts` and {@link readTreasury}
 */
export async function readRunAndTreasury(
  { runId, treasurerIndex = treasurerIndexOf(runId) }: { runId: string; treasurerIndex?: bigint | undefined },
  payer: Address | undefined,
  context: { chain: ChainReader; programs: ProgramIds },
  more: More = () => [],
): Promise<{ readonly facts: RunFacts; readonly read: TreasuryRead | undefined }> {
  const { programs } = context;
  const guessed = treasurerRunAddress(treasurerIndex, programs.treasurer).address;
  const facts = await readRunFacts(runId, payer, context, {
    first: [guessed],
    second: ([guess], { mainAuthority, ...place }) => {
      if (mainAuthority !== guessed) return [];
      const ownership = ownershipOf(guess, place, programs);
      return ownership.kind === 'treasurer' ? addressesOf(ownership, more) : [];
    },
  });
  const { ownership, along, slot } = facts;
  const isRead = ownership.kind === 'treasurer' && along.second.length > 0;
  const read = isRead
    ? treasuryOf(facts, ownership, slot, along.second)
    : await readTreasury(facts, context.chain, more);
  return { facts, read };
}

/**
 * Reads a run's treasury, `undefined` for a run that has none or names another run's.
 *
 * @param more - addresses to read along, from the treasury's own; answered in their order
 * @throws AppError `run/account-missing` when the treasury is gone, which the program never lets happen
 */
export async function readTreasury(
  facts: RunFacts,
  chain: ChainReader,
  more: More = () => [],
): Promise<TreasuryRead | undefined> {
  const { ownership, place, run } = facts;
  if (ownership.kind !== 'treasurer') return undefined;
  const { treasurerRun } = ownership;
  const { slot, accounts } = await chain.readAccounts([treasurerRun, ...addressesOf(ownership, more)]);
  const now = ownershipOf(accounts[0], place, place.programs);
  if (now.kind !== 'treasurer') {
    throw new AppError('run/account-missing', { runId: run.state.coordinator.run_id, account: treasurerRun });
  }
  return treasuryOf(facts, now, slot, accounts.slice(1));
}

type Owned = Extract<Ownership, { kind: 'treasurer' }>;

function addressesOf({ treasurerRun, value }: Owned, more: More): Address[] {
  const mint = addressFromBytes(value.collateral_mint);
  return [mint, associatedTokenAddress(treasurerRun, mint).address, ...more({ treasurerRun, mint })];
}

function treasuryOf(
  { place, run }: RunFacts,
  { treasurerRun, value }: Owned,
  slot: bigint,
  [mint, vault, ...accounts]: readonly (Account | undefined)[],
): TreasuryRead {
  const mintAddress = addressFromBytes(value.collateral_mint);
  const vaultTokens = readTokenAccount(vault);
  const treasury = {
    slot,
    place: { ...place, treasurerRun },
    value,
    mintAddress,
    mint: lookAtMint(mintAddress, mint),
    vault: associatedTokenAddress(treasurerRun, mintAddress).address,
    vaultTokens,
    amounts: treasuryAmounts(vaultTokens?.amount ?? 0n, value, run),
  };
  return { treasury, accounts };
}
