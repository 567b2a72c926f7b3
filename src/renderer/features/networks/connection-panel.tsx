import type { Connection } from '#core/networks/connection.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
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
            <Facts
              facts={[
                { label: 'Slot', value: formatCount(connection.slot) },
                { label: 'RPC', value: <span className="mono small">{connection.rpcUrl}</span> },
                { label: 'WebSocket', value: <span className="mono small">{connection.webSocketUrl}</span> },
                { label: 'Genesis hash', value: <span className="mono small">{connection.genesisHash}</span> },
              ]}
            />
          </div>
        </Panel>
      );
  }
}
