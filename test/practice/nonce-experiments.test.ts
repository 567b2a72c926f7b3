import { readFileSync } from 'node:fs';
import { Keypair, type TransactionInstruction, VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { nonceAddress, readNonce } from '#core/nonces/nonce-account.ts';
import {
  advanceNonce,
  authorizeNonce,
  createNonceAccount,
  initializeNonce,
  sendLamports,
  withdrawNonce,
} from '#core/programs/nonce.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeMessage, encodeMessage } from '#core/solana/message.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { messageFor } from '#test/builders/message-for.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { createNativeExecutor, NATIVE_ENGINES } from '#practice/runtime/native/create-native-executor.ts';
import { countingRandom, TEST_START_MS } from './native-chain.ts';
import { NONCE_RENT } from './nonce-desk.ts';

type Case = {
  readonly case: string;
  readonly result: string;
  readonly fee_lamports?: number;
  readonly nonce_advanced?: boolean;
};

/** What a Solana bank did with durable nonces, case by case. */
const experiments = JSON.parse(readFileSync('test/fixtures/ledger/nonce-experiments.json', 'utf8')) as {
  readonly rent_exempt_80_bytes_in_this_bank: number;
  readonly initialized_account_first_8_bytes_hex: string;
  readonly instruction_encoding_u32_le: Readonly<Record<string, number>>;
  readonly account_layout: readonly { readonly offset: number; readonly size: number }[];
  readonly results: readonly Case[];
};

const keyOf = (name: string) => Keypair.fromSeed(Buffer.from(name.padEnd(32)));
const KEYS = [keyOf('payer'), keyOf('holder'), keyOf('stranger'), keyOf('poor')];
const [payer, holder, stranger, poor] = KEYS.map(({ publicKey }) => publicKey.toBase58() as Address) as [
  Address,
  Address,
  Address,
  Address,
];
const account = nonceAddress(payer, 1);
const MUCH = 1_000_000_000_000n;

/** A chain with a nonce account; every transaction is sent past the simulation and ends its slot. */
function createStage(engine: (typeof NATIVE_ENGINES)[number]) {
  const chain = createChain({
    genesis: {},
    now: () => TEST_START_MS,
    random: countingRandom(),
    slotMs: 200,
    execute: createExecute(DEFAULT_PROGRAM_IDS, createNativeExecutor(engine)),
  });
  chain.pour(payer, 5_000_000_000n);

  function submit(message: Uint8Array) {
    const transaction = new VersionedTransaction(VersionedMessage.deserialize(message));
    const { staticAccountKeys, header } = transaction.message;
    const signing = staticAccountKeys.slice(0, header.numRequiredSignatures);
    transaction.sign(KEYS.filter(({ publicKey }) => signing.some((key) => key.equals(publicKey))));
    const before = chain.account(payer)?.lamports ?? 0n;
    const submission = chain.submit(transaction.serialize(), { preflight: false });
    if (submission.kind !== 'taken') throw new Error(submission.kind);
    return { err: chain.find(submission.signature)?.err, spent: before - (chain.account(payer)?.lamports ?? 0n) };
  }

  const recent = () => chain.latestBlockhash().blockhash;
  const plain = (...instructions: TransactionInstruction[]) =>
    submit(buildMessage(instructions, { payer, blockhash: recent() }));
  expect(
    plain(...createNonceAccount({ base: payer, number: 1 }, { payer, authority: holder, rentLamports: NONCE_RENT }))
      .err,
  ).toBeNull();

  function stored() {
    const found = chain.account(account);
    return readNonce(found && { ...found, address: account, space: found.data.length });
  }

  function lifetime(parts: Partial<NonceLifetime> = {}): NonceLifetime {
    const found = stored();
    const nonce = found.kind === 'initialised' ? found.nonce : payer;
    return { kind: 'nonce', account, authority: holder, nonce, ...parts };
  }
  const under = (instructions: readonly TransactionInstruction[], parts: Partial<NonceLifetime> = {}, from = payer) =>
    messageFor(instructions, { payer: from, lifetime: lifetime(parts) });
  return { chain, submit, plain, stored, lifetime, under };
}

type Stage = ReturnType<typeof createStage>;
const give = sendLamports(payer, holder, 1_000_000n);

/** How each case is done; `undefined`: the chain took nothing, which is `BlockhashNotFound` or no payer. */
const ACTS: Readonly<Record<string, (stage: Stage) => ReturnType<Stage['submit']>>> = {
  'nonce advance first + transfer': ({ submit, under }) => submit(under([give])),
  'same signed transaction again'({ submit, under }) {
    const message = under([give]);
    submit(message);
    return submit(message);
  },
  'nonce advance first + transfer that fails (insufficient lamports)': ({ submit, under }) =>
    submit(under([sendLamports(payer, holder, MUCH)])),
  'nonce advance as second instruction': ({ submit, lifetime }) =>
    submit(buildMessage([give, advanceNonce(account, holder)], { payer, blockhash: lifetime().nonce })),
  'nonce advance signed by a key that is not the authority': ({ submit, under }) =>
    submit(under([give], { authority: stranger })),
  'fee payer account does not exist': ({ submit, under }) => submit(under([sendLamports(poor, holder, 1n)], {}, poor)),
  'v0 message, no lookup tables': ({ submit, under }) =>
    submit(encodeMessage({ ...decodeMessage(under([give])), version: 0 })),
  'advance + AuthorizeNonceAccount under its own nonce': ({ submit, under }) =>
    submit(under([authorizeNonce(account, holder, stranger)])),
  'partial withdraw leaving less than the rent minimum': ({ plain }) =>
    plain(withdrawNonce(account, { authority: holder, to: payer, lamports: 1n })),
  'advance + withdraw-all under its own nonce': ({ submit, under }) =>
    submit(under([withdrawNonce(account, { authority: holder, to: payer, lamports: NONCE_RENT })])),
  'withdraw-all with a normal recent blockhash': ({ plain }) =>
    plain(withdrawNonce(account, { authority: holder, to: payer, lamports: NONCE_RENT })),
  'use a nonce of a closed account'({ submit, plain, under }) {
    const message = under([give]);
    plain(withdrawNonce(account, { authority: holder, to: payer, lamports: NONCE_RENT }));
    return submit(message);
  },
};

/** What the file's words for a result are on chain. */
const RESULTS: Readonly<Record<string, unknown>> = {
  ok: null,
  'InstructionError(1, Custom(1))': { InstructionError: [1, { Custom: 1 }] },
  'InstructionError(0, InsufficientFunds)': { InstructionError: [0, 'InsufficientFunds'] },
};

function resultOf(words: string): unknown {
  if (words.startsWith('BlockhashNotFound') || words.startsWith('AccountNotFound')) return undefined;
  if (words.startsWith('InstructionError(1, Custom(7))')) return { InstructionError: [1, { Custom: 7 }] };
  return RESULTS[words];
}

test('covers every case of the file', () => {
  expect(Object.keys(ACTS)).toEqual(experiments.results.map((each) => each.case));
});

describe.each(NATIVE_ENGINES)('durable nonces on the %s engine', (engine) => {
  test.each(experiments.results)('$case: $result', (each) => {
    const stage = createStage(engine);
    const before = stage.stored();
    const act = ACTS[each.case];
    if (!act) throw new Error(each.case);
    const isReplay = each.case === 'same signed transaction again';
    const { err, spent } = act(stage);
    if (isReplay) {
      // A signature that landed is known: what was sent again is answered by what it did, and does nothing more.
      expect(spent).toBe(0n);
      return;
    }
    expect(err).toEqual(resultOf(each.result));
    if (each.nonce_advanced !== undefined) {
      const hasMoved = JSON.stringify(before, words) !== JSON.stringify(stage.stored(), words);
      expect(hasMoved).toBe(each.nonce_advanced);
    }
    const moved = err === null && each.case.includes('transfer') ? 1_000_000n : 0n;
    if (each.fee_lamports !== undefined) expect(spent - moved).toBe(BigInt(each.fee_lamports));
    if (each.case.includes('AuthorizeNonceAccount')) expect(stage.stored()).toMatchObject({ authority: stranger });
    if (each.case.includes('recent blockhash')) expect(stage.stored().kind).toBe('missing');
  });

  test('a nonce account costs and looks as the file says', () => {
    const { chain } = createStage(engine);
    const found = chain.account(account);
    expect(found?.lamports).toBe(BigInt(experiments.rent_exempt_80_bytes_in_this_bank));
    expect(Buffer.from(found?.data.subarray(0, 8) ?? []).toString('hex')).toBe(
      experiments.initialized_account_first_8_bytes_hex,
    );
    const end = experiments.account_layout.at(-1);
    expect(found?.data.length).toBe((end?.offset ?? 0) + (end?.size ?? 0));
  });
});

test('instructions carry the numbers of the file', () => {
  const numbers = experiments.instruction_encoding_u32_le;
  const built = {
    AdvanceNonceAccount: advanceNonce(account, holder),
    WithdrawNonceAccount: withdrawNonce(account, { authority: holder, to: payer, lamports: 1n }),
    InitializeNonceAccount: initializeNonce(account, holder),
    AuthorizeNonceAccount: authorizeNonce(account, holder, stranger),
  };
  for (const [name, { data }] of Object.entries(built)) expect(data.readUInt32LE(0)).toBe(numbers[name]);
});

/** Lamports as text: JSON has no room for them. */
function words(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
