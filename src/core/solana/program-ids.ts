import { type Address, parseAddress } from './address.ts';

/**
 * Programs and sysvars every Solana cluster has at fixed addresses. Source: Solana SDK and SPL `declare_id!`.
 *
 * The system program is also the grantee that stands for everyone in an authorization. Source: PROTOCOL.md §1.
 */
export const SYSTEM_PROGRAM: Address = parseAddress('11111111111111111111111111111111');
/** The classic SPL Token program; the treasurer refuses Token-2022 mints. */
export const TOKEN_PROGRAM: Address = parseAddress('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
export const ASSOCIATED_TOKEN_PROGRAM: Address = parseAddress('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');
export const TOKEN_2022_PROGRAM: Address = parseAddress('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
export const COMPUTE_BUDGET_PROGRAM: Address = parseAddress('ComputeBudget111111111111111111111111111111');
export const MEMO_PROGRAM: Address = parseAddress('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
export const MEMO_V1_PROGRAM: Address = parseAddress('Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo');
export const LOOKUP_TABLE_PROGRAM: Address = parseAddress('AddressLookupTab1e1111111111111111111111111');
export const UPGRADEABLE_LOADER: Address = parseAddress('BPFLoaderUpgradeab1e11111111111111111111111');
export const LOADER_V4: Address = parseAddress('LoaderV411111111111111111111111111111111111');
export const STAKE_PROGRAM: Address = parseAddress('Stake11111111111111111111111111111111111111');
export const VOTE_PROGRAM: Address = parseAddress('Vote111111111111111111111111111111111111111');
export const RECENT_BLOCKHASHES_SYSVAR: Address = parseAddress('SysvarRecentB1ockHashes11111111111111111111');
export const SLOT_HASHES_SYSVAR: Address = parseAddress('SysvarS1otHashes111111111111111111111111111');
export const RENT_SYSVAR: Address = parseAddress('SysvarRent111111111111111111111111111111111');
