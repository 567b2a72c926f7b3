import { AnchorError, AnchorProvider, BN, type Idl, Program, Wallet } from '@coral-xyz/anchor';
import { Connection, Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_ENGINES } from '#practice/runtime/native/create-native-executor.ts';
import { type SpawnedNetwork, spawnPracticeNetwork } from './spawn-practice-network.ts';

/** Of the coordinator account, as the program's documentation gives them: its size and where the state byte is. */
const ACCOUNT_BYTES = 119_160;
const RUN_STATE_AT = 408;
const [UNINITIALIZED, WAITING_FOR_MEMBERS, PAUSED] = [0, 1, 7];
const TOTAL_STEPS_AT = 1016;
const NAME_AT = 16;

const owner = Keypair.generate();
/** A fixed-size text as Anchor takes it: a tuple of one array. */
function fixedText(text: string, size: number): [number[]] {
  const bytes = [...new TextEncoder().encode(text)];
  return [[...bytes, ...new Array<number>(size - bytes.length).fill(0)]];
}

const config = {
  warmupTime: new BN(30),
  cooldownTime: new BN(10),
  maxRoundTrainTime: new BN(20),
  roundWitnessTime: new BN(5),
  globalBatchSizeWarmupTokens: new BN(0),
  epochTime: new BN(600),
  totalSteps: 25_000,
  initMinClients: 1,
  minClients: 1,
  witnessNodes: 1,
  globalBatchSizeStart: 8,
  globalBatchSizeEnd: 8,
  verificationPercent: 0,
  waitingForMembersExtraTime: 3,
};
const model = {
  llm: [
    {
      maxSeqLen: 2048,
      coldStartWarmupSteps: 0,
      architecture: { hfLlama: {} },
      checkpoint: { hub: [{ repoId: fixedText('org/model', 64), revision: null }] },
      dataType: { pretraining: {} },
      dataLocation: { dummy: {} },
      lrSchedule: { constant: [{ baseLr: 0.0004, warmupInitLr: 0, warmupSteps: 10 }] },
      optimizer: {
        adamW: { betas: [0.9, 0.95], weightDecay: 0.1, eps: 1e-8, clipGradNorm: 1 },
      },
    },
  ],
};

describe.each(NATIVE_ENGINES)('with native programs run by %s', (engine) => {
  let network: SpawnedNetwork;
  beforeAll(async () => {
    network = await spawnPracticeNetwork(['--engine', engine, '--demo', owner.publicKey.toBase58()]);
  }, 60_000);
  afterAll(() => network.end('SIGTERM'));

  test('a script with nothing but web3.js and Anchor creates, updates, starts and pauses a run', async () => {
    const connection = new Connection(network.rpcUrl, 'confirmed');
    const provider = new AnchorProvider(connection, new Wallet(owner), { commitment: 'confirmed' });
    const program = new Program(JSON.parse(readFileSync('idl/coordinator.json', 'utf8')) as Idl, provider);
    const account = Keypair.generate();
    const [instance] = PublicKey.findProgramAddressSync(
      [Buffer.from('coordinator'), Buffer.from('outside-1')],
      program.programId,
    );
    const call = (name: string, ...args: unknown[]) => {
      const method = program.methods[name];
      if (!method) throw new Error(`no instruction ${name}`);
      return method(...args).accountsPartial({
        authority: owner.publicKey,
        payer: owner.publicKey,
        coordinatorInstance: instance,
        coordinatorAccount: account.publicKey,
      });
    };
    const readState = async () => (await connection.getAccountInfo(account.publicKey))?.data ?? Buffer.alloc(0);

    const identity = { mainAuthority: owner.publicKey, joinAuthority: owner.publicKey };
    await call('initCoordinator', { ...identity, runId: 'outside-1', clientVersion: 'test' })
      .preInstructions([
        SystemProgram.createAccount({
          fromPubkey: owner.publicKey,
          newAccountPubkey: account.publicKey,
          space: ACCOUNT_BYTES,
          lamports: await connection.getMinimumBalanceForRentExemption(ACCOUNT_BYTES),
          programId: program.programId,
        }),
      ])
      .signers([account])
      .rpc();
    expect((await readState())[RUN_STATE_AT]).toBe(UNINITIALIZED);

    const tooEarly: unknown = await call('setPaused', true)
      .rpc()
      .catch((error: unknown) => error);
    expect(tooEarly).toBeInstanceOf(AnchorError);
    expect((tooEarly as AnchorError).error.errorCode).toEqual({ code: 'CoordinatorErrorHalted', number: 6015 });

    const metadata = {
      name: fixedText('Outside', 64),
      description: fixedText('made by a script', 280),
      numParameters: new BN(1_100_000_000),
      vocabSize: new BN(32_000),
    };
    await call('update', metadata, config, model, null).rpc();
    const updated = await readState();
    expect(updated.readUInt32LE(TOTAL_STEPS_AT)).toBe(25_000);
    expect(updated.subarray(NAME_AT, NAME_AT + 8).toString()).toBe('Outside\0');

    await call('setPaused', false).rpc();
    expect((await readState())[RUN_STATE_AT]).toBe(WAITING_FOR_MEMBERS);
    await call('setPaused', true).rpc();
    expect((await readState())[RUN_STATE_AT]).toBe(PAUSED);

    const accounts = program.account as Record<
      string,
      { all(): Promise<{ publicKey: PublicKey; account: unknown }[]> }
    >;
    const found = await accounts['coordinatorInstance']?.all();
    expect(found).toHaveLength(1);
    expect(found?.[0]?.account).toMatchObject({ runId: 'outside-1', coordinatorAccount: account.publicKey });
  }, 60_000);
});
