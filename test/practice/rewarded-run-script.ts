import { AnchorProvider, BN, type Idl, Program, Wallet } from '@coral-xyz/anchor';
import { createAssociatedTokenAccountIdempotent, createMint, mintTo, transferChecked } from '@solana/spl-token';
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { Connection, Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Decimals of the reward token. */
export const DECIMALS = 6;

/** Of the coordinator account, as the program's documentation gives them. */
const ACCOUNT_BYTES = 119_160;
const RUN_STATE_AT = 408;
const KNOWN_CLIENTS_AT = 94_424;
const KNOWN_CLIENT_BYTES = 96;
const EARNED_AT = 72;
const KNOWN_CLIENTS_COUNT_AT = 119_000;
const RATES_AT = 119_016;
const STATES = [
  'Uninitialized',
  'WaitingForMembers',
  'Warmup',
  'RoundTrain',
  'RoundWitness',
  'Cooldown',
  'Finished',
  'Paused',
];

/** Seconds, with a margin over what {@link config} asks for. */
const WAIT = { members: 5, warmup: 31, train: 21, witness: 6, epoch: 601, cooldown: 11 };

/** A rewarded run seen from outside: web3.js, spl-token, Anchor over the published interfaces, and the network's own clock. */
export type RewardedRunScript = Awaited<ReturnType<typeof createRewardedRunScript>>;

/** Creates the mint and the run, opens it to everybody and mints a fortune for the owner. */
export async function createRewardedRunScript(rpcUrl: string, owner: Keypair, runId: string) {
  const connection = new Connection(rpcUrl, 'confirmed');
  const provider = new AnchorProvider(connection, new Wallet(owner), { commitment: 'confirmed' });
  const load = (name: string) => new Program(JSON.parse(readFileSync(`idl/${name}.json`, 'utf8')) as Idl, provider);
  const [coordinator, treasurer, authorizer] = [load('coordinator'), load('treasurer'), load('authorizer')];
  const mint = await createMint(connection, owner, owner.publicKey, null, DECIMALS);
  const account = Keypair.generate();
  const index = createHash('sha256').update(runId).digest().subarray(0, 8);
  const derive = (program: Program, ...seeds: (string | Uint8Array)[]) =>
    PublicKey.findProgramAddressSync(
      seeds.map((seed) => Buffer.from(seed)),
      program.programId,
    )[0];
  const run = derive(treasurer, 'Run', index);
  const vault = getAssociatedTokenAddressSync(mint, run, true);
  const everybody = SystemProgram.programId;
  const scope = Buffer.from('CoordinatorJoinRun');
  const keys = {
    payer: owner.publicKey,
    authority: owner.publicKey,
    grantor: owner.publicKey,
    authorization: derive(authorizer, 'Authorization', owner.publicKey.toBytes(), everybody.toBytes(), scope),
    run,
    runCollateral: vault,
    collateralMint: mint,
    coordinatorInstance: derive(coordinator, 'coordinator', runId),
    coordinatorAccount: account.publicKey,
  };
  const call = (program: Program, name: string, args: unknown[], more: Readonly<Record<string, PublicKey>> = {}) => {
    const method = program.methods[name];
    if (!method) throw new Error(`no instruction ${name}`);
    return method(...args).accountsPartial({ ...keys, ...more });
  };

  const purse = await createAssociatedTokenAccountIdempotent(connection, owner, mint, owner.publicKey);
  await mintTo(connection, owner, mint, purse, owner, 1_000_000_000n);
  const identity = { mainAuthority: owner.publicKey, joinAuthority: owner.publicKey };
  await call(treasurer, 'runCreate', [{ index: new BN(index, 'le'), runId, clientVersion: 'test', ...identity }])
    .preInstructions([
      SystemProgram.createAccount({
        fromPubkey: owner.publicKey,
        newAccountPubkey: account.publicKey,
        space: ACCOUNT_BYTES,
        lamports: await connection.getMinimumBalanceForRentExemption(ACCOUNT_BYTES),
        programId: coordinator.programId,
      }),
    ])
    .signers([account])
    .rpc();
  await call(authorizer, 'authorizationCreate', [{ grantee: everybody, scope }]).rpc();
  await call(authorizer, 'authorizationGrantorUpdate', [{ active: true }]).rpc();

  const bytes = async () => (await connection.getAccountInfo(account.publicKey))?.data ?? Buffer.alloc(0);
  const state = async () => STATES[(await bytes())[RUN_STATE_AT] ?? 0];
  const asUser = (name: string, args: unknown[], user: Keypair) =>
    call(coordinator, name, args, { user: user.publicKey }).signers([user]).rpc();
  const tick = () => asUser('tick', [], owner);
  const advance = async (seconds: number) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'practice_advance', params: [{ seconds }] });
    await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  };
  const tickAfter = async (seconds: number) => {
    await advance(seconds);
    await tick();
  };
  const record = (user: Keypair) => derive(treasurer, 'Participant', run.toBytes(), user.publicKey.toBytes());
  const wallet = (user: Keypair) => getAssociatedTokenAddressSync(mint, user.publicKey);

  return {
    connection,
    vault,
    state,
    wallet,
    /** `run_update` of which only the given parts are present. */
    update: (parts: object) => call(treasurer, 'runUpdate', [{ ...NOTHING, ...parts }]).rpc(),
    /** Native units from the owner into the vault. */
    topUp: (amount: bigint) => transferChecked(connection, owner, purse, mint, vault, owner, amount, DECIMALS),
    /** A wallet with a token account; the owner pays its fees. */
    async newClient(): Promise<Keypair> {
      const client = Keypair.generate();
      await createAssociatedTokenAccountIdempotent(connection, owner, mint, client.publicKey);
      return client;
    },
    /** Joins, warms up, and stands at the first round. */
    async startEpoch(clients: readonly Keypair[]): Promise<void> {
      for (const client of clients) {
        const clientId = { signer: client.publicKey, p2pIdentity: new Array<number>(32).fill(0) };
        await asUser('joinRun', [{ clientId }], client);
      }
      await tickAfter(WAIT.members);
      for (const client of clients) await asUser('warmupWitness', report({ position: 0, index: 0 }), client);
    },
    /** One round in which these clients, named by their place in the epoch, report. Time enough passes for its end. */
    async playRound(
      reporting: readonly (readonly [Keypair, number])[],
      clients: number,
      isLong = false,
    ): Promise<void> {
      for (const [client, index] of reporting) {
        await firstThatFits(clients, (position) =>
          asUser('witness', [...report({ position, index }), METADATA], client),
        );
      }
      if ((await state()) === 'RoundTrain') await tickAfter(WAIT.train);
      await tickAfter(isLong ? WAIT.epoch : WAIT.witness);
    },
    /** One client reports another one who did nothing. */
    reportIdle: (by: Keypair, idle: Keypair, index: number, clients: number) =>
      firstThatFits(clients, (position) => {
        const id = { signer: idle.publicKey, p2pIdentity: new Array<number>(32).fill(0) };
        return asUser('healthCheck', [id, { trainer: {} }, new BN(position), new BN(index)], by);
      }),
    endEpoch: () => tickAfter(WAIT.cooldown),
    /** The rate in force and the one to come, native units for all clients of an epoch together. */
    async rates(): Promise<{ current: bigint; future: bigint }> {
      const data = await bytes();
      return { current: data.readBigUInt64LE(RATES_AT), future: data.readBigUInt64LE(RATES_AT + 16) };
    },
    /** Points of every known client, by wallet. */
    async earned(): Promise<Map<string, bigint>> {
      const data = await bytes();
      const places = Array.from({ length: Number(data.readBigUInt64LE(KNOWN_CLIENTS_COUNT_AT)) }, (_, place) => {
        const at = KNOWN_CLIENTS_AT + place * KNOWN_CLIENT_BYTES;
        return [new PublicKey(data.subarray(at, at + 32)).toBase58(), data.readBigUInt64LE(at + EARNED_AT)] as const;
      });
      return new Map(places);
    },
    begin: (user: Keypair) =>
      call(treasurer, 'participantCreate', [{}], { user: user.publicKey, participant: record(user) })
        .signers([user])
        .rpc(),
    claim: (user: Keypair, points: bigint) =>
      call(treasurer, 'participantClaim', [{ claimEarnedPoints: new BN(points.toString()) }], {
        user: user.publicKey,
        userCollateral: wallet(user),
        participant: record(user),
      })
        .signers([user])
        .rpc(),
    /** What the treasurer has written down. */
    async books(user: Keypair) {
      const read = async (name: string, address: PublicKey) =>
        treasurer.coder.accounts.decode<Record<string, BN>>(
          name,
          (await connection.getAccountInfo(address))?.data ?? Buffer.alloc(0),
        );
      return { run: await read('run', run), user: await read('participant', record(user)) };
    },
  };
}

