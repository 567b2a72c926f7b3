import { describe, expect, test } from 'vitest';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import type { Message } from '#core/solana/message.ts';
import { LOOKUP_TABLE_PROGRAM } from '#core/solana/program-ids.ts';
import { testAddress } from '#test/practice/stage.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import { loadKeys } from './lookup-tables.ts';

const [TABLE, PAYER, A, B, C] = [1, 2, 3, 4, 5].map(testAddress) as [Address, Address, Address, Address, Address];
const NEVER = (1n << 64n) - 1n;

/** A table of A, B and C, its last address added in slot 90. */
function table({ deactivated = NEVER } = {}): StoredAccount {
  const data = new Uint8Array(56 + 96);
  const view = new DataView(data.buffer);
  view.setUint32(0, 1, true);
  view.setBigUint64(4, deactivated, true);
  view.setBigUint64(12, 90n, true);
  data[20] = 2;
  data.set([...addressToBytes(A), ...addressToBytes(B), ...addressToBytes(C)], 56);
  return { lamports: 1n, data, owner: LOOKUP_TABLE_PROGRAM, executable: false };
}

function load(account: StoredAccount, slot: bigint, writableIndexes = [2], readonlyIndexes = [0]) {
  const message: Message = {
    version: 0,
    header: { requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 0 },
    staticKeys: [PAYER],
    recentBlockhash: PAYER,
    instructions: [],
    lookups: [{ table: TABLE, writableIndexes, readonlyIndexes }],
  };
  return loadKeys(message, (address) => (address === TABLE ? account : undefined), slot);
}

describe('the keys of a transaction', () => {
  test('are its own, then those to write, then those to read', () => {
    expect(load(table(), 100n)).toEqual({ keys: [PAYER, C, A] });
  });

  test('do not include what was added to a table in the same slot', () => {
    expect(load(table(), 90n)).toEqual({ err: 'InvalidAddressLookupTableIndex' });
    expect(load(table(), 90n, [1])).toEqual({ keys: [PAYER, B, A] });
  });

  test('come from a table switched off for as long as that slot is a recent one', () => {
    expect(load(table({ deactivated: 100n }), 611n)).toEqual({ keys: [PAYER, C, A] });
    expect(load(table({ deactivated: 100n }), 612n)).toEqual({ err: 'AddressLookupTableNotFound' });
  });

  test('do not come from an account of the program that is no table', () => {
    for (const bytes of [55, 57]) {
      expect(load({ ...table(), data: table().data.slice(0, bytes) }, 100n)).toEqual({
        err: 'InvalidAddressLookupTableData',
      });
    }
    const blank = { ...table(), data: new Uint8Array(56) };
    expect(load(blank, 100n)).toEqual({ err: 'InvalidAddressLookupTableData' });
  });
});
