import { performance } from 'node:perf_hooks';
import { Keypair, PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { median, report, type Figure } from './measure.ts';

const BATCH = 1000;
const BATCHES = 5;

/** Signed transfers through the whole bank: parse, verify, execute in the SVM, commit. No HTTP. */
function practiceFigures(): Figure[] {
  const chain = createChain({
    genesis: {},
    now: () => 0,
    random: (size) => new Uint8Array(size).fill(1),
    slotMs: 200,
    pinnedTime: () => ({ slot: 1000n, unixTimestamp: 1_772_000_000n }),
    execute: createExecute(DEFAULT_PROGRAM_IDS),
  });
  const payer = Keypair.generate();
  chain.pour(payer.publicKey.toBase58() as Address, 1_000_000_000_000n);
  const rates = Array.from({ length: BATCHES }, (_, batch) => {
    const transfers = Array.from({ length: BATCH }, (__, index) =>
      transfer(payer, batch * BATCH + index, chain.latestBlockhash().blockhash),
    );
    const start = performance.now();
    for (const wire of transfers) {
      const { kind } = chain.submit(wire, { preflight: false });
      if (kind !== 'taken') throw new Error(`a transfer was ${kind}`);
    }
    return (BATCH / (performance.now() - start)) * 1000;
  });
  if (chain.transactionCount() < BigInt(BATCH * BATCHES)) throw new Error('not every transfer landed');
  return [
    {
      name: 'practice network, native transactions',
      value: median(rates),
      unit: '/s',
      limit: { kind: 'at-least', value: 1000 },
    },
  ];
}

function transfer(payer: Keypair, index: number, blockhash: string): Uint8Array {
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions: [
      SystemProgram.transfer({
        fromPubkey: payer.publicKey,
        toPubkey: new PublicKey(Buffer.alloc(32, 9)),
        lamports: 1_000_000 + index,
      }),
    ],
  });
  const transaction = new VersionedTransaction(message.compileToLegacyMessage());
  transaction.sign([payer]);
  return transaction.serialize();
}

report(practiceFigures());