/** Every part of `run_update` left out. */
const NOTHING = {
  metadata: null,
  config: null,
  model: null,
  progress: null,
  epochEarningRateTotalShared: null,
  epochSlashingRatePerClient: null,
  paused: null,
  clientVersion: null,
};

const BLOOM = {
  keys: Array.from({ length: 8 }, () => new BN(0)),
  bits: Array.from({ length: 16 }, () => new BN(0)),
};
const METADATA = {
  step: 0,
  tokensPerSec: 0,
  bandwidthPerSec: 0,
  loss: 0,
  evals: {
    data: Array.from({ length: 8 }, () => ({ name: [new Array<number>(32).fill(0)], value: 0 })),
    len: new BN(0),
  },
  promptResults: { data: new Array<number>(16).fill(0), len: new BN(0) },
  promptIndex: 0,
  efficency: 0,
};

function report({ position, index }: { position: number; index: number }): unknown[] {
  const proof = { position: new BN(position), index: new BN(index), witness: [1] };
  return [proof, BLOOM, BLOOM, new Array<number>(32).fill(0)];
}

/** Tries every place: the program works out by itself which one is right. */
async function firstThatFits<T>(places: number, attempt: (position: number) => Promise<T>): Promise<T> {
  let refusal: unknown;
  for (let position = 0; position < places; position += 1) {
    try {
      return await attempt(position);
    } catch (cause) {
      refusal = cause;
    }
  }
  throw refusal;
}
