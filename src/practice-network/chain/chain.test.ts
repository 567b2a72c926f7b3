import {
  ComputeBudgetProgram,
  Keypair,
  NONCE_ACCOUNT_LENGTH,
  NonceAccount,
  type PublicKey,
  SystemProgram,
  Transaction,
  type TransactionInstruction,
} from '@solana/web3.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import { feeOf } from '#core/solana/compute-budget.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { createNativeChain } from '#test/practice/native-chain.ts';
import type { Chain, Submission } from './chain.ts';

const SOL = 1_000_000_000n;

let chain: Chain;
let host: { ms: number };
const payer = Keypair.fromSeed(new Uint8Array(32).fill(1));
const friend = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey;

beforeEach(() => {
  ({ chain, host } = createNativeChain());
  chain.pour(addressOf(payer.publicKey), 10n * SOL);
});

const addressOf = (key: PublicKey) => parseAddress(key.toBase58());
const balance = (key: PublicKey) => chain.account(addressOf(key))?.lamports ?? 0n;

function wireOf(instructions: TransactionInstruction[], signers = [payer], blockhash?: string): Uint8Array {
  const transaction = new Transaction({ feePayer: signers[0]?.publicKey ?? payer.publicKey });
  transaction.recentBlockhash = blockhash ?? chain.latestBlockhash().blockhash;
  transaction.add(...instructions);
  transaction.sign(...signers);
  return new Uint8Array(transaction.serialize());
}

const transfer = (lamports: bigint, from = payer.publicKey, to = friend) =>
  SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });

function send(wire: Uint8Array, preflight = false): Submission {
  return chain.submit(wire, { preflight });
}

/** The record of the transaction, `undefined` when it did not land. */
function landed(submission: Submission) {
  return submission.kind === 'taken' ? chain.find(submission.signature) : undefined;
}

const errOf = (submission: Submission) =>
  submission.kind === 'preflight-failed' ? submission.simulation.processed.err : submission.kind;

describe('a transfer', () => {
  test('moves lamports, takes 5,000 for the signature and is recorded with both balances', () => {
    const record = landed(send(wireOf([transfer(SOL)])));
    expect(balance(friend)).toBe(SOL);
    expect(balance(payer.publicKey)).toBe(9n * SOL - 5000n);
    expect(record).toMatchObject({ err: null, fee: 5000n, memo: null });
    expect(record?.preBalances.slice(0, 2)).toEqual([10n * SOL, 0n]);
    expect(record?.postBalances.slice(0, 2)).toEqual([9n * SOL - 5000n, SOL]);
  });

  test('that fails lands without preflight, pays its fee and does nothing else', () => {
    const record = landed(send(wireOf([transfer(SOL), transfer(100n * SOL)])));
    expect(record?.err).toEqual({ InstructionError: [1, { Custom: 1 }] });
    expect(balance(friend)).toBe(0n);
    expect(balance(payer.publicKey)).toBe(10n * SOL - 5000n);
  });

  test('that would fail is refused by preflight and costs nothing', () => {
    const submission = send(wireOf([transfer(100n * SOL)]), true);
    expect(errOf(submission)).toEqual({ InstructionError: [0, { Custom: 1 }] });
    expect(balance(payer.publicKey)).toBe(10n * SOL);
    expect(landed(submission)).toBeUndefined();
  });

  test('of the whole balance leaves no account behind', () => {
    send(wireOf([transfer(10n * SOL - 5000n)]));
    expect(chain.account(addressOf(payer.publicKey))).toBeUndefined();
    expect(balance(friend)).toBe(10n * SOL - 5000n);
  });

  test('may not leave an account too poor to exist', () => {
    expect(errOf(send(wireOf([transfer(1n)]), true))).toEqual({ InsufficientFundsForRent: { account_index: 1 } });
    const submission = send(wireOf([transfer(10n * SOL - 5001n)]), true);
    expect(errOf(submission)).toEqual({ InsufficientFundsForRent: { account_index: 0 } });
  });
});

