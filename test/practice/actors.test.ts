import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { openClientsFile } from '#practice/actors/clients-file.ts';
import { createSimulatedClients } from '#practice/actors/simulated-clients.ts';
import { openChainFile } from '#practice/chain/chain-file.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { createTestExecutor } from './engine.ts';
import { countingRandom, TEST_START_MS } from './native-chain.ts';
import { createRunOnChain } from './run-on-chain.ts';

const execute = createExecute(DEFAULT_PROGRAM_IDS, createTestExecutor());
const random = countingRandom();
const AT_HALF = { trainPercent: 50 };

let folder: string;
let notices: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-clients-'));
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A network whose host clock the test moves; with a folder it can be opened again. */
function openNetwork({ keep = false, host = { ms: TEST_START_MS } } = {}) {
  const now = () => host.ms;
  const announce = (notice: string) => notices.push(notice);
  const chain = createChain({
    genesis: {},
    now,
    random,
    slotMs: 200,
    execute,
    ...(keep ? { file: openChainFile({ folder, now, announce }) } : {}),
  });
  const clients = createSimulatedClients(chain, {
    programIds: DEFAULT_PROGRAM_IDS,
    file: keep ? openClientsFile({ folder, now, announce }) : undefined,
  });
  /** Lets host time pass, a beat a slot. */
  const live = (seconds: number) => {
    for (let beat = 0; beat < seconds * 5; beat += 1) {
      host.ms += 200;
      clients.beat();
    }
  };
  return { chain, clients, host, live };
}

const RATES = { epoch_earning_rate_total_shared: 3_000_001n, epoch_slashing_rate_per_client: null };
const pointsOf = (run: ReturnType<typeof createRunOnChain>) =>
  run.read().clients_state.clients.map(({ earned }) => earned);

