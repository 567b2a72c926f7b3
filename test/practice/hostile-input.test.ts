import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { Keypair, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  MEMO_PROGRAM,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { parseAddress } from '#core/solana/address.ts';
import { createSimulatedClients } from '#practice/actors/simulated-clients.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { answerText } from '#practice/json-rpc.ts';
import { answerMethod, METHOD_NAMES } from '#practice/methods/method-table.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { createTestExecutor } from './engine.ts';
import { countingRandom, TEST_START_MS } from './native-chain.ts';

const wallets = Array.from({ length: 3 }, (_, index) => Keypair.fromSeed(new Uint8Array(32).fill(index + 1)));
const [payer = Keypair.generate()] = wallets;

function createFundedChain() {
  const chain = createChain({
    genesis: { demoWallet: parseAddress(payer.publicKey.toBase58()) },
    now: () => TEST_START_MS,
    random: countingRandom(),
    slotMs: 200,
    execute: createExecute(DEFAULT_PROGRAM_IDS, createTestExecutor()),
  });
  for (const { publicKey } of wallets) chain.pour(parseAddress(publicKey.toBase58()), 1_000_000_000_000n);
  return chain;
}

const totalLamports = (chain: ReturnType<typeof createFundedChain>) =>
  [...chain.accounts()].reduce((sum, [, { lamports }]) => sum + lamports, 0n);

describe('signed transactions full of nonsense', () => {
  test('never stop the network, and lamports only ever leave as fees', () => {
    const chain = createFundedChain();
    const programs = [SYSTEM_PROGRAM, TOKEN_PROGRAM, ASSOCIATED_TOKEN_PROGRAM, MEMO_PROGRAM, COMPUTE_BUDGET_PROGRAM];
    const pool = [
      ...wallets.map(({ publicKey }) => publicKey.toBase58()),
      ...programs,
      ...Object.values(DEFAULT_PROGRAM_IDS),
      RENT_SYSVAR,
      'SysvarRecentB1ockHashes11111111111111111111',
      'SysvarC1ock11111111111111111111111111111111',
      chain.demoMint(),
      chain.faucet(),
    ];
    const meta = fc.record({
      pubkey: fc.constantFrom(...pool).map((address) => new PublicKey(address)),
      isSigner: fc.constant(false),
      isWritable: fc.boolean(),
    });
    // Small leading numbers reach the instructions the programs know.
    const data = fc
      .tuple(fc.integer({ min: 0, max: 14 }), fc.uint8Array({ maxLength: 80 }))
      .map(([first, rest]) => Buffer.from([first, ...(rest.length > 8 ? [0, 0, 0] : []), ...rest]));
    const instruction = fc.record({
      programId: fc.constantFrom(...programs, ...Object.values(DEFAULT_PROGRAM_IDS)),
      keys: fc.array(meta, { maxLength: 7 }),
      data,
    });
    // Now and then something sound, so that nonsense also follows and precedes what works.
    const transfer = fc.tuple(fc.constantFrom(...wallets), fc.constantFrom(...wallets)).map(([from, to]) => {
      const {
        programId,
        keys,
        data: bytes,
      } = SystemProgram.transfer({
        fromPubkey: from.publicKey,
        toPubkey: to.publicKey,
        lamports: 1_000_000,
      });
      return { programId: programId.toBase58(), keys, data: bytes };
    });
    const mixed = fc.oneof({ weight: 3, arbitrary: instruction }, { weight: 2, arbitrary: transfer });
    let landed = 0;
    let succeeded = 0;
    fc.assert(
      fc.property(fc.array(mixed, { minLength: 1, maxLength: 4 }), (instructions) => {
        const transaction = new Transaction({ feePayer: payer.publicKey });
        transaction.recentBlockhash = chain.latestBlockhash().blockhash;
        for (const { programId, keys, data: bytes } of instructions) {
          const isWallet = (key: PublicKey) => wallets.some(({ publicKey }) => publicKey.equals(key));
          const signed = keys.map((each) => ({ ...each, isSigner: isWallet(each.pubkey) }));
          transaction.add(
            new TransactionInstruction({ programId: new PublicKey(programId), keys: signed, data: bytes }),
          );
        }
        const signers = transaction.compileMessage().header.numRequiredSignatures;
        transaction.partialSign(
          ...wallets.filter(({ publicKey }) =>
            transaction
              .compileMessage()
              .accountKeys.slice(0, signers)
              .some((key) => key.equals(publicKey)),
          ),
        );
        const before = totalLamports(chain);
        const submission = chain.submit(transaction.serialize(), { preflight: false });
        const record = submission.kind === 'taken' ? chain.find(submission.signature) : undefined;
        expect(submission.kind).toBe('taken');
        expect(totalLamports(chain)).toBe(before - (record?.fee ?? 0n));
        if (record) landed += 1;
        if (record?.err === null) succeeded += 1;
      }),
      { numRuns: propertyRuns() },
    );
    // Not all of it may be turned away at the door, or nothing was tested.
    expect(landed).toBeGreaterThan(propertyRuns() / 4);
    expect(succeeded).toBeGreaterThan(0);
  }, 300_000);

  test('bytes that are no transaction are refused with a code, wherever a good one is bent', () => {
    const chain = createFundedChain();
    const good = new Transaction({ feePayer: payer.publicKey, recentBlockhash: chain.latestBlockhash().blockhash });
    good.add(new TransactionInstruction({ programId: new PublicKey(MEMO_PROGRAM), keys: [], data: Buffer.from('hi') }));
    good.sign(payer);
    const wire = good.serialize();
    fc.assert(
      fc.property(fc.nat(wire.length * 8 - 1), fc.nat(wire.length), (bit, cut) => {
        const bent = Buffer.from(wire);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        for (const bytes of [bent, wire.subarray(0, cut - 1), Buffer.concat([wire, bent])]) {
          const request = {
            jsonrpc: '2.0',
            id: 1,
            method: 'sendTransaction',
            params: [bytes.toString('base64'), { encoding: 'base64', skipPreflight: true }],
          };
          const answered = answer(chain, request);
          expect([-32602, -32003]).toContain(answered.error?.code);
        }
      }),
      { numRuns: propertyRuns() },
    );
    expect(chain.transactionCount()).toBe(3n);
  }, 300_000);
});

type Answered = { result?: unknown; error?: { code: number } };

/** An answer, after making sure that no fault of the server was behind it. */
function answer(chain: ReturnType<typeof createFundedChain>, request: object): Answered {
  const faults: unknown[] = [];
  const text = answerText(
    JSON.stringify(request),
    (method, params) =>
      answerMethod(method, params, chain, createSimulatedClients(chain, { programIds: DEFAULT_PROGRAM_IDS })),
    (fault) => faults.push(fault),
  );
  expect(faults).toEqual([]);
  return JSON.parse(text ?? '{}') as Answered;
}

describe('parameters full of nonsense', () => {
  test.each(METHOD_NAMES)(
    '%s answers or refuses, and is never at a loss',
    (method) => {
      const chain = createFundedChain();
      const telling = fc.constantFrom<unknown>(
        payer.publicKey.toBase58(),
        '11111111111111111111111111111111',
        '1'.repeat(64),
        'base64',
        0,
        -1,
        2 ** 53,
        {},
        [],
        { encoding: 'jsonParsed', commitment: 'confirmed' },
        { filters: [{ memcmp: { offset: 2 ** 31, bytes: '2' } }] },
        { mint: chain.demoMint() },
        { dataSlice: { offset: 5, length: 2 ** 40 } },
        JSON.parse('{"__proto__":{"encoding":"base64"}}'),
      );
      fc.assert(
        fc.property(
          fc.oneof(fc.array(fc.oneof(telling, fc.jsonValue()), { maxLength: 4 }), fc.jsonValue()),
          (params) => {
            const { error } = answer(chain, { jsonrpc: '2.0', id: 1, method, params });
            expect(error?.code).not.toBe(-32603);
          },
        ),
        { numRuns: propertyRuns() / 4 },
      );
    },
    300_000,
  );
});
