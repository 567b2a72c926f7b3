import { AppError } from '#core/errors/app-error.ts';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import { UPGRADEABLE_LOADER } from '#core/solana/program-ids.ts';

/** Where the ELF begins in a program data account, bytes. Source: Solana SDK, `size_of_programdata_metadata`. */
export const PROGRAM_DATA_HEADER_BYTES = 45;

/** Tags of `UpgradeableLoaderState`, a little-endian u32. Source: Solana SDK. */
const UNINITIALIZED_TAG = 0;
const PROGRAM_TAG = 2;
const PROGRAM_DATA_TAG = 3;

/** The head of a program data account. Without `authority` nobody can replace the program: it is final. */
type ProgramDataHead = {
  /** Slot of the last deploy. */
  readonly deploySlot: bigint;
  readonly authority: Address | undefined;
};

/** Where the code of an upgradeable program lies. Source: Solana SDK, `get_program_data_address`. */
export function programDataAddress(program: Address): Address {
  return findProgramAddress([addressToBytes(program)], UPGRADEABLE_LOADER).address;
}

/**
 * A program account: tag 2 and the address of its data, in 36 bytes.
 *
 * @throws AppError `program/malformed`
 */
export function decodeProgramAccount(data: Uint8Array): Address {
  if (data.length < 36) throw malformed('its account is shorter than 36 bytes');
  if (viewOf(data).getUint32(0, true) !== PROGRAM_TAG) throw malformed('its account is not that of a program');
  return addressFromBytes(data.subarray(4, 36));
}

/**
 * The first 45 bytes of a program data account: tag 3, slot as u64, option of the authority. The option is one byte, and the 32
 * behind it are there either way.
 *
 * @returns `undefined` for an account that was closed: the loader leaves tag 0
 * @throws AppError `program/malformed`
 */
export function decodeProgramDataHead(data: Uint8Array): ProgramDataHead | undefined {
  if (data.length < 4) throw malformed('the account of its code is shorter than 4 bytes');
  const view = viewOf(data);
  const tag = view.getUint32(0, true);
  if (tag === UNINITIALIZED_TAG) return undefined;
  if (tag !== PROGRAM_DATA_TAG) throw malformed('the account of its code holds something else');
  if (data.length < PROGRAM_DATA_HEADER_BYTES) throw malformed('the account of its code is shorter than 45 bytes');
  const option = view.getUint8(12);
  if (option > 1) throw malformed('its upgrade authority is neither there nor absent');
  return {
    deploySlot: view.getBigUint64(4, true),
    authority: option === 1 ? addressFromBytes(data.subarray(13, PROGRAM_DATA_HEADER_BYTES)) : undefined,
  };
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

function malformed(reason: string): AppError {
  return new AppError('program/malformed', { reason });
}
