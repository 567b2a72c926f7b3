import { expect, test } from 'vitest';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { testAddress } from '#test/practice/stage.ts';
import { ownersOfRuns } from './treasury-owners.ts';

const [instance, account, owner, at] = [testAddress(1), testAddress(2), testAddress(3), testAddress(4)];

const treasury: Account = {
  address: at,
  lamports: 1n,
  owner: DEFAULT_PROGRAM_IDS.treasurer,
  executable: false,
  space: 200,
  data: encodeAccount('treasurer', 'Run', {
    bump: 1,
    index: 2n,
    main_authority: addressToBytes(owner),
    join_authority: addressToBytes(owner),
    coordinator_instance: addressToBytes(instance),
    coordinator_account: addressToBytes(account),
    collateral_mint: addressToBytes(testAddress(5)),
    total_claimed_collateral_amount: 0n,
    total_claimed_earned_points: 0n,
  }),
};

test('a run with rewards belongs to the key its treasury names, a plain one to its main authority', () => {
  const ownerOf = ownersOfRuns([treasury, { ...treasury, address: testAddress(9), data: new Uint8Array(200) }]);
  expect(ownerOf({ instance, account, mainAuthority: at })).toBe(owner);
  expect(ownerOf({ instance, account, mainAuthority: owner })).toBe(owner);
  expect(ownerOf({ instance, account, mainAuthority: testAddress(9) })).toBe(testAddress(9));
});

test('an imitation that names somebody’s treasury does not become theirs', () => {
  const ownerOf = ownersOfRuns([treasury]);
  expect(ownerOf({ instance: testAddress(7), account, mainAuthority: at })).toBe(at);
  expect(ownerOf({ instance, account: testAddress(7), mainAuthority: at })).toBe(at);
});
