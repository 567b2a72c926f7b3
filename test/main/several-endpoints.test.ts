import { randomBytes } from 'node:crypto';
import { Keypair, SystemProgram, Transaction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT_IN_PROFILES } from '#core/networks/built-in-profiles.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { Clock } from '#core/ports.ts';
import { parseAddress } from '#core/solana/address.ts';
import { sleep } from '#main/adapters/clock.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import { createConnections } from '#main/services/connections.ts';
import { StoredSettings } from '#main/services/stored-settings.ts';
import { type ProxyMode, startProxy } from '#test/builders/switched-proxy.ts';
import { startTestNetwork } from '#test/practice/start-test-network.ts';

/** Seconds pass in fiftieths, so that looks and pauses need no waiting. */
const SPEED = 50;
const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() * SPEED };

type Network = Awaited<ReturnType<typeof startTestNetwork>>;
type Proxy = Awaited<ReturnType<typeof startProxy>>;

let ours: Network;
let foreign: Network;
beforeAll(async () => {
  const random = (size: number) => new Uint8Array(randomBytes(size));
  [ours, foreign] = await Promise.all([startTestNetwork({ random }), startTestNetwork({ random })]);
});
afterAll(async () => {
  await Promise.all([ours.network.close(), foreign.network.close()]);
});

/** The app's connection over two proxies in front of one network, and one in front of another. */
async function connected(work: (scene: Scene) => Promise<void>): Promise<void> {
  const proxies = await Promise.all([
    startProxy(ours.network.rpcUrl),
    startProxy(ours.network.rpcUrl),
    startProxy(foreign.network.rpcUrl),
  ]);
  const [first, second, other] = proxies;
  const localnet = BUILT_IN_PROFILES.find(({ id }) => id === 'localnet');
  if (!localnet) throw new Error('there is no localnet');
  const profile: NetworkProfile = { ...localnet, rpcUrl: first.url, moreRpcUrls: [second.url, other.url] };
  let settings = StoredSettings.parse({ profiles: [profile] });
  const connections = createConnections({
    settings: {
      read: () => settings,
      async update(change) {
        settings = change(settings);
      },
    },
    practice: {
      start: () => Promise.reject(new Error('the practice network should stay where it is')),
      tryAnew: () => undefined,
      endpoint: () => undefined,
      noteGenesis: () => undefined,
      stop: async () => undefined,
    },
    openNode,
    webSockets: { test: async () => '', watchSignature: () => () => undefined },
    clock,
    sleep: (milliseconds, wake) => sleep(milliseconds / SPEED, wake),
    random: Math.random,
    reportUnexpected: (_where, cause) => {
      throw cause;
    },
    onChanged: () => undefined,
  });
  try {
    await connections.activate('localnet');
    await until(() => statesOf(connections).join() === 'ok,ok,other-cluster');
    await work({ connections, first, second, other });
  } finally {
    connections.disconnect();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }
}

type Scene = {
  readonly connections: ReturnType<typeof createConnections>;
  readonly first: Proxy;
  readonly second: Proxy;
  readonly other: Proxy;
};

function statesOf(connections: Scene['connections']): string[] {
  const status = connections.status();
  return 'endpoints' in status ? status.endpoints.map(({ state }) => state.kind) : [status.kind];
}

async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { interval: 5, timeout: 5_000 }).toBe(true);
}

const FAULTS: readonly (readonly [string, ProxyMode, string])[] = [
  ['hangs up', { kind: 'hang-up' }, 'failing'],
  ['answers 502', { kind: 'status', status: 502 }, 'failing'],
  ['answers 403', { kind: 'status', status: 403 }, 'failing'],
  ['redirects', { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:1' } }, 'failing'],
  ['answers 200 with nothing', { kind: 'status', status: 200 }, 'failing'],
  ['answers 429', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, 'rate-limited'],
  ['answers 503 for a while', { kind: 'status', status: 503, headers: { 'retry-after': '7' } }, 'rate-limited'],
];

describe('a network behind several endpoints', () => {
  test.each(FAULTS)(
    'serves every read while its first endpoint %s, and goes back to it',
    async (_what, mode, state) => {
      await connected(async ({ connections, first, other }) => {
        const address = parseAddress((await ours.wallet(3)).publicKey.toBase58());
        first.state.mode = mode;
        for (let reads = 0; reads < 20; reads += 1) {
          const { accounts } = await connections.current().node.readAccounts([address]);
          expect(accounts[0]?.lamports).toBe(3_000_000_000n);
        }
        await until(() => statesOf(connections).join() === `${state},ok,other-cluster`);
        first.state.mode = { kind: 'pass' };
        await until(() => statesOf(connections).join() === 'ok,ok,other-cluster');
        expect(connections.status()).toMatchObject({ rpcUrl: first.url });
        expect(new Set(other.asked)).toEqual(new Set(['getGenesisHash', 'getSlot']));
      });
    },
  );

  test('gives a transaction to each endpoint of the cluster, and all of them know it then', async () => {
    await connected(async ({ connections, other, first, second }) => {
      const payer = await ours.wallet(2);
      const { node, endpoints } = connections.current();
      const { blockhash } = await node.readLatestBlockhash();
      const transfer = { fromPubkey: payer.publicKey, toPubkey: Keypair.generate().publicKey, lamports: 1_000_000 };
      const transaction = new Transaction({ recentBlockhash: blockhash, feePayer: payer.publicKey }).add(
        SystemProgram.transfer(transfer),
      );
      transaction.sign(payer);
      const wire = new Uint8Array(transaction.serialize());
      expect(endpoints.map(({ origin }) => origin)).toEqual([first.url, second.url]);
      await Promise.all(endpoints.map((endpoint) => endpoint.send(wire)));
      expect([first, second].map(({ asked }) => asked.filter((each) => each === 'sendTransaction').length)).toEqual([
        1, 1,
      ]);
      expect(other.asked).not.toContain('sendTransaction');
      const balance = await ours.connection.getBalance(transfer.toPubkey);
      expect(balance).toBe(1_000_000);
    });
  });

  test('never turns into the other cluster: not when all its endpoints are gone, and not when one of them moves there', async () => {
    await connected(async ({ connections, first, second, other }) => {
      const { genesisHash } = connections.current();
      const held = connections.current().node;
      first.state.mode = { kind: 'hang-up' };
      second.state.mode = { kind: 'hang-up' };
      await until(() => statesOf(connections).join() === 'failing,failing,other-cluster');
      expect(connections.status()).toMatchObject({ kind: 'unreachable', code: 'rpc/unreachable' });
      await expect(held.readSlot()).rejects.toMatchObject({ code: 'network/offline' });
      Object.assign(second.state, { mode: { kind: 'pass' }, target: foreign.network.rpcUrl });
      await until(() => statesOf(connections).join() === 'failing,other-cluster,other-cluster');
      first.state.mode = { kind: 'pass' };
      await until(() => statesOf(connections).join() === 'ok,other-cluster,other-cluster');
      expect(connections.current().genesisHash).toBe(genesisHash);
      expect(connections.current().endpoints.map(({ origin }) => origin)).toEqual([first.url]);
      expect(new Set(other.asked)).toEqual(new Set(['getGenesisHash', 'getSlot']));
    });
  });
});
