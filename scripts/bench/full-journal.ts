import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { z } from 'zod';
import { JournalEntry, type SignedEntry } from '#core/journal/entry.ts';
import { encodeRecord, FIRST_HASH, readRecords } from '#core/journal/record-chain.ts';
import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { transferChecked } from '#core/programs/token.ts';
import type { Address } from '#core/solana/address.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';

type Surroundings = {
  readonly genesisHash: string;
  readonly payer: Address;
  readonly mint: Address;
  /** Message of another transaction that the app made: every second one is like it. */
  readonly message: Uint8Array;
};

const SIGNED_AT = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const RUNS = 40;

/** Writes so many transactions with their ends behind what the journal of a closed app holds. */
export function fillJournal(dataFolder: string, count: number, surroundings: Surroundings): void {
  const path = join(dataFolder, 'journal.log');
  const before = readFileSync(path);
  const parts: Uint8Array[] = [before];
  let { lastHash } = before.length === 0 ? { lastHash: FIRST_HASH } : readRecords(before);
  const topUps = Array.from({ length: RUNS }, (_, index) => topUpOf(`bench-${index}`, surroundings));
  for (let index = 0; index < count; index += 1) {
    const runId = `bench-${index % RUNS}`;
    const message = index % 2 === 0 ? surroundings.message : (topUps[index % RUNS] ?? surroundings.message);
    for (const entry of entriesOf(index, runId, message, surroundings)) {
      const record = encodeRecord(lastHash, z.encode(JournalEntry, entry));
      parts.push(record.bytes);
      lastHash = record.hash;
    }
  }
  writeFileSync(path, Buffer.concat(parts), { mode: 0o600 });
}

function entriesOf(
  index: number,
  runId: string,
  message: Uint8Array,
  { genesisHash, payer }: Surroundings,
): JournalEntry[] {
  const id = `bench-${index}`;
  const at = SIGNED_AT + index * MINUTE_MS;
  const signature = new Uint8Array(randomBytes(64));
  const signed: SignedEntry = {
    event: 'signed',
    id,
    planId: `plan-${index}`,
    title: `Top up ${runId}`,
    runId,
    subject: `run ${runId}`,
    genesisHash,
    networkName: 'Practice',
    programs: DEFAULT_PROGRAM_IDS,
    wire: encodeTransaction([signature], message),
    signature: base58.encode(signature),
    messageHash: base58.encode(randomBytes(32)),
    feePayer: payer,
    feeLamports: 5000n,
    lastValidBlockHeight: 100n,
    reviewedAt: at,
    approvedAt: at + 5,
    at: at + 10,
    overrides: [],
  };
  // The app asks for nothing older than where it saw something land: a new network is there already.
  const slot = 1n;
  return [
    signed,
    { event: 'sent', id, at: at + 20 },
    { event: 'ended', id, at: at + 700, outcome: { kind: 'confirmed', slot, signature: signed.signature } },
  ];
}

function topUpOf(runId: string, { payer, mint }: Surroundings): Uint8Array {
  const vaultOwner = treasurerRunAddress(treasurerIndexOf(runId)).address;
  const transfer = transferChecked({
    source: associatedTokenAddress(payer, mint).address,
    mint,
    destination: associatedTokenAddress(vaultOwner, mint).address,
    owner: payer,
    amount: 1_000_000n,
    decimals: 6,
  });
  return buildMessage([transfer], { payer, blockhash: mint });
}
