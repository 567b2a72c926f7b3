import { readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import type { TransactionInstruction } from '@solana/web3.js';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { buildMessage, TRANSACTION_MAX_BYTES, wireSizeOf, withNonce } from '#core/transactions/build.ts';
import { someMessage } from '#test/builders/message-builder.ts';
import { instructionOf, readInstructionVectors } from '#test/builders/vector-instructions.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { NamedMessage } from './fixture-transactions.ts';
import { nativeInstructions, NATIVE_PAYER } from './native-instructions.ts';

const BLOCKHASH = addressFromBytes(sha256(new TextEncoder().encode('a recent blockhash')));
const NONCE = addressFromBytes(sha256(new TextEncoder().encode('a durable nonce')));
const FEES = { unitLimit: 123_456, microLamports: 987_654n };

const CONFIGS = 'test/fixtures/psyche/vectors/configs';
const configText = readFileSync(`${CONFIGS}/ok-hub-gcp-cosine.toml`, 'utf8');
const otherConfigText = readFileSync(`${CONFIGS}/ok-server-adamw-linear.toml`, 'utf8');

/** Recorded instructions that no operation of the app makes, or not with such values. */
const VECTORS = [
  'coordinator.init_coordinator/utf8-run-id',
  'coordinator.update/everything',
  'coordinator.update/model-extreme-floats',
  'coordinator.update/model-p2pgcs-preprocessed',
  'coordinator.update/model-ephemeral',
  'coordinator.set_future_epoch_rates/both-extreme',
  'coordinator.join_run/delegated',
  'coordinator.warmup_witness/filled',
  'coordinator.health_check/trainer',
  'coordinator.checkpoint/p2p',
  'treasurer.run_create/utf8-derived',
  'treasurer.participant_claim/max',
  'authorizer.authorization_create/custom-scope',
  'authorizer.authorization_grantee_update/replace-with-three',
];

/**
 * All transactions of `test/fixtures/transactions`, made anew: those of every operation on the practice network, alive by a
 * blockhash and by a nonce, with and without fees; recorded run instructions; the programs every cluster has; version 0 with
 * and without lookup tables.
 */
export async function buildTransactions(): Promise<readonly NamedMessage[]> {
  return [...(await operationTransactions()), ...vectorTransactions(), ...nativeTransactions(), ...versionZero()];
}

async function operationTransactions(): Promise<NamedMessage[]> {
  const desk = createRewardsDesk();
  const { owner } = desk;
  const [payer, joinAuthority, holder, user, friend] = ['payer', 'join', 'holder', 'user', 'friend'].map(
    desk.person,
  ) as [Address, Address, Address, Address, Address];
  desk.fund(payer, 50_000_000_000n);
  const three: OperationSigners = { payer, authority: owner.authority, joinAuthority };
  const made: NamedMessage[] = [];

  async function record(operation: OperationInput, by: OperationSigners = three, note = ''): Promise<void> {
    const { steps } = await desk.prepare(operation, by);
    if (steps.length === 0) throw new Error(`${operation.kind}: nothing to sign`);
    for (const [index, { instructions }] of steps.entries()) {
      const name = [operation.kind, note, steps.length > 1 ? `step ${index + 1}` : ''].filter(Boolean).join(' ');
      // Under a nonce once for each operation: it is the same nonce everywhere.
      const isFirst = !made.some(
        (each) => each.name.startsWith(`${operation.kind} `) && each.name.includes('nonce with'),
      );
      made.push(...lifetimesOf(name, instructions, by.payer).slice(0, isFirst ? 2 : 1));
    }
  }

  /** Records it, then does it. */
  async function carryOut(operation: OperationInput, by: OperationSigners = three, note = ''): Promise<void> {
    await record(operation, by, note);
    await desk.carryOut(operation, by);
  }

  const run = { runId: 'atlas-7' } as const;
  const plain = createRunInput({ configText, start: true, accountSeed: 'atlas' });
  const topUp = { upTo: 1_000n, funder: owner.payer };
  const rewarded = rewardedRunInput({ earning: 5n, slashing: 2n, topUp }, { configText, start: true });
  await record(rewarded, three, 'rewarded');
  await record(plain, owner, 'plain');
  await desk.carryOut(rewarded, three);
  await carryOut({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: user } });
  await carryOut({
    kind: 'allow-many',
    users: [
      { address: friend, label: '' },
      { address: holder, label: '' },
    ],
  });
  await record({ kind: 'set-authorization-active', grantee: user, active: false });
  const ofUser = { ...three, authority: user };
  await record({ kind: 'set-delegates', grantor: joinAuthority, grantee: user, delegates: [friend, holder] }, ofUser);
  await record({ kind: 'close-authorization', grantee: user });

  await record({ kind: 'tick', ...run });
  await record({ kind: 'set-paused', ...run, paused: true });
  await record({ kind: 'checkpoint', ...run, user, repository: { kind: 'gcs', bucket: 'b', prefix: 'p' } });
  await desk.sendNext({ kind: 'set-paused', ...run, paused: true }, three);
  await record({ kind: 'update-configuration', ...run, configText: otherConfigText, restartFromStep: 4 });
  const metadata = { name: 'Atlas 2', description: 'Again', parameters: 7n, vocabulary: 8n };
  await record({ kind: 'update-configuration', ...run, metadata, clientVersion: 'v2' }, three, 'words');
  await record({ kind: 'set-rates', ...run, earning: 2n ** 63n, slashing: 1n, decimals: 6 });
  await record({ kind: 'top-up', ...run, amount: 77n, decimals: 6, funder: owner.payer, depositedBefore: 1_000n });
  desk.earn([[user, 10n]]);
  await record({ kind: 'claim-rewards', ...run, user });
  await record({ kind: 'close-run', ...run });

  const nonceAccount = nonceAddress(payer, 1);
  await carryOut({ kind: 'create-nonce-accounts', base: payer, authority: holder, first: 1, count: 1 });
  await record({ kind: 'fund-nonce', nonceAccount, lamports: 7n });
  await record({ kind: 'advance-nonce', nonceAccount, authority: holder });
  await record({ kind: 'authorize-nonce', nonceAccount, authority: holder, newAuthority: friend });
  await record({ kind: 'withdraw-nonce', nonceAccount, authority: holder, to: friend, lamports: 1n });
  await record({ kind: 'close-nonce', nonceAccount, authority: holder, to: payer });
  return made;
}

