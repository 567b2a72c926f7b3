import { afterAll, describe, expect, test } from 'vitest';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { prepareRequest } from '#core/operations/prepare-request.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import {
  createRewardsDesk,
  failuresOf,
  mintAccount,
  rewardedRunInput,
  TEST_MINT,
  tokenAccount,
} from '#test/practice/rewards-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom, type Random } from '#test/simulator/random.ts';
import { isWholeTier } from '#test/simulator/seeds.ts';
import { soakSeeds } from './share-of-soak.ts';

// One by one: src/core/operations/top-up/{top-up,false-mint}.test.ts, src/core/operations/create-run/*.test.ts.
const TAKEN = ['run id taken', 'run id taken with rewards', 'run id taken after the review'] as const;
const MINTS = [
  'Token-2022 look-alike',
  'Token-2022 with extensions',
  'freeze authority',
  'zero decimals',
  'nineteen decimals',
  'token account for a mint',
  'never initialised',
  'of another program',
  'wallet',
] as const;
const KINDS = [...TAKEN, 'address dusted', 'decimals lied about', ...MINTS] as const;
type Hostility = (typeof KINDS)[number];

const counts = createFaultCounts<Hostility>('N8', KINDS);
const totals = { seeds: 0, created: 0, refused: 0, paid: 0, notPaid: 0, refusedByChain: 0 };
afterAll(() => {
  counts.print();
  console.info(`N8: ${JSON.stringify(totals)}`);
});

type MintKind = (typeof MINTS)[number] | 'plain';
type Desk = ReturnType<typeof createRewardsDesk>;
type Scene = {
  readonly taken: (typeof TAKEN)[number] | undefined;
  readonly mint: MintKind;
  readonly isDusted: boolean;
  /** What the node says the mint's decimals are. */
  readonly lie: number | undefined;
  readonly amount: bigint;
};

/** In turns, so that few seeds meet them all. */
const MINT_TURNS: readonly MintKind[] = [...MINTS, 'plain', 'plain', 'plain', 'plain', 'plain'];
const TAKEN_TURNS = [undefined, ...TAKEN, undefined, undefined] as const;

function drawScene(seed: number, random: Random): Scene {
  return {
    taken: TAKEN_TURNS[(seed + Math.floor(seed / MINT_TURNS.length)) % TAKEN_TURNS.length],
    mint: MINT_TURNS[seed % MINT_TURNS.length] ?? 'plain',
    isDusted: random.chance(0.4),
    lie: random.chance(0.2) ? random.pick([0, 9, 18, 255] as const) : undefined,
    amount: BigInt(1 + random.int(1_000_000_000)),
  };
}

const DECIMALS: Partial<Record<MintKind, number>> = { 'zero decimals': 0, 'nineteen decimals': 19 };
const decimalsOf = ({ mint }: Scene) => DECIMALS[mint] ?? 6;

/** What lies at the address somebody gave for the mint. */
function mintFor(scene: Scene): StoredAccount {
  const plain = mintAccount({ decimals: decimalsOf(scene) });
  switch (scene.mint) {
    case 'plain':
    case 'zero decimals':
    case 'nineteen decimals':
      return plain;
    case 'freeze authority':
      return mintAccount({ freezeAuthority: testAddress(72) });
    case 'Token-2022 look-alike':
      return { ...plain, owner: TOKEN_2022_PROGRAM };
    case 'Token-2022 with extensions':
      return {
        ...plain,
        owner: TOKEN_2022_PROGRAM,
        data: Uint8Array.of(...plain.data, ...new Uint8Array(83), 1, 12, 0),
      };
    case 'token account for a mint':
      return tokenAccount(testAddress(73), 5n);
    case 'never initialised':
      return { ...plain, data: new Uint8Array(82) };
    case 'of another program':
      return { ...plain, owner: testAddress(74) };
    case 'wallet':
      return { ...plain, owner: SYSTEM_PROGRAM, data: new Uint8Array() };
  }
}

/** Mints that the chain takes for rewards. */
const USABLE: readonly MintKind[] = ['plain', 'freeze authority', 'zero decimals', 'nineteen decimals'];

function openDesk(scene: Scene): Desk {
  const desk = createRewardsDesk({ remembersRun: false, accounts: [[TEST_MINT, mintFor(scene)]] });
  if (scene.mint !== 'plain') counts.count(scene.mint);
  return desk;
}

/** A few lamports where the run, its treasury and its vault are going to be. */
function dust(desk: Desk): void {
  counts.count('address dusted');
  for (const address of [coordinatorInstanceAddress('atlas-7').address, desk.treasurerRun, desk.vault]) {
    desk.fund(address, 890_880n);
  }
}

/** Somebody else makes a run with this id. */
async function takeId(desk: Desk, kind: (typeof TAKEN)[number], scene: Scene): Promise<void> {
  counts.count(kind);
  const stranger = desk.person('stranger');
  desk.fund(stranger, 5_000_000_000n);
  const signers = { payer: stranger, authority: stranger, joinAuthority: stranger };
  const hasRewards = kind === 'run id taken with rewards' && USABLE.includes(scene.mint);
  const input = hasRewards ? rewardedRunInput({ decimals: decimalsOf(scene) }) : createRunInput();
  await desk.carryOut(input, signers);
}

function believing(desk: Desk, { lie }: Scene): ChainReader {
  if (lie === undefined) return desk.reader;
  counts.count('decimals lied about');
  const asLied = (account: Account | undefined) =>
    account?.address === TEST_MINT && account.data.length >= 45
      ? { ...account, data: account.data.with(44, lie) }
      : account;
  return {
    ...desk.reader,
    async readAccounts(...asked) {
      const { slot, accounts } = await desk.reader.readAccounts(...asked);
      return { slot, accounts: accounts.map(asLied) };
    },
  };
}

