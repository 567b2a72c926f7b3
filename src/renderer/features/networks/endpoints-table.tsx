import type { EndpointHealth } from '#core/networks/endpoint-health.ts';
import { formatCount, formatSeconds } from '#renderer/lib/durations.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';
import { useNow } from '#renderer/lib/use-now.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import classes from './endpoints-table.module.css';

/** How each endpoint of the network in use is doing. */
export function EndpointsTable({ endpoints }: { endpoints: readonly EndpointHealth[] }) {
  const now = useNow();
  return (
    <table className={classes.table} aria-label="Endpoints">
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col" className={classes.answer}>
            Last answer
          </th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint, index) => (
          <tr key={index}>
            <td>
              <div className="mono small break">{endpoint.url}</div>
              <div className={classes.state}>
                <StateChip state={endpoint.state} now={now} />
                {endpoint.isUsed && <Chip tone="accent">read from</Chip>}
              </div>
              <StateWords state={endpoint.state} />
            </td>
            <td className={classes.answer}>
              {endpoint.answeredAt === undefined ? (
                <span className="muted">none yet</span>
              ) : (
                <>
                  <div className="mono">{formatCount(endpoint.milliseconds ?? 0)} ms</div>
                  <div className="muted small">{ageOf((now - endpoint.answeredAt) / 1_000)}</div>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type State = EndpointHealth['state'];

function StateChip({ state, now }: { state: State; now: number }) {
  switch (state.kind) {
    case 'asking':
      return <Chip>being asked</Chip>;
    case 'ok':
      return <Chip tone="good">answers</Chip>;
    case 'behind':
      return <Chip tone="warn">{formatCount(state.slots)} slots behind</Chip>;
    case 'failing':
      return <Chip tone="bad">failing</Chip>;
    case 'rate-limited':
      return <Chip tone="warn">wants a pause of {formatSeconds(Math.max(1, (state.until - now) / 1_000))}</Chip>;
    case 'other-cluster':
      return <Chip tone="bad">not used</Chip>;
  }
}

function StateWords({ state }: { state: State }) {
  switch (state.kind) {
    case 'failing':
      return <p className="small">{codeWords(state.code, state.params).happened}</p>;
    case 'other-cluster':
      return (
        <p className="small">
          It serves another cluster: <NetworkBadge name="" cluster={state.cluster} />
        </p>
      );
    case 'asking':
    case 'ok':
    case 'behind':
    case 'rate-limited':
      return null;
  }
}

function ageOf(seconds: number): string {
  return seconds < 1 ? 'now' : `${formatSeconds(seconds)} ago`;
}