describe('the fee', () => {
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 200_000 });
  const price = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_234_567 });

  test.each([
    ['one signature', [transfer(SOL)]],
    ['a price and a limit', [limit, price, transfer(SOL)]],
    ['a price without limit', [price, transfer(SOL)]],
    ['a limit over the cap', [ComputeBudgetProgram.setComputeUnitLimit({ units: 4_000_000 }), price, transfer(SOL)]],
  ])('of %s is what the review predicts from the bytes', (_case, instructions) => {
    const native = chain.simulate(wireOf(instructions), { verify: true, replaceBlockhash: false });
    const { message } = decodeTransaction(wireOf(instructions));
    expect(native?.processed).toMatchObject({ kind: 'landed', fee: feeOf(message).totalLamports });
  });

  test('is known beforehand, but not for a dead blockhash', () => {
    const wire = wireOf([transfer(SOL)]);
    const { messageBytes } = decodeTransaction(wire);
    expect(chain.feeFor(messageBytes)).toBe(5000n);
    host.ms += 31_000;
    expect(chain.feeFor(messageBytes)).toBeUndefined();
  });

  test.each([
    ['twice the same request', [limit, limit], { DuplicateInstruction: 1 }],
    ['an unknown request', [{ ...limit, data: Buffer.from([9]) }], { InstructionError: [0, 'InvalidInstructionData'] }],
    ['a cut request', [{ ...limit, data: Buffer.from([2, 1]) }], { InstructionError: [0, 'InvalidInstructionData'] }],
  ])('is not even taken for %s', (_case, instructions, err) => {
    expect(errOf(send(wireOf(instructions as TransactionInstruction[]), true))).toEqual(err);
    expect(landed(send(wireOf(instructions as TransactionInstruction[])))).toBeUndefined();
  });
});

describe('a fee payer', () => {
  test('nobody has funded is not found', () => {
    const stranger = Keypair.generate();
    expect(errOf(send(wireOf([transfer(1n, stranger.publicKey)], [stranger]), true))).toBe('AccountNotFound');
  });

  test('with too little cannot pay', () => {
    const poor = Keypair.generate();
    chain.pour(addressOf(poor.publicKey), 900_000n);
    const price = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_000_000 });
    const transaction = wireOf([price, transfer(0n, poor.publicKey)], [poor]);
    expect(errOf(send(transaction, true))).toBe('InsufficientFundsForFee');
  });

  test('may not be left too poor to exist by the fee', () => {
    const poor = Keypair.generate();
    chain.pour(addressOf(poor.publicKey), 890_880n);
    const submission = send(wireOf([transfer(0n, poor.publicKey)], [poor]), true);
    expect(errOf(submission)).toEqual({ InsufficientFundsForRent: { account_index: 0 } });
  });
});

describe('a blockhash', () => {
  test('lives 150 slots and not one more', () => {
    const wire = wireOf([transfer(SOL)]);
    const late = wireOf([transfer(2n * SOL)]);
    host.ms += 150 * 200;
    expect(landed(send(wire))?.err).toBeNull();
    host.ms += 200;
    expect(errOf(send(late, true))).toBe('BlockhashNotFound');
  });

  test('that is not good lets the transaction vanish when preflight is skipped', () => {
    const submission = send(wireOf([transfer(SOL)], [payer], friend.toBase58()));
    expect(submission.kind).toBe('taken');
    expect(landed(submission)).toBeUndefined();
  });

  test('is a new one after every commit, so the same request can be made again', () => {
    send(wireOf([transfer(SOL)]));
    send(wireOf([transfer(SOL)]));
    expect(balance(friend)).toBe(2n * SOL);
  });
});

describe('the same bytes', () => {
  test('have one effect however often they are sent', () => {
    const wire = wireOf([transfer(SOL)]);
    send(wire);
    expect(send(wire).kind).toBe('taken');
    expect(errOf(send(wire, true))).toBe('AlreadyProcessed');
    expect(balance(friend)).toBe(SOL);
    expect(balance(payer.publicKey)).toBe(9n * SOL - 5000n);
  });
});

describe('signatures', () => {
  test('must all be right', () => {
    const wire = wireOf([transfer(SOL)]);
    for (const at of [1, 40, 64, wire.length - 1]) {
      const broken = wire.slice();
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(chain.submit(broken, { preflight: true }).kind).toBe('unsigned');
    }
    expect(balance(friend)).toBe(0n);
  });
});

