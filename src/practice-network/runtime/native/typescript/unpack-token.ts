import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { InstructionFailure } from '../../instruction-failure.ts';

/** What the Associated Token Account program wants to know of a token account. Amount in native units. */
type UnpackedTokenAccount = { readonly mint: Address; readonly owner: Address; readonly amount: bigint };

/**
 * Token account bytes read as strictly as by whoever is not the Token program: tags must be exactly none or some.
 *
 * @returns the failure the program ends with, for whoever may go on without
 */
export function unpackTokenAccount(data: Uint8Array): UnpackedTokenAccount | InstructionFailure {
  const state = data[108] ?? 0;
  const isWellFormed = data.length === 165 && [72, 109, 129].every((at) => isTag(data, at)) && state <= 2;
  if (!isWellFormed) return new InstructionFailure('InvalidAccountData');
  if (state === 0) return new InstructionFailure('UninitializedAccount');
  return {
    mint: addressFromBytes(data.subarray(0, 32)),
    owner: addressFromBytes(data.subarray(32, 64)),
    amount: new DataView(data.buffer, data.byteOffset).getBigUint64(64, true),
  };
}

/** The decimals in a mint's bytes, as strictly. @throws InstructionFailure `InvalidAccountData`, `UninitializedAccount` */
export function unpackDecimals(data: Uint8Array): number {
  const [decimals, isInitialized] = [data[44] ?? 0, data[45] ?? 0];
  const isWellFormed = data.length === 82 && isTag(data, 0) && isTag(data, 46) && isInitialized <= 1;
  if (!isWellFormed) throw new InstructionFailure('InvalidAccountData');
  if (isInitialized === 0) throw new InstructionFailure('UninitializedAccount');
  return decimals;
}

function isTag(data: Uint8Array, at: number): boolean {
  return (data[at] ?? 0) <= 1 && data.subarray(at + 1, at + 4).every((byte) => byte === 0);
}
