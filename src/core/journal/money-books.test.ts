import { PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createTokenAccount, transferChecked } from '#core/programs/token.ts';
import { claimRewards } from '#core/programs/treasurer.ts';
import type { Address } from '#core/solana/address.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import type { JournaledTransaction } from './entry.ts';
import { BOOKS_HEAD, booksLines, knownTokens } from './money-books.ts';
import { readMoney } from './money-movements.ts';

const PAYER = someAddress(1);
const MINT = someAddress(2);
const OWN_TOKENS = associatedTokenAddress(PAYER, MINT).address;
const RUN = treasurerRunAddress(treasurerIndexOf('atlas')).address;
const VAULT = associatedTokenAddress(RUN, MINT).address;
const CONFIRMED: Outcome = { kind: 'confirmed', slot: 2n ** 60n, signature: 's' };

function journaled(
  instructions: readonly TransactionInstruction[],
  outcome: Outcome | undefined = CONFIRMED,
  changes: Partial<JournaledTransaction['signed']> = {},
): JournaledTransaction {
  const message = buildMessage(instructions, { payer: PAYER, blockhash: someAddress(9) });
  const signed: JournaledTransaction['signed'] = {
    event: 'signed',
    id: 'a',
    planId: 'p',
    title: 'Top up',
    runId: 'atlas',
    subject: 'run atlas',
    genesisHash: 'g',
    networkName: 'Practice',
    wire: encodeTransaction([new Uint8Array(64).fill(1)], message),
    signature: 'sig',
    messageHash: 'h',
    feePayer: PAYER,
    feeLamports: 5000n,
    lastValidBlockHeight: 9n,
    reviewedAt: 1,
    approvedAt: 2,
    at: 3,
    overrides: [],
    ...changes,
  };
  return { signed, ...(outcome ? { end: { at: Date.UTC(2026, 10, 22, 17, 0, 1), outcome } } : {}) };
}

const topUp = (destination: Address, amount = 2n ** 64n - 1n) =>
  transferChecked({ source: OWN_TOKENS, mint: MINT, destination, owner: PAYER, amount, decimals: 6 });

const claim = claimRewards(
  { treasurerRun: RUN, account: someAddress(5), instance: someAddress(6), programs: DEFAULT_PROGRAM_IDS } as Parameters<
    typeof claimRewards
  >[0],
  { user: PAYER, userTokens: OWN_TOKENS, vault: VAULT, participant: someAddress(7), points: 12_500_000n },
);

/** Lines of the books as records of column and text. */
function booksOf(...transactions: JournaledTransaction[]): Record<string, string>[] {
  const moneys = transactions.map(readMoney);
  const known = knownTokens(moneys);
  const columns = BOOKS_HEAD.trim()
    .split(',')
    .map((name) => name.replaceAll('"', ''));
  return moneys
    .flatMap((money) => booksLines(money, known).split('\r\n'))
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,|$)/g) ?? [];
      return Object.fromEntries(columns.map((column, index) => [column, (cells[index] ?? '').replace(/^"|"$/g, '')]));
    });
}

