import type { Address } from '#core/solana/address.ts';
import type { ReturnData } from '../../execution-result.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { ProgramContext, WorkingAccount } from '../../programs/program.ts';

/** What native programs need beside their accounts. */
export type NativeEnvironment = {
  /** The cluster's newest blockhash, 32 bytes. */
  readonly blockhash: Uint8Array;
  /** Writes a log line as it is: the System program's have no `Program log: ` before them. */
  readonly trace: (line: string) => void;
  readonly setReturnData: (returned: ReturnData) => void;
  readonly returnData: () => ReturnData | null;
  /** Bytes accounts have grown by so far; the runtime allows a transaction only so many. */
  readonly growth: { bytes: number };
};

/**
 * The instruction's account at a place.
 *
 * @throws InstructionFailure `NotEnoughAccountKeys`
 */
export function accountAt({ accounts }: ProgramContext, index: number): WorkingAccount {
  const account = accounts[index];
  if (account === undefined) throw new InstructionFailure('NotEnoughAccountKeys');
  return account;
}

/** Account metas for a call. */
export const meta = {
  readonly: (address: Address) => ({ address, isSigner: false, isWritable: false }),
  writable: (address: Address) => ({ address, isSigner: false, isWritable: true }),
  signer: (address: Address) => ({ address, isSigner: true, isWritable: false }),
  writableSigner: (address: Address) => ({ address, isSigner: true, isWritable: true }),
};
