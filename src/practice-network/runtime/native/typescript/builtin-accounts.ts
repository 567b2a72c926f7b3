import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { WorkingAccount } from '../../programs/program.ts';
import type { NativeEnvironment } from './native-environment.ts';

/** Bytes an account may have at most. Source: Solana SDK, `MAX_PERMITTED_DATA_LENGTH`. */
export const MAX_ACCOUNT_BYTES = 10_485_760;

/** Bytes a transaction may allocate at most. Source: Agave, `MAX_PERMITTED_ACCOUNTS_DATA_ALLOCATIONS_PER_TRANSACTION`. */
const MAX_GROWTH_BYTES = 2 * MAX_ACCOUNT_BYTES;

const MAX_U64 = (1n << 64n) - 1n;

/*
 * The System program is part of the runtime: what it does to an account is checked when it does it, not when it ends, and
 * also where nothing changes. Order and errors follow Agave's `BorrowedInstructionAccount`.
 */

/** @throws InstructionFailure `ArithmeticOverflow`, `ExternalAccountLamportSpend`, `ReadonlyLamportChange` */
export function changeLamports(account: WorkingAccount, difference: bigint): void {
  const lamports = account.lamports + difference;
  if (lamports < 0n || lamports > MAX_U64) throw new InstructionFailure('ArithmeticOverflow');
  if (account.owner !== SYSTEM_PROGRAM && lamports < account.lamports) {
    throw new InstructionFailure('ExternalAccountLamportSpend');
  }
  if (!account.isWritable) throw new InstructionFailure('ReadonlyLamportChange');
  account.lamports = lamports;
}

/** Fills an account with zeros of a new size. @throws InstructionFailure as {@link replaceData}, and where the size is refused */
export function changeSize(account: WorkingAccount, sizeBytes: number, { growth }: NativeEnvironment): void {
  const difference = sizeBytes - account.data.length;
  if (difference !== 0 && account.owner !== SYSTEM_PROGRAM) throw new InstructionFailure('AccountDataSizeChanged');
  if (sizeBytes > MAX_ACCOUNT_BYTES) throw new InstructionFailure('InvalidRealloc');
  if (growth.bytes + difference > MAX_GROWTH_BYTES) {
    throw new InstructionFailure('MaxAccountsDataAllocationsExceeded');
  }
  checkMayWrite(account);
  growth.bytes += difference;
  if (difference !== 0) account.data = new Uint8Array(sizeBytes);
}

/**
 * Puts bytes at the start of an account's data; what follows stays.
 *
 * @throws InstructionFailure `ReadonlyDataModified`, `ExternalAccountDataModified`, `AccountDataTooSmall`
 */
export function replaceData(account: WorkingAccount, bytes: Uint8Array): void {
  checkMayWrite(account);
  if (bytes.length > account.data.length) throw new InstructionFailure('AccountDataTooSmall');
  const data = account.data.slice();
  data.set(bytes);
  account.data = data;
}

/** @throws InstructionFailure `ModifiedProgramId` */
export function changeOwner(account: WorkingAccount, owner: Address): void {
  const isAllowed = account.owner === SYSTEM_PROGRAM && account.isWritable && account.data.every((byte) => byte === 0);
  if (!isAllowed) throw new InstructionFailure('ModifiedProgramId');
  account.owner = owner;
}

function checkMayWrite(account: WorkingAccount): void {
  if (!account.isWritable) throw new InstructionFailure('ReadonlyDataModified');
  if (account.owner !== SYSTEM_PROGRAM) throw new InstructionFailure('ExternalAccountDataModified');
}