/** The same instructions as they are, and under a nonce with fees where they fit. */
function lifetimesOf(name: string, instructions: readonly TransactionInstruction[], payer: Address): NamedMessage[] {
  const plain = { name, message: buildMessage(instructions, { payer, blockhash: BLOCKHASH }) };
  const paid = withFees(instructions, FEES, payer);
  const lasting = withNonce(paid, { account: nonceAddress(payer, 9), authority: payer });
  if (wireSizeOf(lasting, payer) > TRANSACTION_MAX_BYTES) return [plain];
  const words = paid.length > instructions.length ? 'under a nonce with fees' : 'under a nonce';
  return [plain, { name: `${name} ${words}`, message: buildMessage(lasting, { payer, blockhash: NONCE }) }];
}

function vectorTransactions(): NamedMessage[] {
  const vectors = readInstructionVectors();
  return VECTORS.map((name) => {
    const vector = vectors.find((each) => each.name === name);
    const payer = vector?.accounts.find(({ isSigner }) => isSigner)?.pubkey;
    if (!vector || payer === undefined) throw new Error(`no vector ${name}`);
    return {
      name: `recorded ${name}`,
      message: someMessage({ payer, instructions: [instructionOf(vector)], blockhash: BLOCKHASH }),
    };
  });
}

function nativeTransactions(): NamedMessage[] {
  return nativeInstructions().map(({ name, instructions }) => ({
    name,
    message: someMessage({ payer: NATIVE_PAYER, instructions, blockhash: BLOCKHASH }),
  }));
}

/** Version 0, with the accounts of its first instruction taken from tables, and without. */
function versionZero(): NamedMessage[] {
  const all = nativeInstructions();
  return [0, 5, 10].flatMap((index) => {
    const { name, instructions } = all[index] ?? { name: '', instructions: [] };
    const message = someMessage({ payer: NATIVE_PAYER, instructions, blockhash: BLOCKHASH, version: 0 });
    const decoded = passCanonicalGate(message);
    const keys = decoded.staticKeys.length;
    const lookups = [
      { table: NONCE, writableIndexes: [3, 200], readonlyIndexes: [] },
      // The last one is used by nobody.
      { table: BLOCKHASH, writableIndexes: [], readonlyIndexes: [0, 9] },
    ];
    const [first, ...rest] = decoded.instructions;
    if (!first) throw new Error(`${name} has no instruction`);
    const fromTables = { ...first, accountIndexes: [...first.accountIndexes.slice(0, 1), keys, keys + 1, keys + 2] };
    return [
      { name: `version 0 ${name}`, message },
      {
        name: `version 0 with tables ${name}`,
        message: encodeMessage({ ...decoded, instructions: [fromTables, ...rest], lookups }),
      },
    ];
  });
}