describe('simulated clients', () => {
  test('earn by the clock alone what the rate promises, epoch for epoch', () => {
    const { chain, clients, live } = openNetwork();
    const run = createRunOnChain(chain, 'by-clock');
    run.call('set_future_epoch_rates', RATES);
    clients.add('by-clock', 3, AT_HALF);
    live(300);
    const { progress } = run.read().coordinator;
    expect(progress.epoch).toBeGreaterThanOrEqual(2);
    expect(pointsOf(run)).toEqual(new Array(3).fill(1_000_000n * BigInt(progress.epoch)));
    expect(run.read().coordinator.model.LLM.checkpoint).toMatchObject({ P2P: { repo_id: 'org/model' } });
  });

  test('live through a jump of the clock as through the time itself', () => {
    const { chain, clients } = openNetwork();
    const run = createRunOnChain(chain, 'by-jump');
    run.call('set_future_epoch_rates', RATES);
    clients.add('by-jump', 3, AT_HALF);
    const before = chain.time().unixTimestamp;
    clients.advance(300);
    expect(chain.time().unixTimestamp - before).toBe(300n);
    const { progress } = run.read().coordinator;
    expect(progress.epoch).toBeGreaterThanOrEqual(2);
    expect(pointsOf(run)).toEqual(new Array(3).fill(1_000_000n * BigInt(progress.epoch)));
  });

  test('leave a blockhash the lifetime it has without them', () => {
    const { chain, clients, live, host } = openNetwork();
    createRunOnChain(chain, 'busy', { config: { max_round_train_time: 2n, round_witness_time: 1n, epoch_time: 30n } });
    clients.add('busy', 12, AT_HALF);
    const { slot } = chain.time();
    const { blockhash } = chain.latestBlockhash();
    const before = chain.transactionCount();
    live(29);
    expect(chain.transactionCount() - before).toBeGreaterThan(100n);
    expect(chain.time().slot - slot).toBe(145n);
    expect(chain.isRecent(blockhash)).toBe(true);
    host.ms += 2_000;
    expect(chain.isRecent(blockhash)).toBe(false);
  });

  test('send transactions anybody can look up, fees paid', () => {
    const { chain, clients, live } = openNetwork();
    createRunOnChain(chain, 'visible');
    const [address] = clients.add('visible', 1, AT_HALF);
    if (address === undefined) throw new Error('no client');
    live(30);
    const history = chain.historyOf(address);
    expect(history.length).toBeGreaterThan(3);
    expect(history.every(({ err }) => err === null)).toBe(true);
    const logs = history.flatMap((record) => record.logs);
    for (const name of ['JoinRun', 'WarmupWitness', 'Witness']) {
      expect(logs).toContain(`Program log: Instruction: ${name}`);
    }
    const fees = BigInt(history.length - 1) * 5_000n;
    expect(chain.account(address)).toMatchObject({ lamports: 1_000_000_000n - fees, owner: SYSTEM_PROGRAM });
  });

  test('are kept out by the program until they are let in', () => {
    const { chain, clients, live } = openNetwork();
    const run = createRunOnChain(chain, 'closed', { isOpen: false, config: { init_min_clients: 2 } });
    clients.add('closed', 2, AT_HALF);
    live(10);
    expect(clients.list('closed')).toMatchObject([
      { activity: 'joining', refusal: expect.stringContaining('join_run') },
      { activity: 'joining' },
    ]);
    expect(run.read().clients_state.clients).toHaveLength(0);
    run.open();
    live(10);
    expect(run.read().clients_state.clients).toHaveLength(2);
    expect(clients.list('closed').map(({ refusal }) => refusal)).toEqual([null, null]);
  });

  test('wait while a run is paused and go on when it is resumed', () => {
    const { chain, clients, live } = openNetwork();
    const run = createRunOnChain(chain, 'paused', { isStarted: false });
    clients.add('paused', 2, AT_HALF);
    const before = chain.transactionCount();
    clients.advance(3600);
    live(5);
    expect(chain.transactionCount()).toBe(before);
    expect(clients.list()).toMatchObject([{ activity: 'waiting' }, { activity: 'waiting' }]);
    run.call('set_paused', { paused: false });
    live(6);
    expect(clients.list()).toMatchObject([{ activity: 'warming-up' }, { activity: 'warming-up' }]);
  });

  test('that leave finish their epoch and are paid for it', () => {
    const { chain, clients } = openNetwork();
    const run = createRunOnChain(chain, 'leaving');
    run.call('set_future_epoch_rates', RATES);
    const [first] = clients.add('leaving', 3, AT_HALF);
    clients.advance(30);
    expect(run.read().coordinator.epoch_state.clients).toHaveLength(3);
    clients.remove('leaving', 'leave', first === undefined ? [] : [first]);
    expect(clients.list()).toHaveLength(3);
    clients.advance(240);
    expect(clients.list().map(({ address }) => address)).not.toContain(first);
    const [gone, stayed] = pointsOf(run);
    expect(gone).toBe(1_000_000n);
    expect(stayed).toBeGreaterThan(2_000_000n);
  });

  test('that drop out are reported by the others and earn nothing', () => {
    const { chain, clients } = openNetwork();
    const run = createRunOnChain(chain, 'dropping', { config: { epoch_time: 200n } });
    run.call('set_future_epoch_rates', RATES);
    const [first] = clients.add('dropping', 3, AT_HALF);
    clients.advance(40);
    expect(run.read().coordinator.run_state).toMatch(/^Round/);
    clients.remove('dropping', 'drop-out', first === undefined ? [] : [first]);
    clients.advance(100);
    expect(run.read().coordinator.epoch_state.exited_clients).toMatchObject([{ state: 'Dropped' }]);
    expect(clients.list()).toHaveLength(2);
    clients.advance(200);
    expect(run.read().coordinator.progress.epoch).toBeGreaterThanOrEqual(1);
    expect(pointsOf(run)[0]).toBe(0n);
    expect(pointsOf(run)[1]).toBeGreaterThanOrEqual(1_500_000n);
  });

  test('stay for as many epochs as their script says', () => {
    const { chain, clients } = openNetwork();
    const run = createRunOnChain(chain, 'scripted');
    clients.add('scripted', 2, AT_HALF);
    clients.add('scripted', 1, { trainPercent: 0, epochs: 1 });
    clients.add('scripted', 1, { trainPercent: 100, dropsOutAfterSteps: 1 });
    clients.advance(400);
    expect(run.read().coordinator.progress.epoch).toBeGreaterThanOrEqual(2);
    expect(run.read().clients_state.clients).toHaveLength(4);
    expect(clients.list()).toHaveLength(2);
  });

  test('do a bounded amount of work for a jump of years, which is a jump of years all the same', () => {
    const { chain, clients } = openNetwork();
    createRunOnChain(chain, 'years', { config: { max_round_train_time: 2n, round_witness_time: 1n } });
    clients.add('years', 4, AT_HALF);
    const [before, transactions] = [chain.time().unixTimestamp, chain.transactionCount()];
    clients.advance(315_360_000);
    expect(chain.time().unixTimestamp - before).toBe(315_360_000n);
    expect(chain.transactionCount() - transactions).toBeLessThan(1_100n);
  }, 30_000);

  test('survive a restart with their scripts and go on', () => {
    const first = openNetwork({ keep: true });
    createRunOnChain(first.chain, 'kept');
    first.clients.add('kept', 2, { trainPercent: 20, epochs: 5 });
    first.clients.advance(30);
    const before = first.clients.list();
    // No close: this is what a killed process leaves.
    const again = openNetwork({ keep: true, host: first.host });
    expect(again.clients.list()).toEqual(before);
    again.clients.advance(300);
    const [client] = again.clients.list();
    expect(again.chain.historyOf(client?.address ?? SYSTEM_PROGRAM).length).toBeGreaterThan(20);
    expect(notices).toEqual([]);
  });

  test('belong to one network: neither a reset nor a damaged file brings them back', () => {
    const first = openNetwork({ keep: true });
    createRunOnChain(first.chain, 'gone');
    first.clients.add('gone', 2, AT_HALF);
    const saved = readFileSync(join(folder, 'clients.json'), 'utf8');
    first.chain.reset();
    first.clients.forget();
    expect(first.clients.list()).toEqual([]);
    writeFileSync(join(folder, 'clients.json'), saved);
    expect(openNetwork({ keep: true, host: first.host }).clients.list()).toEqual([]);
    writeFileSync(join(folder, 'clients.json'), saved.slice(10));
    expect(openNetwork({ keep: true, host: first.host }).clients.list()).toEqual([]);
    expect(notices).toEqual([expect.stringContaining('simulated clients could not be read')]);
  });
});
