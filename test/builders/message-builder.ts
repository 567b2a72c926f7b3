import {
  type MessageV0,
  type Message as LegacyMessage,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { type Address, addressFromBytes } from '#core/solana/address.ts';

/** An address that is the same in every run: 32 bytes of this number. */
export function someAddress(fill: number): Address {
  return addressFromBytes(new Uint8Array(32).fill(fill));
}

/** An account of an instruction; `flags` holds `s` for signer and `w` for writable. */
export type BuiltAccount = readonly [address: string, flags?: '' | 's' | 'w' | 'sw'];

/** An instruction as web3.js takes it. */
export function someInstruction(
  programId: string,
  accounts: readonly BuiltAccount[],
  data: Uint8Array | readonly number[],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId),
    keys: accounts.map(([address, flags = '']) => ({
      pubkey: new PublicKey(address),
      isSigner: flags.includes('s'),
      isWritable: flags.includes('w'),
    })),
    data: Buffer.from(data),
  });
}

/** The message web3.js compiles of these instructions. */
export function compileMessage({
  payer = someAddress(1),
  instructions,
  version = 'legacy',
  blockhash = someAddress(9),
}: {
  payer?: string;
  instructions: readonly TransactionInstruction[];
  version?: 'legacy' | 0;
  blockhash?: string;
}): LegacyMessage | MessageV0 {
  const message = new TransactionMessage({
    payerKey: new PublicKey(payer),
    recentBlockhash: blockhash,
    instructions: [...instructions],
  });
  return version === 0 ? message.compileToV0Message() : message.compileToLegacyMessage();
}

/** Bytes of {@link compileMessage}. */
export function someMessage(parts: Parameters<typeof compileMessage>[0]): Uint8Array {
  return Uint8Array.from(compileMessage(parts).serialize());
}

/** Little-endian bytes of a number. */
export function le(value: bigint | number, size: number): number[] {
  return Array.from({ length: size }, (_, index) => Number((BigInt(value) >> BigInt(8 * index)) & 0xffn));
}
