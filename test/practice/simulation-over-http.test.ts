import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { AnchorError } from '@coral-xyz/anchor';
import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from '@solana/web3.js';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { authorizationAddress, coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { Trace } from '#practice/runtime/programs/coordinator/simulate.ts';
import { traceView } from '#practice/runtime/programs/coordinator/trace-view.ts';
import { startTestNetwork } from './start-test-network.ts';
import { programInstruction, type RunKeys, traceInstruction } from './trace-instructions.ts';

type Recorded = { name: string; steps: { result: 'ok' | { error: string; code: number }; after: unknown }[] };
const { traces } = JSON.parse(readFileSync('test/fixtures/psyche/vectors/simulation.json', 'utf8')) as {
  traces: Recorded[];
};

const RUN_ID = 'trace';
const authority = Keypair.fromSeed(new Uint8Array(32).fill(1));
const account = Keypair.fromSeed(new Uint8Array(32).fill(2));
const addressOf = (key: PublicKey) => parseAddress(key.toBase58());
const run: RunKeys = {
  authority: addressOf(authority.publicKey),
  account: addressOf(account.publicKey),
  instance: coordinatorInstanceAddress(RUN_ID).address,
  authorization: authorizationAddress(addressOf(authority.publicKey), SYSTEM_PROGRAM).address,
};

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

/** A network whose time the trace dictates, holding a fresh run that everyone may join. */
async function stageRun(start: { slot: bigint; unixTimestamp: bigint }) {
  const time = { ...start };
  const { network } = await startTestNetwork({ pinnedTime: () => time });
  stop = network.close;
  const connection = new Connection(network.rpcUrl, 'confirmed');
  await connection.requestAirdrop(authority.publicKey, 100e9);
  const send = createSender(connection);
  const init = programInstruction(
    'coordinator',
    'init_coordinator',
    {
      params: {
        main_authority: keyOf(run.authority),
        join_authority: keyOf(run.authority),
        run_id: RUN_ID,
        client_version: '',
      },
    },
    { payer: run.authority, coordinator_instance: run.instance, coordinator_account: run.account },
  );
  const create = SystemProgram.createAccount({
    fromPubkey: authority.publicKey,
    newAccountPubkey: account.publicKey,
    space: COORDINATOR_ACCOUNT_SIZE,
    lamports: await connection.getMinimumBalanceForRentExemption(COORDINATOR_ACCOUNT_SIZE),
    programId: new PublicKey(DEFAULT_PROGRAM_IDS.coordinator),
  });
  const grant = { payer: run.authority, grantor: run.authority, authorization: run.authorization };
  const allow = { params: { grantee: keyOf(SYSTEM_PROGRAM), scope: JOIN_SCOPE } };
  const created = await send(
    [
      create,
      forWeb3(init),
      forWeb3(programInstruction('authorizer', 'authorization_create', allow, grant)),
      forWeb3(programInstruction('authorizer', 'authorization_grantor_update', { params: { active: true } }, grant)),
    ],
    [authority, account],
  );
  expect(created.err).toBeNull();
  return { connection, send, time };
}

/** Sends signed transactions, each with another compute limit: in one slot the same request would be a duplicate. */
function createSender(connection: Connection) {
  let sent = 0;
  return async (instructions: TransactionInstruction[], signers: Keypair[]) => {
    sent += 1;
    const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 1_000_000 + sent });
    const transaction = new Transaction({ feePayer: authority.publicKey, ...(await connection.getLatestBlockhash()) });
    transaction.add(...instructions, limit);
    transaction.sign(...signers);
    const signature = await connection.sendRawTransaction(transaction.serialize(), { skipPreflight: true });
    const record = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    if (!record?.meta) throw new Error(`${signature} did not land`);
    return { err: record.meta.err, logs: record.meta.logMessages ?? [] };
  };
}

/** What a landed transaction says, in the words of the trace. */
function resultOf({ err, logs }: { err: unknown; logs: string[] }): Recorded['steps'][number]['result'] {
  if (err === null) return 'ok';
  const error = AnchorError.parse(logs)?.error.errorCode;
  expect(err).toEqual({ InstructionError: [0, { Custom: error?.number }] });
  return { error: error?.code ?? '', code: error?.number ?? 0 };
}

describe('recorded traces, as signed transactions over HTTP', () => {
  test.each(traces.map((trace) => [trace.name, trace] as const))(
    'leave the account of %s in the recorded state, step by step',
    async (_name, recorded) => {
      const trace = Trace.parse(recorded);
      const [first] = trace.steps;
      const momentOf = (step: { slot: number | string; unix_timestamp: number | string }) => ({
        slot: BigInt(step.slot),
        unixTimestamp: BigInt(step.unix_timestamp),
      });
      const { connection, send, time } = await stageRun(momentOf(first ?? { slot: 1, unix_timestamp: 0 }));
      const signers = createCast();
      for (const [index, step] of trace.steps.entries()) {
        Object.assign(time, momentOf(step));
        const { instruction, signer } = traceInstruction(step, run, signers.walletOf);
        const also = signer === undefined ? [] : [signers.keypairOf(signer)];
        const result = resultOf(await send([forWeb3(instruction)], [authority, ...also]));
        const stored = await connection.getAccountInfo(account.publicKey);
        const after = traceView(decodeCoordinatorAccount(new Uint8Array(stored?.data ?? [])), signers.nameOf);
        expect({ index, result, after }).toEqual({
          index,
          result: recorded.steps[index]?.result,
          after: recorded.steps[index]?.after,
        });
      }
    },
    120_000,
  );
});

/** Real wallets behind the names of a trace. */
function createCast() {
  const keypairs = new Map<string, Keypair>();
  const keypairOf = (name: string): Keypair => {
    const known = keypairs.get(name) ?? Keypair.generate();
    keypairs.set(name, known);
    return known;
  };
  return {
    keypairOf,
    walletOf: (name: string) => keypairOf(name).publicKey.toBytes(),
    nameOf: (wallet: Uint8Array) =>
      [...keypairs].find(([, { publicKey }]) => Buffer.compare(publicKey.toBytes(), wallet) === 0)?.[0] ?? '',
  };
}

function keyOf(address: string): Uint8Array {
  return new PublicKey(address).toBytes();
}

function forWeb3({ programId, accounts, data }: Instruction): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId),
    keys: accounts.map(({ address, isSigner, isWritable }) => ({
      pubkey: new PublicKey(address),
      isSigner,
      isWritable,
    })),
    data: Buffer.from(data),
  });
}
