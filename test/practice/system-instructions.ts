import { addressToBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';

/** System `Transfer`, lamports. */
export function transfer(from: Address, to: Address, lamports: bigint): Instruction {
  const data = new DataView(new ArrayBuffer(12));
  data.setUint32(0, 2, true);
  data.setBigUint64(4, lamports, true);
  return {
    programId: SYSTEM_PROGRAM,
    accounts: [
      { address: from, isSigner: true, isWritable: true },
      { address: to, isSigner: false, isWritable: true },
    ],
    data: new Uint8Array(data.buffer),
  };
}

/** System `CreateAccount`. */
export function createAccount(
  from: Address,
  account: Address,
  { lamports, sizeBytes, owner }: { lamports: bigint; sizeBytes: number; owner: Address },
): Instruction {
  const data = new Uint8Array(52);
  const view = new DataView(data.buffer);
  view.setBigUint64(4, lamports, true);
  view.setBigUint64(12, BigInt(sizeBytes), true);
  data.set(addressToBytes(owner), 20);
  return {
    programId: SYSTEM_PROGRAM,
    accounts: [
      { address: from, isSigner: true, isWritable: true },
      { address: account, isSigner: true, isWritable: true },
    ],
    data,
  };
}
