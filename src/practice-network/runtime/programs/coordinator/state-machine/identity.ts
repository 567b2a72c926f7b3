import type { NodeIdentity } from '#core/layouts/generated/coordinator.ts';

/** Whether two identities are the same participant: the wallet counts, the network key does not. Source: PROTOCOL §4.1, join_run. */
export function isSameSigner(a: NodeIdentity, b: NodeIdentity): boolean {
  return areEqualBytes(a.signer, b.signer);
}

/** Whether two byte strings are equal. */
export function areEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** How the program's logs name a participant: the first four bytes in hex. */
export function shortName({ signer }: NodeIdentity): string {
  return Array.from(signer.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
