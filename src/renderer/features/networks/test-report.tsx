import type { EndpointTest, NetworkTest, RpcTest } from '#core/networks/connection.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import classes from './test-report.module.css';

/** The report on a profile: each URL by itself, and which cluster answered there. */
export function TestReport({ test }: { test: NetworkTest }) {
  const all = [test.rpc, ...test.more];
  const first = all.findIndex(({ genesisHash }) => genesisHash !== undefined);
  return (
    <div role="status" aria-label="Test report">
      <Facts
        facts={[
          ...all.map((rpc, index) => ({
            key: `rpc ${index}`,
            label: all.length === 1 ? 'RPC' : `RPC, endpoint ${index + 1}`,
            value: <RpcWords rpc={rpc} isOther={rpc.genesisHash !== all[first]?.genesisHash} first={first + 1} />,
          })),
          { label: 'WebSocket', value: <EndpointWords test={test.webSocket} /> },
        ]}
      />
    </div>
  );
}

/** @param first - number of the endpoint that says which cluster this is */
function RpcWords({ rpc, isOther, first }: { rpc: RpcTest; isOther: boolean; first: number }) {
  return (
    <>
      <EndpointWords test={rpc.endpoint} />
      {rpc.genesisHash !== undefined && rpc.cluster !== undefined && (
        <div className={`row ${classes.cluster}`}>
          <NetworkBadge name="" cluster={rpc.cluster} />
          <span className="small">
            Genesis hash <span className="mono break">{rpc.genesisHash}</span>
          </span>
          {isOther && <Chip tone="bad">another cluster than endpoint {first}: it would not be used</Chip>}
        </div>
      )}
    </>
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
