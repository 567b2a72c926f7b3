import { type Address, addressFromBytes } from '#core/solana/address.ts';
import type { Message, TableLookup } from '#core/solana/message.ts';
import { LOOKUP_TABLE_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountSource, StoredAccount } from '../runtime/accounts.ts';
import type { TransactionError } from '../runtime/execution-result.ts';
import { SLOT_HASHES_ENTRIES } from '../runtime/native/slot-hashes.ts';

/** Layout of a table. Source: Solana SDK, `address_lookup_table::state`. */
const INITIALIZED = 1;
const DEACTIVATION_SLOT_AT = 4;
const LAST_EXTENDED_SLOT_AT = 12;
const LAST_EXTENDED_FROM_AT = 20;
const ADDRESSES_AT = 56;
const NEVER = (1n << 64n) - 1n;

type Table = { readonly addresses: readonly Address[] };

type Found<T> = { readonly err: TransactionError } | T;

/**
 * Every key of a transaction: its own, then those to write from tables, then those to read. Or why a validator would not
 * load it. Source: Agave, `load_lookup_table_addresses`.
 */
export function loadKeys(
  { staticKeys, lookups }: Message,
  accounts: AccountSource,
  slot: bigint,
): Found<{ readonly keys: readonly Address[] }> {
  const [writable, readonly]: [Address[], Address[]] = [[], []];
  for (const { table: address, writableIndexes, readonlyIndexes } of lookups) {
    const table = readTable(accounts(address), slot);
    if ('err' in table) return table;
    for (const [indexes, keys] of [[writableIndexes, writable] as const, [readonlyIndexes, readonly] as const]) {
      if (!pick(table, indexes, keys)) return { err: 'InvalidAddressLookupTableIndex' };
    }
  }
  return { keys: [...staticKeys, ...writable, ...readonly] };
}

function pick({ addresses }: Table, indexes: TableLookup['writableIndexes'], keys: Address[]): boolean {
  for (const index of indexes) {
    const address = addresses[index];
    if (address === undefined) return false;
    keys.push(address);
  }
  return true;
}

/** The table as a transaction of this slot may use it: what was added in the same slot is not yet there. */
function readTable(account: StoredAccount | undefined, slot: bigint): Found<Table> {
  if (account === undefined) return { err: 'AddressLookupTableNotFound' };
  if (account.owner !== LOOKUP_TABLE_PROGRAM) return { err: 'InvalidAddressLookupTableOwner' };
  const { data } = account;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < ADDRESSES_AT || (data.length - ADDRESSES_AT) % 32 !== 0) return INVALID_DATA;
  if (view.getUint32(0, true) !== INITIALIZED) return INVALID_DATA;
  const deactivationSlot = view.getBigUint64(DEACTIVATION_SLOT_AT, true);
  // A table works on until its deactivation is no longer among the recent slots.
  const isActive = deactivationSlot === NEVER || deactivationSlot + SLOT_HASHES_ENTRIES > slot;
  if (!isActive) return { err: 'AddressLookupTableNotFound' };
  const isOld = slot > view.getBigUint64(LAST_EXTENDED_SLOT_AT, true);
  const count = isOld ? (data.length - ADDRESSES_AT) / 32 : view.getUint8(LAST_EXTENDED_FROM_AT);
  const addresses = Array.from({ length: count }, (_, index) => {
    const at = ADDRESSES_AT + 32 * index;
    return addressFromBytes(data.subarray(at, at + 32));
  });
  return { addresses };
}

const INVALID_DATA = { err: 'InvalidAddressLookupTableData' } as const;
