import { DEFAULT_PROGRAM_IDS, type ProgramIds } from '#core/layouts/programs.ts';
import { createHash } from 'node:crypto';
import { addressFromBytes, addressToBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { rentExemptMinimum } from '../runtime/rent.ts';
import { encodeMint, encodeTokenAccount } from '../chain/token-accounts.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import { deriveKey } from './derive-key.ts';
import { nativeProgramAccounts, runProgramAccounts } from './program-accounts.ts';

/** What a new network begins with. */
export type GenesisOptions = {
  /** A wallet that starts with SOL and tokens of the demo mint. */
  readonly demoWallet?: Address | undefined;
  /** Where the three run programs live; the public deployment's addresses unless given. */
  readonly programIds?: ProgramIds;
  /** Further accounts, such as an account copied from elsewhere. */
  readonly accounts?: Iterable<readonly [Address, StoredAccount]>;
};

/** What the faucet holds: 500 million SOL, about what exists. Lamports. */
const FAUCET_LAMPORTS = 500_000_000n * 1_000_000_000n;

/** What the demo wallet starts with: 100 SOL, in lamports. */
const DEMO_LAMPORTS = 100n * 1_000_000_000n;

/** Decimals of the demo mint, as most tokens used for rewards have. */
const DEMO_MINT_DECIMALS = 6;

/** What the demo wallet starts with: a million tokens, in native units. */
const DEMO_TOKENS = 1_000_000n * 10n ** BigInt(DEMO_MINT_DECIMALS);

/** The hash by which clients know this network: `sha256("practice" ‖ seed)`, another one after every reset. */
export function genesisHashOf(seed: Uint8Array): string {
  return addressFromBytes(new Uint8Array(createHash('sha256').update('practice').update(seed).digest()));
}

/** The faucet's and the demo mint's keys on a network with this seed. */
export function networkKeys(seed: Uint8Array) {
  return { faucet: deriveKey(seed, 'faucet'), demoMint: deriveKey(seed, 'demo mint').address };
}

/** Every account that exists before the first transaction. */
export function genesisAccounts(seed: Uint8Array, options: GenesisOptions): [Address, StoredAccount][] {
  const { faucet, demoMint } = networkKeys(seed);
  const supply = options.demoWallet ? DEMO_TOKENS : 0n;
  const mintData = encodeMint({ authority: addressToBytes(faucet.address), supply, decimals: DEMO_MINT_DECIMALS });
  return [
    ...nativeProgramAccounts(),
    ...runProgramAccounts(options.programIds ?? DEFAULT_PROGRAM_IDS),
    [faucet.address, wallet(FAUCET_LAMPORTS)],
    [demoMint, tokenOwned(mintData)],
    ...(options.demoWallet ? demoAccounts(options.demoWallet, demoMint) : []),
    ...[...(options.accounts ?? [])].map(([address, account]): [Address, StoredAccount] => [address, account]),
  ];
}

function demoAccounts(demoWallet: Address, mint: Address): [Address, StoredAccount][] {
  const tokens = encodeTokenAccount({
    mint: addressToBytes(mint),
    owner: addressToBytes(demoWallet),
    amount: DEMO_TOKENS,
  });
  return [
    [demoWallet, wallet(DEMO_LAMPORTS)],
    [tokenAddress(demoWallet, mint), tokenOwned(tokens)],
  ];
}

function tokenAddress(owner: Address, mint: Address): Address {
  return associatedTokenAddress(owner, mint).address;
}

function wallet(lamports: bigint): StoredAccount {
  return { lamports, data: new Uint8Array(0), owner: SYSTEM_PROGRAM, executable: false };
}

function tokenOwned(data: Uint8Array): StoredAccount {
  return { lamports: rentExemptMinimum(data.length), data, owner: TOKEN_PROGRAM, executable: false };
}
