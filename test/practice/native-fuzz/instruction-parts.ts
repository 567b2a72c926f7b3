import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import type { AccountMeta, Instruction } from '#practice/runtime/native/native-executor.ts';
import type { RandomSource } from './random-source.ts';

/** What a recipe chooses from, and the accounts as they are now. */
export type World = { readonly random: RandomSource; readonly accounts: ReadonlyMap<Address, StoredAccount> };

/** Makes an instruction that makes sense in a world, most of the time. */
export type Recipe = (world: World) => Instruction;

/** An account of an instruction; `s` for signer, `w` for writable. */
export function meta(address: Address, flags = ''): AccountMeta {
  return { address, isSigner: flags.includes('s'), isWritable: flags.includes('w') };
}

/** A value of instruction data. */
export type Part = number | bigint | Address | Uint8Array | { readonly u32: number };

/** u8 from a number, u64 from a bigint, bytes from the rest. */
export function pack(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part];
      if (typeof part === 'bigint') return [...number(part, 8)];
      if (part instanceof Uint8Array) return [...part];
      if (typeof part === 'object') return [...number(BigInt(part.u32), 4)];
      return [...addressToBytes(part)];
    }),
  );
}

function number(value: bigint, bytes: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, value), true);
  return new Uint8Array(view.buffer).slice(0, bytes);
}

/** A text with its length before it. */
export function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return Uint8Array.of(...number(BigInt(bytes.length), 8), ...bytes);
}

/** A System instruction by number. */
export const system = (tag: number, accounts: AccountMeta[], ...parts: Part[]): Instruction => ({
  programId: SYSTEM_PROGRAM,
  accounts,
  data: pack({ u32: tag }, ...parts),
});
/** A Token instruction; its number comes first. */
export const token = (accounts: AccountMeta[], ...parts: Part[]): Instruction => ({
  programId: TOKEN_PROGRAM,
  accounts,
  data: pack(...parts),
});
