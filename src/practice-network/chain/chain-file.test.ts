import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import { countingRandom, createNativeChain, TEST_START_MS } from '#test/practice/native-chain.ts';
import { openChainFile } from './chain-file.ts';

const WALLET = parseAddress('9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM');

let folder: string;
let notices: string[];
let host: { ms: number };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'));
  notices = [];
  host = { ms: TEST_START_MS };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const random = countingRandom();
const open = () => {
  const now = () => host.ms;
  const file = openChainFile({ folder, now, announce: (notice) => notices.push(notice) });
  return createNativeChain({ file, now, random }).chain;
};
type Chain = ReturnType<typeof open>;
const pathOf = (name: string) => join(folder, name);
const pour = (chain: Chain, lamports: bigint) => {
  const submission = chain.pour(WALLET, lamports);
  return submission.kind === 'taken' ? submission.signature : '';
};

/** What must be the same after a restart. */
const stateOf = (chain: Chain) => ({
  genesisHash: chain.genesisHash(),
  transactions: chain.transactionCount(),
  accounts: new Map(chain.accounts()),
  history: chain.historyOf(WALLET),
  time: chain.time(),
});

describe('a network on disk', () => {
  test('goes on where it was killed: accounts, history, slots, blockhashes', () => {
    const chain = open();
    const signature = pour(chain, 5_000_000_000n);
    pour(chain, 1_000_000_000n);
    chain.advance(3600);
    const before = stateOf(chain);
    const { blockhash } = chain.latestBlockhash();
    // No close: this is what a killed process leaves.
    const again = open();
    expect(stateOf(again)).toEqual(before);
    expect(again.find(signature)).toEqual(chain.find(signature));
    expect(again.isRecent(blockhash)).toBe(true);
    expect(notices).toEqual([]);
  });

  test('goes on where it was stopped, and once more after that', () => {
    const chain = open();
    pour(chain, 5_000_000_000n);
    const before = stateOf(chain);
    chain.close();
    const again = open();
    expect(stateOf(again)).toEqual(before);
    pour(again, 1n);
    expect(open().transactionCount()).toBe(2n);
  });

  test('lets slots and time pass while nothing ran, at the host’s pace even when it ran faster', () => {
    const chain = open();
    chain.setSpeed(60);
    const before = chain.time();
    host.ms += 10_000;
    const after = open();
    expect(after.time()).toEqual({ slot: before.slot + 50n, unixTimestamp: before.unixTimestamp + 10n });
    expect(after.speed()).toBe(60);
  });

  test('remembers a reset', () => {
    const chain = open();
    pour(chain, 5_000_000_000n);
    chain.reset();
    const again = open();
    expect(again.genesisHash()).toBe(chain.genesisHash());
    expect(again.account(WALLET)).toBeUndefined();
  });

  test('remembers that an account is gone', () => {
    const chain = open();
    const owner = Keypair.fromSeed(new Uint8Array(32).fill(7));
    const address = parseAddress(owner.publicKey.toBase58());
    chain.pour(address, 1_000_000_000n);
    const transaction = new Transaction({ feePayer: owner.publicKey });
    transaction.recentBlockhash = chain.latestBlockhash().blockhash;
    const [fromPubkey, toPubkey] = [owner.publicKey, new PublicKey(WALLET)];
    transaction.add(SystemProgram.transfer({ fromPubkey, toPubkey, lamports: 1_000_000_000n - 5000n }));
    transaction.sign(owner);
    chain.submit(new Uint8Array(transaction.serialize()), { preflight: true });
    const again = open();
    expect(again.account(address)).toBeUndefined();
    expect(again.account(WALLET)?.lamports).toBe(1_000_000_000n - 5000n);
  });

  test('is readable by its owner only', () => {
    open();
    expect(statSync(pathOf('chain.jsonl')).mode & 0o077).toBe(0);
    expect(statSync(pathOf('chain-journal.jsonl')).mode & 0o077).toBe(0);
  });
});

describe('a torn journal', () => {
  test('loses at most the commit nobody was told of, wherever it tears', () => {
    const chain = open();
    pour(chain, 5_000_000_000n);
    const first = stateOf(chain);
    const whole = readFileSync(pathOf('chain-journal.jsonl'));
    pour(chain, 1n);
    const longer = readFileSync(pathOf('chain-journal.jsonl'));
    const snapshot = readFileSync(pathOf('chain.jsonl'));
    for (let cut = whole.length; cut < longer.length; cut += 97) {
      writeFileSync(pathOf('chain.jsonl'), snapshot);
      writeFileSync(pathOf('chain-journal.jsonl'), longer.subarray(0, cut));
      const again = open();
      expect(again.transactionCount()).toBe(1n);
      expect(again.account(WALLET)).toEqual(first.accounts.get(WALLET));
      expect(again.genesisHash()).toBe(first.genesisHash);
    }
    expect(notices).toEqual([]);
  });

  test('of an older snapshot is ignored: a kill between the two writes loses nothing', () => {
    const chain = open();
    pour(chain, 5_000_000_000n);
    const stale = readFileSync(pathOf('chain-journal.jsonl'));
    chain.close();
    writeFileSync(pathOf('chain-journal.jsonl'), stale);
    const again = open();
    expect(again.transactionCount()).toBe(1n);
    expect(again.account(WALLET)?.lamports).toBe(5_000_000_000n);
  });
});

describe('a damaged file', () => {
  /** Damages a file, starts again and returns what the new network announced. */
  function startWith(damage: () => void): { notices: string[]; isFresh: boolean; kept: string[] } {
    const chain = open();
    pour(chain, 5_000_000_000n);
    pour(chain, 6_000_000_000n);
    const before = chain.genesisHash();
    damage();
    const again = open();
    const isFresh = again.genesisHash() !== before && again.account(WALLET) === undefined;
    return { notices, isFresh, kept: readdirSync(folder).filter((name) => name.includes('damaged')) };
  }

  function flip(name: string, at: (length: number) => number): void {
    const bytes = readFileSync(pathOf(name));
    const index = at(bytes.length);
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    writeFileSync(pathOf(name), bytes);
  }

  test.each([
    ['a flipped bit in the snapshot', () => flip('chain.jsonl', (length) => length >> 1)],
    ['a flipped bit at the snapshot’s start', () => flip('chain.jsonl', () => 0)],
    ['a flipped bit in the middle of the journal', () => flip('chain-journal.jsonl', () => 120)],
    [
      'a snapshot cut between two lines',
      () => {
        const lines = readFileSync(pathOf('chain.jsonl'), 'utf8').split('\n');
        writeFileSync(pathOf('chain.jsonl'), `${lines.slice(0, 4).join('\n')}\n`);
      },
    ],
    ['an empty snapshot', () => writeFileSync(pathOf('chain.jsonl'), '')],
    ['a missing snapshot', () => rmSync(pathOf('chain.jsonl'))],
  ])('%s is kept aside, announced, and a new network begins', (_case, damage) => {
    const outcome = startWith(damage);
    expect(outcome.isFresh).toBe(true);
    expect(outcome.notices).toHaveLength(1);
    expect(outcome.notices[0]).toContain('kept aside');
    expect(outcome.kept.length).toBeGreaterThan(0);
  });
});
