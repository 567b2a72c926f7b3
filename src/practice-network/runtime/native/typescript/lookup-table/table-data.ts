import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';

/** Bytes before the addresses of a table. Source: Solana SDK, `LOOKUP_TABLE_META_SIZE`. */
export const TABLE_META_BYTES = 56;

/** Deactivation slot of a table that was not switched off. */
export const NEVER_DEACTIVATED = (1n << 64n) - 1n;

/** Layout of the part before the addresses. Source: Solana SDK, `address_lookup_table::state`. */
const TABLE_TAG = 1;
const DEACTIVATION_SLOT_AT = 4;
const LAST_EXTENDED_SLOT_AT = 12;
const LAST_EXTENDED_FROM_AT = 20;
const HAS_AUTHORITY_AT = 21;
const AUTHORITY_AT = 22;
const AUTHORITY_END = 54;

/** What a table says of itself. */
export type TableMeta = {
  readonly deactivationSlot: bigint;
  readonly lastExtendedSlot: bigint;
  /** How many addresses it had before that slot. */
  readonly lastExtendedFrom: number;
  /** Nobody's once it is frozen. */
  readonly authority: Address | undefined;
  /** Two bytes after the authority that mean nothing and stay. */
  readonly padding: Uint8Array;
};

/** @throws InstructionFailure `UninitializedAccount`, `InvalidAccountData` */
export function readTable(data: Uint8Array): TableMeta & { readonly count: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const need = (end: number) => {
    if (data.length < end) throw new InstructionFailure('InvalidAccountData');
  };
  need(DEACTIVATION_SLOT_AT);
  const tag = view.getUint32(0, true);
  if (tag === 0) throw new InstructionFailure('UninitializedAccount');
  if (tag !== TABLE_TAG) throw new InstructionFailure('InvalidAccountData');
  need(TABLE_META_BYTES);
  const hasAuthority = data[HAS_AUTHORITY_AT] ?? 0;
  if (hasAuthority > 1 || (data.length - TABLE_META_BYTES) % 32 !== 0) {
    throw new InstructionFailure('InvalidAccountData');
  }
  return {
    deactivationSlot: view.getBigUint64(DEACTIVATION_SLOT_AT, true),
    lastExtendedSlot: view.getBigUint64(LAST_EXTENDED_SLOT_AT, true),
    lastExtendedFrom: view.getUint8(LAST_EXTENDED_FROM_AT),
    authority: hasAuthority === 1 ? addressFromBytes(data.slice(AUTHORITY_AT, AUTHORITY_END)) : undefined,
    padding: data.slice(AUTHORITY_END, TABLE_META_BYTES),
    count: (data.length - TABLE_META_BYTES) / 32,
  };
}

/** The bytes of a table with another description; its addresses stay. */
export function withMeta(data: Uint8Array, meta: TableMeta): Uint8Array {
  const written = data.slice();
  written.fill(0, 0, TABLE_META_BYTES);
  const view = new DataView(written.buffer);
  view.setUint32(0, TABLE_TAG, true);
  view.setBigUint64(DEACTIVATION_SLOT_AT, meta.deactivationSlot, true);
  view.setBigUint64(LAST_EXTENDED_SLOT_AT, meta.lastExtendedSlot, true);
  view.setUint8(LAST_EXTENDED_FROM_AT, meta.lastExtendedFrom);
  // An absent authority takes no bytes: what follows it moves up.
  written.set(meta.padding, meta.authority === undefined ? AUTHORITY_AT : AUTHORITY_END);
  if (meta.authority !== undefined) {
    written[HAS_AUTHORITY_AT] = 1;
    written.set(addressToBytes(meta.authority), AUTHORITY_AT);
  }
  return written;
}
