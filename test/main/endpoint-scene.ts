import { expect } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { clusterOf } from '#core/networks/cluster.ts';
import { createEndpoints } from '#main/services/endpoints.ts';
import { createServers, type Server } from '#test/builders/endpoint-servers.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';

/** Genesis hashes of two clusters. */
export const DEVNET = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
export const TESTNET = '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpJk2NsNY';
/** Where the servers are. */
export const [A, B, C] = ['https://a.example.org', 'https://b.example.org', 'https://c.example.org'] as const;

/** How a server fails. */
export const unreachable = () => new AppError('rpc/unreachable', { origin: 'x' });
export const timedOut = () => new AppError('rpc/timeout', { origin: 'x', seconds: 15 });
export const broken = () => new AppError('rpc/failing', { origin: 'x', status: 502 });
export const limited = (retryAfterSeconds?: number) => () =>
  new AppError('rpc/refused', {
    origin: 'x',
    status: 429,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

/** Endpoints on made-up servers. */
export function createScene(origins: readonly string[] = [A, B], expected: 'devnet' | 'any' = 'any') {
  const time = createVirtualTime();
  const servers = createServers(time, origins, DEVNET);
  const neededSlots = new Map<string, bigint>();
  const abort = new AbortController();
  const endpoints = createEndpoints({
    sources: origins.map((origin) => ({
      label: origin,
      find: async () => ({ rpcUrl: origin, origin, webSocketUrl: origin.replace('http', 'ws'), unencrypted: false }),
    })),
    commitment: 'confirmed',
    neededSlot: (genesisHash) => neededSlots.get(genesisHash) ?? 0n,
    clusterOf: (genesisHash) => clusterOf(genesisHash, undefined),
    expected,
    onChange: () => undefined,
    openNode: servers.openNode,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0,
    reportUnexpected: () => 'reference',
  });
  const start = () => endpoints.run(abort.signal);
  const pass = (milliseconds: number) => time.run(() => false, milliseconds);
  const server = (origin: string, changes: Partial<Server>) => Object.assign(servers.at(origin), changes);
  const states = () => endpoints.health().map(({ state }) => state.kind);
  const used = () => endpoints.current()?.place.origin;
  const askedOf = (origin: string, what?: string) =>
    servers.at(origin).asked.filter((each) => what === undefined || each.what === what);
  async function read(): Promise<unknown> {
    const { current } = { current: endpoints.current() };
    if (!current) return 'offline';
    let result: unknown;
    const reading = current.node.readAccounts([]).then(
      (value) => (result = value),
      (cause: unknown) => (result = cause),
    );
    expect(await time.run(() => result !== undefined, 60_000)).toBe(true);
    await reading;
    return result;
  }
  return { time, endpoints, servers, neededSlots, abort, start, pass, server, states, used, askedOf, read };
}

/** The same, with every first look done. */
export async function startedScene(...of: Parameters<typeof createScene>) {
  const scene = createScene(...of);
  scene.start();
  await scene.pass(1);
  return scene;
}
