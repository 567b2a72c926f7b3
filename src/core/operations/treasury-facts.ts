import { AppError } from '#core/errors/app-error.ts';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import type { Run } from '#core/layouts/generated/treasurer.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { RewardedPlace } from '#core/programs/treasurer.ts';
import { lookAtMint } from '#core/rewards/mint.ts';
import { readTokenAccount, type TokenAccount } from '#core/rewards/token-account.ts';
import { treasuryAmounts, type TreasuryAmounts } from '#core/rewards/treasury.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { ownershipOf, type RunFacts } from './run-facts.ts';

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

/**
 * Reads a run's treasury, `undefined` for a run that has none or names another run's.
 *
 * @param more - addresses to read along, from the treasury's own; answered in their order
 * @throws AppError `run/account-missing` when the treasury is gone, which the program never lets happen
 */
export async function readTreasury(
  { ownership, place, run }: RunFacts,
  chain: ChainReader,
  more: (treasury: { treasurerRun: Address; mint: Address }) => readonly Address[] = () => [],
): Promise<{ readonly treasury: Treasury; readonly accounts: readonly (Account | undefined)[] } | undefined> {
  if (ownership.kind !== 'treasurer') return undefined;
  const { treasurerRun } = ownership;
  const mintAddress = addressFromBytes(ownership.value.collateral_mint);
  const vault = associatedTokenAddress(treasurerRun, mintAddress).address;
  const further = more({ treasurerRun, mint: mintAddress });
  const { slot, accounts } = await chain.readAccounts([treasurerRun, mintAddress, vault, ...further]);
  const now = ownershipOf(accounts[0], place, place.programs);
  if (now.kind !== 'treasurer') {
    throw new AppError('run/account-missing', { runId: run.state.coordinator.run_id, account: treasurerRun });
  }
  const vaultTokens = readTokenAccount(accounts[2]);
  const treasury = {
    slot,
    place: { ...place, treasurerRun },
    value: now.value,
    mintAddress,
    mint: lookAtMint(mintAddress, accounts[1]),
    vault,
    vaultTokens,
    amounts: treasuryAmounts(vaultTokens?.amount ?? 0n, now.value, run),
  };
  return { treasury, accounts: accounts.slice(3) };
}
