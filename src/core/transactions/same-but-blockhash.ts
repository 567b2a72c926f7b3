import { passCanonicalGate } from '#core/solana/canonical-gate.ts';

const HEADER_BYTES = 3;
const ADDRESS_BYTES = 32;
const BLOCKHASH_BYTES = 32;

/**
 * Whether two messages are equal in every byte but the 32 of the blockhash: then they do the same, at another time.
 *
 * @throws AppError `message/…` for bytes with no single reading
 */
export function isSameButBlockhash(one: Uint8Array, other: Uint8Array): boolean {
  const start = blockhashStart(one);
  if (one.length !== other.length || start !== blockhashStart(other)) return false;
  const isBlockhash = (index: number) => index >= start && index < start + BLOCKHASH_BYTES;
  return one.every((byte, index) => isBlockhash(index) || byte === other[index]);
}

/**
 * Version, header, number of keys, keys; then the blockhash. A packet holds fewer keys than one length byte counts. Source: Solana
 * SDK, `Message`.
 */
function blockhashStart(message: Uint8Array): number {
  const { version, staticKeys } = passCanonicalGate(message);
  const versionBytes = version === 'legacy' ? 0 : 1;
  return versionBytes + HEADER_BYTES + 1 + ADDRESS_BYTES * staticKeys.length;
}
