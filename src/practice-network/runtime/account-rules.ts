import type { Address } from '#core/solana/address.ts';
import type { Overlay } from './accounts.ts';
import { InstructionFailure } from './instruction-failure.ts';
import type { WorkingAccount } from './programs/program.ts';

/** Bytes an account may grow by in one instruction or call. Source: Solana SDK, `MAX_PERMITTED_DATA_INCREASE`. */
const MAX_DATA_INCREASE = 10_240;

/**
 * An account's size when the instruction began: the growth limit counts from there, across calls to other programs. Absent
 * for programs that are part of the runtime, which grow accounts without it.
 */
export type SizesAtStart = ReadonlyMap<Address, number>;

/**
 * Checks everything a program did to its accounts since the last look and puts it into the overlay. Order and errors as in
 * Agave's `deserialize_parameters_aligned`: per account lamports, then data, then owner.
 *
 * @throws InstructionFailure the first rule broken
 */
export function commitChanges(
  programId: Address,
  accounts: Iterable<WorkingAccount>,
  sizesAtStart: SizesAtStart | undefined,
  overlay: Overlay,
  known: Map<Address, KnownAccount>,
): void {
  for (const account of accounts) {
    const before = known.get(account.address);
    if (before === undefined) continue;
    const isOwner = before.owner === programId;
    checkLamports(account, before, isOwner);
    const hasNewData = checkData(account, before, isOwner, sizesAtStart?.get(account.address));
    checkOwner(account, before, isOwner);
    if (account.lamports === before.lamports && account.owner === before.owner && !hasNewData) continue;
    const { lamports, data, owner, executable } = account;
    overlay.set(account.address, { lamports, data, owner, executable });
    known.set(account.address, { lamports, data, owner });
  }
}

/** An account as the runtime last saw it. */
export type KnownAccount = { readonly lamports: bigint; readonly data: Uint8Array; readonly owner: Address };

function checkLamports(account: WorkingAccount, before: KnownAccount, isOwner: boolean): void {
  if (account.lamports === before.lamports) return;
  if (account.lamports < 0n || account.lamports > MAX_U64) throw new InstructionFailure('ArithmeticOverflow');
  if (!isOwner && account.lamports < before.lamports) throw new InstructionFailure('ExternalAccountLamportSpend');
  if (!account.isWritable) throw new InstructionFailure('ReadonlyLamportChange');
}

const MAX_U64 = (1n << 64n) - 1n;

function checkData(account: WorkingAccount, before: KnownAccount, isOwner: boolean, sizeAtStart?: number): boolean {
  if (account.data === before.data) return false;
  if (sizeAtStart !== undefined && account.data.length - sizeAtStart > MAX_DATA_INCREASE)
    throw new InstructionFailure('InvalidRealloc');
  if (account.data.length !== before.data.length && !isOwner) throw new InstructionFailure('AccountDataSizeChanged');
  if (Buffer.compare(account.data, before.data) === 0) return false;
  if (!account.isWritable) throw new InstructionFailure('ReadonlyDataModified');
  if (!isOwner) throw new InstructionFailure('ExternalAccountDataModified');
  return true;
}

function checkOwner(account: WorkingAccount, before: KnownAccount, isOwner: boolean): void {
  if (account.owner === before.owner) return;
  const isZeroed = account.data.every((byte) => byte === 0);
  if (!isOwner || !account.isWritable || !isZeroed) throw new InstructionFailure('ModifiedProgramId');
}
