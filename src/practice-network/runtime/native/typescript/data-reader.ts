import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { InstructionFailure } from '../../instruction-failure.ts';

/** Reads instruction data front to back. Every method throws InstructionFailure `InvalidInstructionData` when bytes are missing. */
export type DataReader = {
  readonly u8: () => number;
  readonly u32: () => number;
  readonly u64: () => bigint;
  readonly address: () => Address;
  readonly bytes: (count: number) => Uint8Array;
  /** A 64-bit length, then UTF-8. */
  readonly text: () => string;
};

/** Bincode as the runtime reads it: fixed-size integers, little-endian, trailing bytes ignored. */
export function createDataReader(data: Uint8Array): DataReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const take = (size: number): number => {
    if (at + size > data.length) throw new InstructionFailure('InvalidInstructionData');
    at += size;
    return at - size;
  };
  const bytes = (size: number) => {
    const start = take(size);
    return data.subarray(start, start + size);
  };
  const u64 = () => view.getBigUint64(take(8), true);
  return {
    bytes,
    u8: () => view.getUint8(take(1)),
    u32: () => view.getUint32(take(4), true),
    u64,
    address: () => addressFromBytes(bytes(32)),
    text: () => {
      const length = u64();
      if (length > BigInt(data.length)) throw new InstructionFailure('InvalidInstructionData');
      const text = decodeText(bytes(Number(length)));
      if (text === undefined) throw new InstructionFailure('InvalidInstructionData');
      return text;
    },
  };
}

/** UTF-8 → text, `undefined` when it is none. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
