import { ASSOCIATED_TOKEN_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '#core/errors/app-error.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { findProgramAddress as searchProgramAddress, type ProgramAddress } from '#core/solana/pda.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { DEFAULT_PROGRAM_IDS, JOIN_SCOPE as JOIN_SCOPE_TEXT, PDA_SEEDS, RUN_ID_MAX_BYTES } from './programs.ts';

/** The program cuts a run id to this many bytes before it derives. Source: PROTOCOL §2. */
const RUN_ID_SEED_BYTES = 64;

/** The scope of an authorization to join runs, as its seed. */
export const JOIN_SCOPE: Uint8Array = ascii(JOIN_SCOPE_TEXT);

/**
 * Where a run's instance lives. Ids are case sensitive and not normalised; the empty id is legal.
 *
 * @throws AppError `run-id/too-long` (over 32 bytes no address exists)
 */
export function coordinatorInstanceAddress(
  runId: string,
  programId: Address = DEFAULT_PROGRAM_IDS.coordinator,
): ProgramAddress {
  const bytes = new TextEncoder().encode(runId);
  if (bytes.length > RUN_ID_MAX_BYTES) {
    throw new AppError('run-id/too-long', { bytes: bytes.length, max: RUN_ID_MAX_BYTES });
  }
  return findProgramAddress([ascii(PDA_SEEDS.coordinatorInstance), bytes.subarray(0, RUN_ID_SEED_BYTES)], programId);
}

/** The treasurer's default index for a run id: the first 8 bytes of SHA-256 of the whole id, little-endian. Source: PROTOCOL §2. */
export function treasurerIndexOf(runId: string): bigint {
  const hash = sha256(new TextEncoder().encode(runId));
  return new DataView(hash.buffer, hash.byteOffset).getBigUint64(0, true);
}

/**
 * The treasurer's Run account of an index.
 *
 * @throws AppError `run-index/out-of-range`
 */
export function treasurerRunAddress(index: bigint, programId: Address = DEFAULT_PROGRAM_IDS.treasurer): ProgramAddress {
  if (index < 0n || index > U64_MAX) throw new AppError('run-index/out-of-range', { index: index.toString() });
  const seed = new Uint8Array(8);
  new DataView(seed.buffer).setBigUint64(0, index, true);
  return findProgramAddress([ascii(PDA_SEEDS.treasurerRun), seed], programId);
}

/** The treasurer's record of what one wallet claimed from one Run. */
export function participantAddress(
  run: Address,
  user: Address,
  programId: Address = DEFAULT_PROGRAM_IDS.treasurer,
): ProgramAddress {
  return findProgramAddress(
    [ascii(PDA_SEEDS.treasurerParticipant), addressToBytes(run), addressToBytes(user)],
    programId,
  );
}

/**
 * The authorization by which `grantor` lets `grantee` do what the scope covers; the system program as grantee means
 * everyone.
 *
 * @throws AppError `pda/seed-too-long` (a scope has at most 32 bytes)
 */
export function authorizationAddress(
  grantor: Address,
  grantee: Address,
  programId: Address = DEFAULT_PROGRAM_IDS.authorizer,
  scope: Uint8Array = JOIN_SCOPE,
): ProgramAddress {
  return findProgramAddress(
    [ascii(PDA_SEEDS.authorization), addressToBytes(grantor), addressToBytes(grantee), scope],
    programId,
  );
}

/** The token account an owner has for a classic SPL mint by convention. */
export function associatedTokenAddress(owner: Address, mint: Address): ProgramAddress {
  return findProgramAddress(
    [addressToBytes(owner), addressToBytes(TOKEN_PROGRAM), addressToBytes(mint)],
    ASSOCIATED_TOKEN_PROGRAM,
  );
}

/** Searching an address takes a curve point or two, and a list of 2,000 users is prepared anew for each transaction. */
const MAX_KEPT = 8_192;
const kept = new Map<string, ProgramAddress>();

function findProgramAddress(seeds: readonly Uint8Array[], programId: Address): ProgramAddress {
  const key = [programId, ...seeds.map((seed) => `${seed.length} ${String.fromCharCode(...seed)}`)].join(' ');
  const known = kept.get(key);
  if (known) return known;
  const found = searchProgramAddress(seeds, programId);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, found);
  return found;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
