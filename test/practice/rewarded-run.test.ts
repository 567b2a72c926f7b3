import { AnchorError, BN } from '@coral-xyz/anchor';
import { getAccount } from '@solana/spl-token';
import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_ENGINES } from '#practice/runtime/native/create-native-executor.ts';
import { createRewardedRunScript, type RewardedRunScript } from './rewarded-run-script.ts';
import { type SpawnedNetwork, spawnPracticeNetwork } from './spawn-practice-network.ts';

const owner = Keypair.generate();
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
  witnessNodes: 0,
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
      checkpoint: { hub: [{ repoId: [[...Buffer.from('org/model'.padEnd(64, '\0'))]], revision: null }] },
      dataType: { pretraining: {} },
      dataLocation: { dummy: {} },
      lrSchedule: { constant: [{ baseLr: 0.0004, warmupInitLr: 0, warmupSteps: 10 }] },
      optimizer: { adamW: { betas: [0.9, 0.95], weightDecay: 0.1, eps: 1e-8, clipGradNorm: 1 } },
    },
  ],
};

/** Native units all clients of an epoch share: the first is no multiple of three. */
const FIRST_RATE = 10_000_001n;
const SECOND_RATE = 7_000_000n;

function bn(amount: bigint): BN {
  return new BN(amount.toString());
}

async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'it landed',
    (error: unknown) => error,
  );
}

async function tokens(script: RewardedRunScript, address: RewardedRunScript['vault']): Promise<bigint> {
  return (await getAccount(script.connection, address)).amount;
}

/** Three clients through an epoch that pays all, one that pays two, and one that is paused and pays nobody. */
async function playThreeEpochs(
  script: RewardedRunScript,
  clients: readonly [Keypair, Keypair, Keypair],
): Promise<void> {
  const [ann, ben, cleo] = clients;
  const everybody = clients.map((client, index) => [client, index] as const);
  await script.startEpoch(clients);
  expect(await script.state()).toBe('RoundTrain');
  expect(await script.rates()).toEqual({ current: FIRST_RATE, future: FIRST_RATE });
  await script.update({ epochEarningRateTotalShared: bn(SECOND_RATE) });
  expect(await script.rates()).toEqual({ current: FIRST_RATE, future: SECOND_RATE });
  await script.playRound(everybody, 3, true);
  await script.playRound(everybody, 3);
  await script.playRound(everybody, 3);
  expect(await script.state()).toBe('Cooldown');
  await script.endEpoch();
  expect(await script.state()).toBe('WaitingForMembers');
  expect([...(await script.earned()).values()]).toEqual([3_333_333n, 3_333_333n, 3_333_333n]);

  await script.startEpoch(clients);
  expect(await script.rates()).toEqual({ current: SECOND_RATE, future: SECOND_RATE });
  await script.playRound(everybody, 3, true);
  await script.playRound(everybody, 3);
  await script.reportIdle(ann, cleo, 2, 3);
  await script.playRound(everybody.slice(0, 2), 3);
  await script.endEpoch();
  expect([...(await script.earned()).values()]).toEqual([6_833_333n, 6_833_333n, 3_333_333n]);

  await script.startEpoch([ben, cleo]);
  await script.update({ paused: true });
  const both = [ben, cleo].map((client, index) => [client, index] as const);
  await script.playRound(both, 2);
  expect(await script.state()).toBe('Cooldown');
  await script.endEpoch();
  expect(await script.state()).toBe('Paused');
}

describe.each(NATIVE_ENGINES)('with native programs run by %s', (engine) => {
  let network: SpawnedNetwork;
  beforeAll(async () => {
    network = await spawnPracticeNetwork(['--engine', engine, '--demo', owner.publicKey.toBase58()]);
  }, 60_000);
  afterAll(() => network.end('SIGTERM'));

  test('a rewarded run pays what the rates promise, and no more than the vault holds', async () => {
    const script = await createRewardedRunScript(network.rpcUrl, owner, 'rewarded-1');
    await script.update({ config, model });
    await script.update({ epochEarningRateTotalShared: bn(FIRST_RATE), paused: false });
    await script.topUp(10_000_000n);
    expect(await tokens(script, script.vault)).toBe(10_000_000n);
    const clients = [await script.newClient(), await script.newClient(), await script.newClient()] as const;
    await playThreeEpochs(script, clients);
    const [ann, ben, cleo] = clients;
    expect(await script.earned()).toEqual(
      new Map([
        [ann.publicKey.toBase58(), 6_833_333n],
        [ben.publicKey.toBase58(), 6_833_333n],
        [cleo.publicKey.toBase58(), 3_333_333n],
      ]),
    );

    for (const client of clients) await script.begin(client);
    await script.claim(ann, 6_833_333n);
    expect(await tokens(script, script.vault)).toBe(3_166_667n);
    const greedy = await refusalOf(script.claim(ann, 1n));
    expect(greedy).toBeInstanceOf(AnchorError);
    expect((greedy as AnchorError).error.errorCode).toEqual({ code: 'InvalidParameter', number: 6000 });
    const early = await refusalOf(script.claim(cleo, 3_333_333n));
    expect(String(early)).toContain('custom program error: 0x1');
    await script.claim(cleo, 3_166_667n);

    await script.topUp(7_000_000n);
    await script.claim(cleo, 166_666n);
    await script.claim(ben, 6_833_333n);
    expect(await Promise.all(clients.map((client) => tokens(script, script.wallet(client))))).toEqual([
      6_833_333n,
      6_833_333n,
      3_333_333n,
    ]);
    expect(await tokens(script, script.vault)).toBe(1n);
    const { run, user } = await script.books(cleo);
    expect(run['totalClaimedEarnedPoints']?.toString()).toBe('16999999');
    expect(run['totalClaimedCollateralAmount']?.toString()).toBe('16999999');
    expect(user['claimedEarnedPoints']?.toString()).toBe('3333333');
    expect(user['claimedCollateralAmount']?.toString()).toBe('3333333');
  }, 120_000);
});
