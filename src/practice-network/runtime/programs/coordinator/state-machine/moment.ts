import { sha256 } from '@noble/hashes/sha2.js';

/** When a step happens, and where it writes its log lines. */
export type Moment = {
  /** Seconds, the cluster clock. */
  readonly unixTimestamp: bigint;
  readonly slot: bigint;
  readonly log: (text: string) => void;
};

/** The seed a round started at this moment gets. Source: PROTOCOL §8, `seed`. */
export function randomSeedAt({ unixTimestamp, slot }: Moment): bigint {
  const input = new DataView(new ArrayBuffer(16));
  input.setBigInt64(0, unixTimestamp, true);
  input.setBigUint64(8, slot, true);
  const digest = sha256(new Uint8Array(input.buffer));
  return new DataView(digest.buffer, digest.byteOffset).getBigUint64(0, true);
}
