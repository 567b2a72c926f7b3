import { parseAddress, type Address } from '#core/solana/address.ts';

/** The three programs of a run. */
export type ProgramName = 'coordinator' | 'treasurer' | 'authorizer';

/** Which address each program has on a network: private deployments use their own. */
export type ProgramIds = Readonly<Record<ProgramName, Address>>;

/** In the order in which PROTOCOL §1 lists them. */
export const PROGRAM_NAMES: readonly ProgramName[] = ['coordinator', 'treasurer', 'authorizer'];

/** The addresses compiled into the public programs. Source: PROTOCOL §1. */
export const DEFAULT_PROGRAM_IDS: ProgramIds = {
  coordinator: parseAddress('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7'),
  treasurer: parseAddress('EnU7DRx5az5YWxaxgqEGbXSYtudcfnjXewyBRRZCjJPw'),
  authorizer: parseAddress('PsyAUmhpmiUouWsnJdNGFSX8vZ6rWjXjgDPHsgqPGyw'),
};

/** Text seeds of the program derived addresses. Source: PROTOCOL §2. */
export const PDA_SEEDS = {
  coordinatorInstance: 'coordinator',
  treasurerRun: 'Run',
  treasurerParticipant: 'Participant',
  authorization: 'Authorization',
} as const;

/** What an authorization to join runs covers, as ASCII text. Source: PROTOCOL §2. */
export const JOIN_SCOPE = 'CoordinatorJoinRun';

/** Longest run id in bytes of UTF-8: one PDA seed holds no more. Source: PROTOCOL §2. */
export const RUN_ID_MAX_BYTES = 32;

/** Longest client version in bytes of UTF-8. Source: PROTOCOL §4.1. */
export const CLIENT_VERSION_MAX_BYTES = 96;

/** Room for the run's name in bytes. Source: PROTOCOL §3.1. */
export const METADATA_NAME_BYTES = 64;

/** Room for the run's description in bytes. Source: PROTOCOL §3.1. */
export const METADATA_DESCRIPTION_BYTES = 280;

/** How many wallets a run can ever know. Source: PROTOCOL §4.1, join_run. */
export const MAX_CLIENTS = 256;

/** Witnesses kept per round. Source: PROTOCOL §4.1, witness. */
export const MAX_WITNESSES = 32;

/** Rounds kept in the account. Source: PROTOCOL §5.2. */
export const STORED_ROUNDS = 4;

/** How long after the grantor's last update an authorization with delegates can be closed. Source: PROTOCOL §4.3. */
export const AUTHORIZATION_CLOSE_DELAY_SECONDS = 2_592_000;

/** Allocated bytes of the accounts whose size is fixed. Source: PROTOCOL §5.1. */
export const ACCOUNT_SIZES = { CoordinatorInstance: 173, Run: 200, Participant: 32 } as const;
