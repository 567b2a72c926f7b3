import { type Address, addressToBytes } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import { ASSOCIATED_TOKEN_PROGRAM } from '#core/solana/program-ids.ts';

/** The address of a wallet's account for a mint, and the seeds, bump included, that sign for it. */
export function associatedAddress(
  wallet: Address,
  mint: Address,
  tokenProgram: Address,
): { readonly address: Address; readonly seeds: readonly Uint8Array[] } {
  const seeds = [wallet, tokenProgram, mint].map(addressToBytes);
  const { address, bump } = findProgramAddress(seeds, ASSOCIATED_TOKEN_PROGRAM);
  return { address, seeds: [...seeds, Uint8Array.of(bump)] };
}

/** A token account belongs to someone else than its address says. Source: SPL Associated Token Account, `InvalidOwner`. */
export const INVALID_OWNER = { Custom: 0 };