function prepareWith(chain: ChainReader, desk: Desk, operation: OperationInput, signers: OperationSigners) {
  return prepareRequest(
    { operation, signers },
    {
      chain,
      programs: DEFAULT_PROGRAM_IDS,
      freshAccount: desk.person('account of the new run'),
      ownAccounts: new Set(),
    },
  );
}

/**
 * Somebody wants a run with rewards and tokens in its vault, and does what the app lets them: the first transaction of the run,
 * then the top-up.
 */
async function live(seed: number): Promise<void> {
  const random = createRandom(seed ^ 0x6e38);
  const scene = drawScene(seed, random);
  const where = `SIMULATOR_SEED=${seed} npx vitest run test/faults/n8.test.ts: ${JSON.stringify({ ...scene, amount: `${scene.amount}` })}`;
  const desk = openDesk(scene);
  const before = held(desk);
  if (scene.isDusted) dust(desk);
  const { taken } = scene;
  const isTakenFirst = taken !== undefined && taken !== 'run id taken after the review';
  if (isTakenFirst) await takeId(desk, taken, scene);

  const decimals = scene.lie ?? decimalsOf(scene);
  const chain = believing(desk, scene);
  const create = rewardedRunInput({ decimals });
  const { prepared, steps } = await prepareWith(chain, desk, create, desk.owner);
  const refusals = failuresOf(prepared);
  if (isTakenFirst)
    expect([where, steps.length, refusals.join()]).toEqual([where, 0, expect.stringMatching(/taken|belongs|treasur/i)]);
  if (!USABLE.includes(scene.mint) && !isTakenFirst)
    expect([where, refusals.join()]).toEqual([where, expect.stringMatching(/Mint/)]);
  if (scene.mint === 'freeze authority' && !isTakenFirst) {
    expect([where, prepared.checks.map(({ reason }) => reason).join()]).toEqual([
      where,
      expect.stringContaining('can freeze the vault'),
    ]);
  }
  if (taken === 'run id taken after the review') await takeId(desk, taken, scene);
  let isOurs = false;
  if (refusals.length === 0 && steps[0]) {
    const error = desk.send(steps[0].instructions, desk.owner.payer);
    // Dust refuses nothing; only what came between review and sending does.
    expect([where, error === null]).toEqual([where, taken === undefined]);
    isOurs = error === null;
    totals[isOurs ? 'created' : 'refusedByChain'] += 1;
  } else totals.refused += 1;

  await topUp(desk, scene, { where, chain, isOurs });
  const spent = before - held(desk);
  expect([where, spent]).toEqual([where, isOurs && spent > 0n ? scene.amount : 0n]);
  expect([where, spent]).toEqual([where, isOurs ? (desk.inVault() ?? 0n) : 0n]);
  totals.seeds += 1;
}

async function topUp(
  desk: Desk,
  scene: Scene,
  { where, chain, isOurs }: { where: string; chain: ChainReader; isOurs: boolean },
): Promise<void> {
  const { owner } = desk;
  const decimals = scene.lie ?? decimalsOf(scene);
  const input = {
    kind: 'top-up',
    runId: 'atlas-7',
    amount: scene.amount,
    decimals,
    funder: owner.authority,
    depositedBefore: 0n,
  } as const;
  const ending = await prepareWith(chain, desk, input, owner).catch((cause: unknown) => ({ cause }));
  if ('cause' in ending) {
    // There is no such run.
    expect([where, ending.cause]).toEqual([where, expect.objectContaining({ code: expect.stringMatching(/^run\//) })]);
    expect([where, isOurs]).toEqual([where, false]);
    totals.notPaid += 1;
    return;
  }
  const { prepared, steps } = ending;
  const refusals = failuresOf(prepared);
  if (!isOurs) expect([where, refusals.length > 0]).toEqual([where, true]);
  if (refusals.length > 0 || !steps[0]) {
    totals.notPaid += 1;
    return;
  }
  const error = desk.send(steps[0].instructions, owner.payer);
  const isTrue = decimals === decimalsOf(scene);
  expect([where, error]).toEqual([where, isTrue ? null : { InstructionError: [0, { Custom: 18 }] }]);
  totals[isTrue ? 'paid' : 'refusedByChain'] += 1;
}

/** Native units the owner holds. */
const held = (desk: Desk) => desk.heldBy(desk.owner.authority) ?? 0n;

describe('N8: where anybody may be hostile', () => {
  test('tokens go nowhere but into the vault of the own run, as many as were asked for, and the checks say why not', async () => {
    for (const seed of soakSeeds(500)) await live(seed);
  }, 3_600_000);

  test('the chain would take what the checks hold back: tokens for the clients of somebody else', async () => {
    const scene = { taken: undefined, mint: 'plain', isDusted: false, lie: undefined, amount: 7n } as const;
    const desk = openDesk(scene);
    await takeId(desk, 'run id taken with rewards', scene);
    const input = {
      kind: 'top-up',
      runId: 'atlas-7',
      amount: 7n,
      decimals: 6,
      funder: desk.owner.authority,
      depositedBefore: 0n,
    } as const;
    const { prepared, steps } = await prepareWith(desk.reader, desk, input, desk.owner);
    expect(failuresOf(prepared)).toEqual([expect.stringContaining('the clients of somebody else')]);
    expect(desk.send(steps[0]?.instructions ?? [], desk.owner.payer)).toBeNull();
    expect(desk.inVault()).toBe(7n);
  });

  test.runIf(isWholeTier())('everything was tried, and some of it worked', () => {
    expect(counts.missing()).toEqual([]);
    expect(Object.entries(totals).filter(([, often]) => often === 0)).toEqual([]);
  });
});
