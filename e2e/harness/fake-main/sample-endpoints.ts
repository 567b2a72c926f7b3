import type { EndpointHealth } from '#core/networks/endpoint-health.ts';
import { addressOf } from './sample-addresses.ts';
import type { Scenario } from './scenario.ts';

const FIRST = 'https://rpc.example.org';
const SPARE = 'https://solana.provider-with-a-long-name.example.net:8899';

/** The endpoints of the network in use, the first of the profile first. */
export function sampleEndpoints({ network, endpoints }: Scenario): EndpointHealth[] {
  const answeredAt = Date.now();
  const first = (state: EndpointHealth['state'], isUsed = false): EndpointHealth => ({
    url: network === 'practice' ? 'http://127.0.0.1:8899' : FIRST,
    isUsed,
    state,
    milliseconds: 84,
    answeredAt,
  });
  const spare = (state: EndpointHealth['state'], isUsed = false): EndpointHealth => ({
    url: SPARE,
    isUsed,
    state,
    milliseconds: 1_212,
    answeredAt,
  });
  const ok = { kind: 'ok' } as const;
  if (network === 'unreachable') {
    return [
      { url: FIRST, isUsed: false, state: { kind: 'failing', code: 'rpc/unreachable', params: { origin: FIRST } } },
    ];
  }
  switch (endpoints) {
    case 'one':
      return [first(ok, true)];
    case 'two':
      return [first(ok, true), spare(ok)];
    case 'failing': {
      const failing = { kind: 'failing', code: 'rpc/timeout', params: { origin: FIRST, seconds: 15 } } as const;
      return [{ ...first(failing), answeredAt: answeredAt - 42_000 }, spare(ok, true)];
    }
    case 'limited':
      return [first({ kind: 'rate-limited', until: answeredAt + 27_000 }), spare(ok, true)];
    case 'behind': {
      const unheard = { url: 'https://new.example.org', isUsed: false, state: { kind: 'asking' } } as const;
      return [first({ kind: 'behind', slots: 1_204n }), spare(ok, true), unheard];
    }
    case 'other-cluster':
      return [
        first(ok, true),
        spare({ kind: 'other-cluster', genesisHash: addressOf('another genesis'), cluster: 'unknown' }),
      ];
  }
}
