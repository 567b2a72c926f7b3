import { AppError } from '#core/errors/app-error.ts';
import type { ChainNode, NodeOptions } from '#main/ports.ts';
import type { VirtualTime } from '#test/simulator/virtual-time.ts';

/** What a made-up RPC server does now. */
export type Server = {
  genesis: string;
  slot: bigint;
  /** What its adapter throws at a request; nothing: it answers. */
  fails: ((what: string) => AppError | undefined) | undefined;
  /** How long an answer takes, milliseconds of virtual time. */
  takesMs: number;
  /** Times of its requests, and what they asked for. */
  readonly asked: { readonly at: number; readonly what: string }[];
};

/** RPC servers by their origin, over virtual time: what an endpoint needs of a node, through its pace. */
export function createServers(time: VirtualTime, origins: readonly string[], genesis: string) {
  const servers = new Map<string, Server>(
    origins.map((origin) => [origin, { genesis, slot: 100n, fails: undefined, takesMs: 0, asked: [] }]),
  );

  function at(origin: string): Server {
    const server = servers.get(origin);
    if (!server) throw new Error(`nobody is at ${origin}`);
    return server;
  }

  function openNode({ origin, pace = (request) => request() }: NodeOptions): ChainNode {
    const server = at(origin);
    let needed = 0n;
    const call = <T>(what: string, value: () => T) =>
      pace(async () => {
        server.asked.push({ at: time.clock.monotonic(), what });
        if (server.takesMs > 0) await time.sleep(server.takesMs);
        const failure = server.fails?.(what);
        if (failure) throw failure;
        return value();
      });
    const upToDate = <T>(value: T): T => {
      if (server.slot < needed) throw new AppError('rpc/node-error', { origin, method: 'a read', code: -32_016 });
      return value;
    };
    return {
      origin,
      requireSlot(slot: bigint) {
        if (slot > needed) needed = slot;
      },
      readGenesisHash: () => call('genesis', () => server.genesis),
      readSlot: () => call('slot', () => server.slot),
      readVersion: () => call('version', () => '2.1.4<b>'),
      readAccounts: () =>
        call('accounts', () => upToDate({ slot: server.slot, accounts: [], servedBy: server.genesis })),
    } as unknown as ChainNode;
  }

  return { at, openNode };
}
