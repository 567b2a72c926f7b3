import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Server } from '#test/builders/endpoint-servers.ts';
import {
  A,
  B,
  C,
  DEVNET,
  TESTNET,
  unreachable,
  timedOut,
  broken,
  limited,
  createScene,
} from '#test/main/endpoint-scene.ts';
import { propertyRuns } from '#test/property-runs.ts';

/** One thing that happens to one of three servers, and time that passes after it. */
const happening = fc.record({
  origin: fc.constantFrom(A, B, C),
  change: fc.oneof(
    fc.constantFrom(unreachable, timedOut, broken, limited(), limited(40)).map((fails): Partial<Server> => ({ fails })),
    fc.constant<Partial<Server>>({ fails: undefined }),
    fc.bigInt(1n, 400n).map((slot): Partial<Server> => ({ slot })),
    fc.constantFrom(0, 50, 6_000).map((takesMs): Partial<Server> => ({ takesMs })),
    fc.constantFrom(DEVNET, TESTNET).map((genesis): Partial<Server> => ({ genesis, fails: undefined })),
  ),
  passMs: fc.constantFrom(0, 300, 2_500, 20_000),
});

test('whatever happens: no read is answered by another cluster, by an older slot than one before it, or while a pause lasts', async () => {
  let served = 0;
  let refused = 0;
  let paused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (story) => {
      const scene = createScene([A, B, C]);
      scene.start();
      const newest = new Map<string, bigint>();
      const pauses: { origin: string; from: number; until: number }[] = [];
      const timing = (origin: string, fails: NonNullable<Server['fails']>) => (what: string) => {
        const failure = fails(what);
        const seconds = failure && 'retryAfterSeconds' in failure.params ? (failure.params.retryAfterSeconds ?? 0) : 0;
        const from = scene.time.clock.monotonic();
        if (seconds > 0) pauses.push({ origin, from, until: from + seconds * 1000 });
        return failure;
      };
      for (const { origin, change, passMs } of story) {
        // A server that is another one from now on was away for a moment: whoever is connected to it has to connect anew.
        if (change.genesis !== undefined && change.genesis !== scene.servers.at(origin).genesis) {
          scene.server(origin, { fails: unreachable });
          await scene.pass(80_000);
        }
        scene.server(origin, { ...change, ...(change.fails && { fails: timing(origin, change.fails) }) });
        await scene.pass(passMs);
        const current = scene.endpoints.current();
        const answer = await scene.read();
        if (current && typeof answer === 'object' && answer !== null && 'servedBy' in answer && 'slot' in answer) {
          expect(answer.servedBy).toBe(current.genesisHash);
          expect(Number(answer.slot)).toBeGreaterThanOrEqual(Number(newest.get(current.genesisHash) ?? 0n));
          newest.set(current.genesisHash, answer.slot as bigint);
          served += 1;
        } else refused += 1;
        const sendable = scene.endpoints.nodes(DEVNET).map((node) => node.origin);
        for (const each of sendable) expect(scene.servers.at(each).genesis).toBe(DEVNET);
      }
      scene.abort.abort();
      for (const { origin, from, until } of pauses) {
        expect(scene.askedOf(origin).filter(({ at }) => at > from && at < until)).toEqual([]);
      }
      paused += pauses.length;
    }),
    { numRuns: propertyRuns() },
  );
  expect(served).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(10);
  expect(paused).toBeGreaterThan(10);
});
