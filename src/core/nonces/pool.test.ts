import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base58 } from '@scure/base';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import type { Address } from '#core/solana/address.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { wirePartsOf, withNonce } from '#core/transactions/build.ts';
import { messageFor } from '#test/builders/message-for.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { nonceAfter, type NonceReading } from './nonce-account.ts';
import { nonceState } from './nonce-state.ts';
import type { NonceRow } from './nonce-view.ts';
import { takeNonce } from './pool.ts';
import { noncesMadeBy, reservationsIn } from './reservations.ts';
import { advanceNonce, authorizeNonce, createNonceAccount, sendLamports, withdrawNonce } from '#core/programs/nonce.ts';

const GENESIS = 'genesis';
const [payer, holder, stranger] = [someAddress(1), someAddress(2), someAddress(3)];
const own = new Set([payer, holder]);

function reading(parts: Partial<Extract<NonceReading, { kind: 'initialised' }>> = {}): NonceReading {
  const nonce = nonceAfter(someAddress(8));
  return { kind: 'initialised', lamports: 1n, version: 'current', authority: holder, nonce, ...parts };
}

function signedWith(lifetime: NonceLifetime, id: string): JournaledTransaction {
  const message = messageFor([sendLamports(payer, stranger, 1n)], { payer, lifetime });
  return journaled(message, id, 2);
}

function journaled(message: Uint8Array, id: string, signatures: number): JournaledTransaction {
  const wire = encodeTransaction(
    Array.from({ length: signatures }, () => new Uint8Array(64)),
    message,
  );
  const signed = { id, title: id, genesisHash: GENESIS, wire } as JournaledTransaction['signed'];
  return { signed };
}

test('a chosen lifetime is what the runtime sees: the advance first, and its value in the place of the blockhash', () => {
  const lifetime: NonceLifetime = { kind: 'nonce', account: someAddress(5), authority: holder, nonce: someAddress(6) };
  const message = messageFor([sendLamports(payer, stranger, 1n)], { payer, lifetime });
  expect(readLifetime(passCanonicalGate(message))).toEqual({
    kind: 'nonce',
    nonceAccount: lifetime.account,
    nonceAuthority: holder,
    nonce: lifetime.nonce,
  });
  const recent = { kind: 'blockhash', blockhash: someAddress(6), lastValidBlockHeight: 1n } as const;
  expect(readLifetime(passCanonicalGate(messageFor([], { payer, lifetime: recent })))).toEqual({
    kind: 'blockhash',
    blockhash: recent.blockhash,
  });
  const { sizeBytes } = wirePartsOf(withNonce([sendLamports(payer, stranger, 1n)], lifetime), payer);
  expect(sizeBytes).toBe(1 + 2 * 64 + message.length);
});

test('tells the states of an account apart', () => {
  const account = someAddress(5);
  const value = nonceAfter(someAddress(8));
  const facts = (parts: Partial<Parameters<typeof nonceState>[2]> = {}) => ({
    own,
    reservations: [],
    newest: someAddress(9),
    ...parts,
  });
  const reserved = (nonce: string) =>
    facts({ reservations: [{ transactionId: 't', title: 'T', nonceAccount: account, nonce }] });
  const states = [
    nonceState(account, reading(), facts()),
    nonceState(account, reading(), reserved(value)),
    nonceState(account, reading(), reserved(someAddress(7))),
    nonceState(account, reading(), facts({ newest: someAddress(8) })),
    nonceState(account, reading(), facts({ newest: undefined })),
    nonceState(account, reading({ version: 'legacy' }), facts()),
    nonceState(account, reading({ authority: stranger }), reserved(value)),
    nonceState(account, { kind: 'uninitialised', lamports: 1n, version: 'current' }, facts()),
    nonceState(account, { kind: 'other', lamports: 1n, owner: stranger, space: 80 }, facts()),
    nonceState(account, { kind: 'missing', lamports: 0n }, facts()),
  ];
  expect(states.map(({ kind }) => kind)).toEqual([
    'free',
    'reserved',
    'spent',
    'too-new',
    'free',
    'legacy',
    'foreign',
    'uninitialised',
    'not-a-nonce',
    'missing',
  ]);
  expect(states[1]).toEqual({ kind: 'reserved', transactionId: 't', title: 'T' });
});

