import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import type { ChainReader } from '#core/ports.ts';
import { lookAtMint } from '#core/rewards/mint.ts';
import { readTokenAccount, type TokenAccount } from '#core/rewards/token-account.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { OperationContext } from '../define-operation.ts';
import { missingLamports } from '../step-costs.ts';
import type { RewardsInput } from './input.ts';

/** Bytes of a classic token account. Source: SPL Token, `Account::LEN`. */
const TOKEN_ACCOUNT_BYTES = 165;

/** What the chain has at the addresses a treasury would use, and what they cost. */
export type RewardsFacts = {
  readonly index: bigint;
  readonly treasurerRun: Address;
  readonly vault: Address;
  readonly mint: MintLook;
  /** Something more than SOL is there already. */
  readonly isIndexTaken: boolean;
  readonly isVaultTaken: boolean;
  readonly vaultTokens: TokenAccount | undefined;
  /** The funder's token account, when a top-up is asked for. */
  readonly source:
    | { readonly address: Address; readonly funder: Address; readonly tokens: TokenAccount | undefined }
    | undefined;
  /** What a new treasury still needs, lamports. */
  readonly missingLamports: bigint;
};

/** One round trip. */
export async function gatherRewards(
  runId: string,
  { mint, treasurerIndex, topUp }: RewardsInput,
  { chain, programs }: OperationContext & { chain: ChainReader },
): Promise<RewardsFacts> {
  const index = treasurerIndex ?? treasurerIndexOf(runId);
  const treasurerRun = treasurerRunAddress(index, programs.treasurer).address;
  const vault = associatedTokenAddress(treasurerRun, mint).address;
  const funder = topUp?.funder;
  const source = funder && { funder, address: associatedTokenAddress(funder, mint).address };
  const [{ accounts }, runRent, vaultRent] = await Promise.all([
    chain.readAccounts([mint, treasurerRun, vault, ...(source ? [source.address] : [])]),
    chain.readRentFloor(ACCOUNT_SIZES.Run),
    chain.readRentFloor(TOKEN_ACCOUNT_BYTES),
  ]);
  const isTaken = (place: 1 | 2) => accounts[place] !== undefined && accounts[place].owner !== SYSTEM_PROGRAM;
  return {
    index,
    treasurerRun,
    vault,
    mint: lookAtMint(mint, accounts[0]),
    isIndexTaken: isTaken(1),
    isVaultTaken: isTaken(2),
    vaultTokens: readTokenAccount(accounts[2]),
    source: source && { ...source, tokens: readTokenAccount(accounts[3]) },
    missingLamports: missingLamports(runRent, accounts[1]) + missingLamports(vaultRent, accounts[2]),
  };
}
