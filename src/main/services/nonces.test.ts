import { beforeEach, expect, test } from 'vitest';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import { AppError } from '#core/errors/app-error.ts';
import { createNonceAccount, sendLamports } from '#core/programs/nonce.ts';
import type { Address } from '#core/solana/address.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { messageFor } from '#test/builders/message-for.ts';
import type { Lifetime } from '#core/transactions/lifetime.ts';
import { createNonceDesk, NONCE_RENT, nonceAccount } from '#test/practice/nonce-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { createNonces } from './nonces.ts';
import { noncesFormat, type StoredNonces } from './stored-nonces.ts';

const GENESIS = 'here';
let desk: ReturnType<typeof createNonceDesk>;
let journal: JournaledTransaction[];
beforeEach(() => {
  desk = createNonceDesk();
  journal = [];
});

test('finds accounts by the numbers of own keys, past a gap of twenty none', async () => {
  const nonces = bookOf();
  expect((await nonces.list()).rows).toEqual([]);
  await desk.sendAll(desk.create(21), desk.signers);
  const { rows, rentLamports, isComplete } = await nonces.list();
  expect(rows.map(({ derived }) => derived?.number)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  expect(rows[0]).toMatchObject({
    address: desk.account,
    authority: desk.holder,
    nonce: desk.valueOf(),
    lamports: NONCE_RENT,
    isRemembered: false,
  });
  // The last transaction ended its slot; those of earlier slots are free as well.
  expect(new Set(rows.map(({ state }) => state.kind))).toEqual(new Set(['free']));
  expect([rentLamports, isComplete]).toEqual([NONCE_RENT, true]);
});

test('finds what an own key holds wherever it is, and goes without that search where a node refuses it', async () => {
  const elsewhere = testAddress(50);
  desk = createNonceDesk({ accounts: [[elsewhere, nonceAccount({ authority: desk.holder })]] });
  expect((await bookOf().list()).rows.map(({ address }) => address)).toEqual([elsewhere]);
  const refusing = bookOf({
    readProgramAccounts: () => Promise.reject(new AppError('rpc/unreachable', { origin: 'x' })),
  });
  expect(await refusing.list()).toMatchObject({ rows: [], isComplete: false });
  await refusing.remember(elsewhere);
  expect(await refusing.list()).toMatchObject({
    rows: [{ address: elsewhere, isRemembered: true }],
    isComplete: false,
  });
});

test('remembers what it made, from the journal, and forgets it when it is gone', async () => {
  const base = testAddress(9);
  const made = nonceAddress(base, 1);
  desk = createNonceDesk({ accounts: [[made, nonceAccount({ authority: testAddress(8) })]] });
  const creation = createNonceAccount(
    { base, number: 1 },
    { payer: desk.payer, authority: desk.holder, rentLamports: 1n },
  );
  const recent: Lifetime = { kind: 'blockhash', blockhash: desk.payer, lastValidBlockHeight: 1n };
  write('made', messageFor(creation, { payer: desk.payer, lifetime: recent }), true);
  expect((await bookOf().list()).rows).toMatchObject([{ address: made, state: { kind: 'foreign' } }]);
  desk = createNonceDesk();
  expect((await bookOf().list()).rows).toEqual([]);
});

test('shows by what a nonce is reserved, and that its value moved on', async () => {
  await desk.sendNext(desk.create());
  const lifetime: Lifetime = { kind: 'nonce', account: desk.account, authority: desk.holder, nonce: desk.valueOf() };
  write('topping', messageFor([sendLamports(desk.payer, desk.holder, 1n)], { payer: desk.payer, lifetime }), false);
  const state = async () => (await bookOf().list()).rows[0]?.state;
  expect(await state()).toEqual({ kind: 'reserved', transactionId: 'topping', title: 'topping' });
  await desk.sendNext({ kind: 'advance-nonce', nonceAccount: desk.account, authority: desk.holder });
  expect(await state()).toEqual({ kind: 'spent', transactionId: 'topping', title: 'topping' });
});

test('keeps what was written down for its cluster alone, until it is struck off', async () => {
  const nonces = bookOf();
  await nonces.remember(testAddress(70));
  await nonces.remember(testAddress(70));
  expect((await nonces.list()).rows).toMatchObject([{ address: testAddress(70), state: { kind: 'missing' } }]);
  expect((await bookOf({}, 'elsewhere').list()).rows).toEqual([]);
  await nonces.forget(testAddress(70));
  expect((await nonces.list()).rows).toEqual([]);
});

let stored: StoredNonces;
let held: Address[] = [];
beforeEach(() => {
  held = [];
  stored = noncesFormat.parse({});
});

function bookOf(chain: Partial<typeof desk.reader> = {}, genesisHash = GENESIS) {
  return createNonces({
    connections: { current: () => ({ node: { ...desk.reader, ...chain }, genesisHash }) },
    signers: { own: () => [desk.payer, desk.holder] },
    book: { all: () => journal },
    heldByReviews: () => held,
    store: {
      read: () => stored,
      async update(change) {
        stored = noncesFormat.parse(JSON.parse(JSON.stringify(change(stored))));
      },
    },
  });
}

function write(id: string, message: Uint8Array, isConfirmed: boolean): void {
  const signatures = Array.from({ length: message[0] ?? 0 }, () => new Uint8Array(64));
  const signed = { id, title: id, genesisHash: GENESIS, wire: encodeTransaction(signatures, message) };
  const end = isConfirmed ? { end: { at: 1, outcome: { kind: 'confirmed' } } } : {};
  journal.push({ signed, ...end } as JournaledTransaction);
}
