import type { Connection } from '#core/networks/connection.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { EndpointsTable } from './endpoints-table.tsx';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';

/** The connection in use, in full. */
export function ConnectionPanel({ connection }: { connection: Connection }) {
  switch (connection.kind) {
    case 'offline':
      return (
        <Panel title="Connection">
          <p className="muted">None: no socket is open. Switch to a network to connect.</p>
        </Panel>
      );
    case 'connecting':
      return (
        <Panel title="Connection">
          <p className="muted">Connecting to {connection.profileName}: usually under two seconds</p>
        </Panel>
      );
    case 'unreachable': {
      const { happened, remedy } = codeWords(connection.code, connection.params);
      return (
        <Notice tone="bad" title={`${connection.profileName} cannot be reached`}>
          <p>{happened}</p>
          <p>{remedy}</p>
          {connection.endpoints.length > 1 && <EndpointsTable endpoints={connection.endpoints} />}
        </Notice>
      );
    }
    case 'online':
      return (
        <Panel title="Connection" aside={<NetworkBadge name={connection.profileName} cluster={connection.cluster} />}>
          <div className="stack">
            {connection.contradicts && (
              <Notice
                tone="bad"
                title={`The genesis hash is of ${connection.contradicts}, not of what this profile promises`}
              >
                Sending is blocked. Check the RPC URL.
              </Notice>
            )}
            {connection.unencrypted && <Notice tone="warn" title="This connection is not encrypted" />}
            {connection.endpoints.map(
              ({ url, state }, index) =>
                state.kind === 'other-cluster' && (
                  <Notice key={index} tone="bad" title={`${url} is on another cluster`}>
                    Its genesis hash is <span className="mono small break">{state.genesisHash}</span>. Nothing is read
                    from it or sent to it. Correct the URL, or remove it from this network.
                  </Notice>
                ),
            )}
            <Facts
              facts={[
                { label: 'Slot', value: formatCount(connection.slot) },
                { label: 'RPC', value: <span className="mono small">{connection.rpcUrl}</span> },
                { label: 'WebSocket', value: <span className="mono small">{connection.webSocketUrl}</span> },
                { label: 'Genesis hash', value: <span className="mono small">{connection.genesisHash}</span> },
              ]}
            />
            {connection.endpoints.length > 1 && <EndpointsTable endpoints={connection.endpoints} />}
          </div>
        </Panel>
      );
  }
}