describe('a durable nonce', () => {
  const nonceKey = Keypair.fromSeed(new Uint8Array(32).fill(3));
  const authority = Keypair.fromSeed(new Uint8Array(32).fill(4));
  const advance = SystemProgram.nonceAdvance({
    noncePubkey: nonceKey.publicKey,
    authorizedPubkey: authority.publicKey,
  });

  beforeEach(() => {
    const create = SystemProgram.createNonceAccount({
      fromPubkey: payer.publicKey,
      noncePubkey: nonceKey.publicKey,
      authorizedPubkey: authority.publicKey,
      lamports: 1_447_680,
    });
    expect(landed(send(wireOf(create.instructions, [payer, nonceKey])))?.err).toBeNull();
  });

  function storedNonce(): string {
    const account = chain.account(addressOf(nonceKey.publicKey));
    expect(account?.data).toHaveLength(NONCE_ACCOUNT_LENGTH);
    return NonceAccount.fromAccountData(account?.data ?? new Uint8Array()).nonce;
  }

  test('keeps a transaction alive for days, is spent by it and cannot be used again', () => {
    const before = storedNonce();
    const wire = wireOf([advance, transfer(SOL)], [payer, authority], before);
    host.ms += 3 * 86_400_000;
    expect(landed(send(wire))?.err).toBeNull();
    expect(balance(friend)).toBe(SOL);
    expect(storedNonce()).not.toBe(before);
    expect(errOf(send(wire, true))).toBe('BlockhashNotFound');
  });

  test('is spent by a failing transaction too, which pays and does nothing else', () => {
    const before = storedNonce();
    const funds = balance(payer.publicKey);
    const wire = wireOf([advance, transfer(100n * SOL)], [payer, authority], before);
    expect(landed(send(wire))?.err).toEqual({ InstructionError: [1, { Custom: 1 }] });
    expect(balance(payer.publicKey)).toBe(funds - 10_000n);
    const after = storedNonce();
    expect(after).not.toBe(before);
    expect(errOf(send(wire, true))).toBe('BlockhashNotFound');
    expect(landed(send(wireOf([advance, transfer(SOL)], [payer, authority], after)))?.err).toBeNull();
  });

  test('is left alone when preflight refuses', () => {
    const before = storedNonce();
    send(wireOf([advance, transfer(100n * SOL)], [payer, authority], before), true);
    expect(storedNonce()).toBe(before);
  });

  test('keeps nothing alive without its authority, or when it is not the first instruction', () => {
    const other = SystemProgram.nonceAdvance({ noncePubkey: nonceKey.publicKey, authorizedPubkey: payer.publicKey });
    expect(errOf(send(wireOf([other, transfer(SOL)], [payer], storedNonce()), true))).toBe('BlockhashNotFound');
    const late = wireOf([transfer(SOL), advance], [payer, authority], storedNonce());
    expect(errOf(send(late, true))).toBe('BlockhashNotFound');
  });

  test('advances the same way whether the program or the bank does it', () => {
    // The bank's own advance is what a failure leaves; the program's is what success leaves, in the same slot.
    const wire = wireOf([advance], [payer, authority], storedNonce());
    const ok = chain.simulate(wire, { verify: true, replaceBlockhash: false });
    const failing = wireOf([advance, transfer(100n * SOL)], [payer, authority], storedNonce());
    const failed = chain.simulate(failing, { verify: true, replaceBlockhash: false });
    const [a, b] = [ok?.after(addressOf(nonceKey.publicKey)), failed?.after(addressOf(nonceKey.publicKey))];
    expect(a?.data).toEqual(b?.data);
    expect(ok?.processed.err).toBeNull();
    expect(failed?.processed.err).not.toBeNull();
  });
});

describe('a program', () => {
  test('that nobody deployed fails the transaction, which still pays', () => {
    const record = landed(send(wireOf([{ programId: friend, keys: [], data: Buffer.alloc(0) }])));
    expect(record).toMatchObject({ err: 'ProgramAccountNotFound', logs: [] });
    expect(balance(payer.publicKey)).toBe(10n * SOL - 5000n);
  });
});

describe('cluster time', () => {
  test('moves and leaves transactions under way alone', () => {
    const wire = wireOf([transfer(SOL)]);
    const { unixTimestamp } = chain.time();
    chain.advance(86_400);
    expect(chain.time().unixTimestamp).toBe(unixTimestamp + 86_400n);
    expect(landed(send(wire))?.blockTime).toBe(unixTimestamp + 86_400n);
  });
});

describe('a reset', () => {
  test('begins another network: other genesis, no history, no balances', () => {
    const before = chain.genesisHash();
    const submission = send(wireOf([transfer(SOL)]));
    chain.reset();
    expect(chain.genesisHash()).not.toBe(before);
    expect(landed(submission)).toBeUndefined();
    expect(balance(payer.publicKey)).toBe(0n);
    expect(chain.transactionCount()).toBe(0n);
    expect(landed(chain.pour(addressOf(payer.publicKey), SOL))?.err).toBeNull();
  });
});
