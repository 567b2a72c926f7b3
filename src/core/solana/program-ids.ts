import { type Address, parseAddress } from './address.ts';

/**
 * Programs and sysvars every Solana cluster has at fixed addresses, besides those a run uses (`layouts/programs.ts`).
 * Source: Solana SDK and SPL `declare_id!`.
 */
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

export {
  ASSOCIATED_TOKEN_PROGRAM_ID as ASSOCIATED_TOKEN_PROGRAM,
  DEFAULT_PROGRAM_IDS as PUBLIC_PROGRAM_IDS,
  type ProgramIds,
  SYSTEM_PROGRAM_ID as SYSTEM_PROGRAM,
  TOKEN_PROGRAM_ID as TOKEN_PROGRAM,
} from '#core/layouts/programs.ts';
