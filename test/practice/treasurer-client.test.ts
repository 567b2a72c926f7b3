import {
  createAssociatedTokenAccountIdempotent,
  createMint,
  getAccount,
  mintTo,
  transferChecked,
} from '@solana/spl-token';
import {
  type Connection,
  Keypair,
  PublicKey,
  sendAndConfirmTransaction,
  SendTransactionError,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { participantAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { parseAddress } from '#core/solana/address.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { callRpc, startTestNetwork } from './start-test-network.ts';
import { programInstruction } from './trace-instructions.ts';
import { runCreateInstruction, runUpdateParams, type TreasurerKeys, treasurerKeys } from './treasurer-run.ts';

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let connection: Connection;
let owner: Keypair;
let mint: PublicKey;
beforeAll(async () => {
  stage = await startTestNetwork({ slotMs: 200 });
  connection = stage.connection;
  owner = await stage.wallet(100);
  mint = await createMint(connection, owner, owner.publicKey, null, 6);
});
afterAll(async () => {
  await stage.network.close();
  expect(stage.notices).toEqual([]);
});

const addressOf = (key: PublicKey) => parseAddress(key.toBase58());

function forWeb3({ programId, accounts, data }: Instruction): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId),
    keys: accounts.map(({ address, ...flags }) => ({ pubkey: new PublicKey(address), ...flags })),
    data: Buffer.from(data),
  });
}

function send(instructions: readonly TransactionInstruction[], signers: Keypair[] = []): Promise<string> {
  return sendAndConfirmTransaction(connection, new Transaction().add(...instructions), [owner, ...signers]);
}

/** The logs of a transaction that preflight refuses. */
async function refusal(instruction: TransactionInstruction): Promise<string[]> {
  const error: unknown = await send([instruction]).catch((thrown: unknown) => thrown);
  if (!(error instanceof SendTransactionError)) throw new Error('it landed');
  return error.logs ?? [];
}

/** Creates a rewarded run in the two instructions a client sends. */
async function createRun(runId: string): Promise<{ keys: TreasurerKeys; signature: string }> {
  const account = Keypair.generate();
  const parts = { collateral_mint: addressOf(mint), coordinator_account: addressOf(account.publicKey) };
  const keys = treasurerKeys(addressOf(owner.publicKey), runId, parts);
  const create = SystemProgram.createAccount({
    fromPubkey: owner.publicKey,
    newAccountPubkey: account.publicKey,
    space: COORDINATOR_ACCOUNT_SIZE,
    lamports: await connection.getMinimumBalanceForRentExemption(COORDINATOR_ACCOUNT_SIZE),
    programId: new PublicKey(DEFAULT_PROGRAM_IDS.coordinator),
  });
  return { keys, signature: await send([create, forWeb3(runCreateInstruction(keys, runId))], [account]) };
}

async function claimKeys(keys: TreasurerKeys) {
  const wallet = await createAssociatedTokenAccountIdempotent(connection, owner, mint, owner.publicKey);
  const participant = participantAddress(keys.run, addressOf(owner.publicKey)).address;
  return { ...keys, user: keys.payer, user_collateral: addressOf(wallet), participant };
}

describe('the treasurer over signed transactions', () => {
  test('run_create fits a transaction and is reported with all its calls', async () => {
    const { keys, signature } = await createRun('wire-1');
    expect((await getAccount(connection, new PublicKey(keys.run_collateral))).owner.toBase58()).toBe(keys.run);
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.meta?.innerInstructions).toMatchObject([{ index: 1, instructions: { length: 8 } }]);
    expect(found?.meta?.postTokenBalances).toMatchObject([
      { mint: keys.collateral_mint, owner: keys.run, uiTokenAmount: { amount: '0', decimals: 6 } },
    ]);
    const owned = await connection.getProgramAccounts(new PublicKey(DEFAULT_PROGRAM_IDS.treasurer), {
      filters: [{ dataSize: 200 }],
    });
    expect(owned.map(({ pubkey }) => pubkey.toBase58())).toContain(keys.run);
  });

  test('run_update names the program that refused innermost', async () => {
    const { keys } = await createRun('wire-2');
    const update = (params: ReturnType<typeof runUpdateParams>) =>
      forWeb3(programInstruction('treasurer', 'run_update', { params }, keys));
    await send([update(runUpdateParams({ epoch_earning_rate_total_shared: 5n, client_version: 'v2' }))]);
    const logs = await refusal(update(runUpdateParams({ paused: true })));
    expect(logs.filter((line) => line.includes(' failed: '))).toEqual([
      `Program ${DEFAULT_PROGRAM_IDS.coordinator} failed: custom program error: 0x177f`,
      `Program ${DEFAULT_PROGRAM_IDS.treasurer} failed: custom program error: 0x177f`,
    ]);
  });

  test('participant_create and participant_claim work for a wallet that earned nothing, up to nothing', async () => {
    const { keys } = await createRun('wire-3');
    const all = await claimKeys(keys);
    const purse = new PublicKey(all.user_collateral);
    await mintTo(connection, owner, mint, purse, owner, 50n);
    await transferChecked(connection, owner, purse, mint, new PublicKey(keys.run_collateral), owner, 20n, 6);
    const claim = (points: bigint) =>
      forWeb3(programInstruction('treasurer', 'participant_claim', { params: { claim_earned_points: points } }, all));
    await send([forWeb3(programInstruction('treasurer', 'participant_create', { params: {} }, all)), claim(0n)]);
    const logs = await refusal(claim(1n));
    expect(logs.some((line) => line.includes('Error Code: InvalidParameter. Error Number: 6000.'))).toBe(true);
    expect((await getAccount(connection, new PublicKey(keys.run_collateral))).amount).toBe(20n);
  });
});

test('the time of a slot is the one its transaction reports, also after cluster time was moved', async () => {
  const blockTimeOf = async (signature: string) => {
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    return { slot: found?.slot ?? 0, blockTime: found?.blockTime };
  };
  const transfer = SystemProgram.transfer({ fromPubkey: owner.publicKey, toPubkey: mint, lamports: 1 });
  const before = await blockTimeOf(await send([transfer]));
  await callRpc(stage.network.rpcUrl, 'practice_advance', [{ seconds: 86_400 }]);
  const after = await blockTimeOf(await send([transfer]));
  expect((after.blockTime ?? 0) - (before.blockTime ?? 0)).toBeGreaterThanOrEqual(86_400);
  expect(await connection.getBlockTime(before.slot)).toBe(before.blockTime);
  expect(await connection.getBlockTime(after.slot)).toBe(after.blockTime);
  expect(await connection.getBlockTime(await connection.getSlot())).toBeGreaterThanOrEqual(after.blockTime ?? 0);
});