describe('the books', () => {
  test('a top-up is one line besides the fee, exact to the last native unit', () => {
    expect(booksOf(journaled([topUp(VAULT)]))).toMatchObject([
      { kind: 'fee', asset: 'SOL', amount: '0.000005', amount_native: '5000', decimals: '9', from: PAYER },
      {
        time_utc: '2026-11-22T17:00:01.000Z',
        slot: '1152921504606846976',
        network: 'Practice',
        outcome: 'confirmed',
        kind: 'top-up',
        direction: 'out',
        asset: 'token',
        mint: MINT,
        amount: '18446744073709.551615',
        amount_native: '18446744073709551615',
        amount_is: 'exact',
        from: OWN_TOKENS,
        to: VAULT,
        run: 'atlas',
        signature: 'sig',
      },
    ]);
  });

  test('tokens sent elsewhere are no top-up, unless a claim shows that they went into a vault', () => {
    const elsewhere = journaled([topUp(someAddress(30))]);
    expect(booksOf(elsewhere)[1]?.['kind']).toBe('token-transfer');
    const unnamed = journaled([topUp(VAULT)], CONFIRMED, { runId: 'another' });
    expect(booksOf(unnamed)[1]?.['kind']).toBe('token-transfer');
    expect(booksOf(unnamed, journaled([claim]))[1]?.['kind']).toBe('top-up');
    expect(booksOf(unnamed, journaled([claim], CONFIRMED, { genesisHash: 'other' }))[1]?.['kind']).toBe(
      'token-transfer',
    );
  });

  test('a claim comes in; mint and decimals are told when the journal knows them', () => {
    const [, alone] = booksOf(journaled([claim]));
    expect(alone).toMatchObject({
      kind: 'claim',
      direction: 'in',
      mint: '',
      amount: '',
      amount_native: '12500000',
      decimals: '',
      from: VAULT,
      to: OWN_TOKENS,
    });
    const known = booksOf(journaled([claim]), journaled([topUp(VAULT)]));
    expect(known[1]).toMatchObject({ kind: 'claim', mint: MINT, amount: '12.5', decimals: '6' });
    const opened = createTokenAccount({ payer: PAYER, account: OWN_TOKENS, owner: PAYER, mint: MINT });
    const [, rent, claimed] = booksOf(journaled([opened, claim]));
    expect(rent).toMatchObject({ kind: 'rent-locked', asset: 'SOL', amount: '0.00203928', amount_is: 'at most' });
    expect(claimed).toMatchObject({ mint: MINT, amount: '', amount_native: '12500000' });
  });

  test('rent of a created account and SOL sent are exact', () => {
    const from = new PublicKey(PAYER);
    const create = SystemProgram.createAccount({
      fromPubkey: from,
      newAccountPubkey: from,
      lamports: 830_243_520,
      space: 119_160,
      programId: new PublicKey(DEFAULT_PROGRAM_IDS.coordinator),
    });
    const send = SystemProgram.transfer({ fromPubkey: from, toPubkey: new PublicKey(someAddress(40)), lamports: 1 });
    expect(booksOf(journaled([create, send])).slice(1)).toMatchObject([
      { kind: 'rent-locked', amount: '0.83024352', amount_is: 'exact' },
      { kind: 'sol-transfer', amount: '0.000000001', to: someAddress(40) },
    ]);
  });

  test('a refused transaction cost its fee and nothing else; what never landed cost nothing', () => {
    const failed: Outcome = { kind: 'failed', slot: 7n, error: 'InsufficientFundsForFee', logs: [] };
    expect(booksOf(journaled([topUp(VAULT)], failed))).toMatchObject([{ kind: 'fee', outcome: 'failed', slot: '7' }]);
    for (const kind of ['expired', 'nonce-used', 'unknown'] as const) {
      expect(booksOf(journaled([topUp(VAULT)], { kind }))).toEqual([]);
    }
    const { end: _end, ...pending } = journaled([topUp(VAULT)]);
    expect(booksOf(pending)).toEqual([]);
  });

  test('what a refused transaction says about tokens counts for nothing', () => {
    const failed: Outcome = { kind: 'failed', slot: 7n, error: 'x', logs: [] };
    expect(booksOf(journaled([topUp(VAULT)], failed), journaled([claim]))[2]).toMatchObject({ mint: '', amount: '' });
  });

  test('the operator’s words come along and become no formula', () => {
    const noted = { ...journaled([topUp(VAULT)]), annotation: { at: 9, label: '=cmd|x', note: 'say "hi"' } };
    expect(booksLines(readMoney(noted), knownTokens([])).split('\r\n')[0]).toMatch(/"'=cmd\|x","say ""hi"""$/);
  });

  test('every line has a cell for every column', () => {
    const columns = BOOKS_HEAD.split(',').length;
    const lines = booksLines(readMoney(journaled([topUp(VAULT), claim])), knownTokens([]))
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.replaceAll(/"[^"]*"/g, '').split(',')).toHaveLength(columns);
  });
});