test('knows from bytes which nonce accounts a transaction made', () => {
  const creation = createNonceAccount({ base: payer, number: 3 }, { payer, authority: holder, rentLamports: 1n });
  const lifetime = { kind: 'blockhash', blockhash: someAddress(6), lastValidBlockHeight: 1n } as const;
  const made = journaled(messageFor(creation, { payer, lifetime }), 'a', 1);
  expect(noncesMadeBy(made)).toEqual([creation[1]?.keys[0]?.pubkey.toBase58()]);
  expect(
    noncesMadeBy(signedWith({ kind: 'nonce', account: someAddress(5), authority: holder, nonce: someAddress(6) }, 'b')),
  ).toEqual([]);
  expect(reservationsIn([made], GENESIS)).toEqual([]);
});

test('an account that a pending transaction moves, empties or hands over is busy, whatever its value', () => {
  const account = someAddress(5);
  const recent = { kind: 'blockhash', blockhash: someAddress(6), lastValidBlockHeight: 1n } as const;
  const changes = [
    advanceNonce(account, payer),
    withdrawNonce(account, { authority: payer, to: payer, lamports: 1n }),
    authorizeNonce(account, payer, stranger),
  ];
  for (const change of changes) {
    const message = messageFor([sendLamports(payer, stranger, 1n), change], { payer, lifetime: recent });
    const reservations = reservationsIn([journaled(message, 'c', 1)], GENESIS);
    expect(reservations).toEqual([{ transactionId: 'c', title: 'c', nonceAccount: account }]);
    const state = nonceState(account, reading(), { own, reservations, newest: undefined });
    expect(state).toEqual({ kind: 'reserved', transactionId: 'c', title: 'c' });
  }
  const other = someAddress(7);
  const lifetime = { kind: 'nonce', account, authority: payer, nonce: someAddress(6) } as const;
  const both = journaled(messageFor([authorizeNonce(other, payer, stranger)], { payer, lifetime }), 'b', 1);
  expect(reservationsIn([both], GENESIS).map(({ nonceAccount }) => nonceAccount)).toEqual([account, other]);
});

/** What happens to a world of nonces, one thing after another. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'build' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const) }) },
);

test('reserves one nonce for each pending transaction and none twice, whatever the journal went through', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.array(happening, { maxLength: 40 }),
      fc.option(fc.nat(4), { nil: undefined }),
      (count, happenings, excluded) => {
        const accounts = Array.from({ length: count }, (_, index) => someAddress(100 + index));
        const values = new Map<Address, number>(accounts.map((account) => [account, 0]));
        const valueOf = (account: Address) => base58.encode(new Uint8Array(32).fill((values.get(account) ?? 0) + 1));
        const exclude = excluded === undefined ? undefined : accounts[excluded];
        let journal: JournaledTransaction[] = [];
        const pending = () => journal.filter(({ end }) => end === undefined);
        const read = () => {
          const reservations = reservationsIn(journal, GENESIS);
          return accounts.map((address): NonceRow => {
            const found = reading({ nonce: valueOf(address) });
            const state = nonceState(address, found, { own, reservations, newest: undefined });
            return { address, state, lamports: 1n, authority: holder, nonce: valueOf(address), isRemembered: false };
          });
        };
        let rows = read();
        for (const [step, happens] of happenings.entries()) {
          const open = pending();
          if (happens.kind === 'read') rows = read();
          else if (happens.kind === 'move') {
            const account = accounts[happens.which % Math.max(count, 1)];
            if (account) values.set(account, (values.get(account) ?? 0) + 1);
          } else if (happens.kind === 'end') {
            const ended = open[happens.which % Math.max(open.length, 1)];
            journal = journal.map((each) =>
              each === ended ? { ...each, end: { at: 1, outcome: { kind: 'expired' } as never } } : each,
            );
          } else {
            const taken = takeNonce({ rows, slot: 1n }, reservationsIn(journal, GENESIS), exclude);
            expect(takeNonce({ rows, slot: 1n }, reservationsIn(journal, GENESIS), exclude)).toEqual(taken);
            if (taken) journal.push(signedWith(taken, `t${step}`));
          }
          const used = reservationsIn(journal, GENESIS);
          expect(used).toHaveLength(pending().length);
          expect(new Set(used.map(({ nonceAccount }) => nonceAccount)).size).toBe(used.length);
          expect(used.map(({ nonceAccount }) => nonceAccount)).not.toContain(exclude ?? 'nobody');
        }
      },
    ),
    { numRuns: propertyRuns() },
  );
});
