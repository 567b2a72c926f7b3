import type { EndpointTest, NetworkTest } from '#core/networks/connection.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';

/** The report on a profile: each URL by itself, and which cluster answered. */
export function TestReport({ test }: { test: NetworkTest }) {
  return (
    <div role="status" aria-label="Test report">
      <Facts
        facts={[
          { label: 'RPC', value: <EndpointWords test={test.rpc} /> },
          { label: 'WebSocket', value: <EndpointWords test={test.webSocket} /> },
          ...(test.genesisHash && test.cluster
            ? [
                {
                  label: 'Genesis hash',
                  value: (
                    <>
                      <NetworkBadge name="" cluster={test.cluster} />
                      <br />
                      <span className="mono small">{test.genesisHash}</span>
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

function EndpointWords({ test }: { test: EndpointTest }) {
  const words = test.kind === 'failed' ? codeWords(test.code, test.params) : undefined;
  return (
    <>
      <span className="row">
        {test.kind === 'ok' ? <Chip tone="good">answers</Chip> : <Chip tone="bad">failed</Chip>}
        <span className="mono small break">{test.url}</span>
      </span>
      {test.kind === 'ok' ? (
        <span className="muted small">
          {test.milliseconds} ms{test.detail && `, ${test.detail}`}
        </span>
      ) : (
        <span className="small">
          {words?.happened}. {words?.remedy}
        </span>
      )}
    </>
  );
}
