/** Slots the sysvar remembers. Source: Solana SDK, `slot_hashes::MAX_ENTRIES`. */
export const SLOT_HASHES_ENTRIES = 512n;

/** Bytes of an entry: slot and hash. */
const ENTRY_BYTES = 40;

/**
 * The SlotHashes sysvar while a slot takes transactions. That slot counts as recent too: on a cluster a client is told of it
 * only when the next one has begun, here while it still goes on. The hashes are zero, since programs look at slots only.
 */
export function slotHashesData(slot: bigint): Uint8Array {
  const count = slot + 1n < SLOT_HASHES_ENTRIES ? slot + 1n : SLOT_HASHES_ENTRIES;
  const data = new Uint8Array(8 + Number(SLOT_HASHES_ENTRIES) * ENTRY_BYTES);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, count, true);
  for (let age = 0n; age < count; age += 1n) view.setBigUint64(8 + Number(age) * ENTRY_BYTES, slot - age, true);
  return data;
}
