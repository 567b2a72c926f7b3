import { parseLogTree, type ProgramCall } from '#core/transactions/log-tree.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import classes from './transactions.module.css';

/** What the programs logged, as the calls they made; the one that failed is open. The raw lines are below. */
export function LogTreePanel({ logs, names }: { logs: readonly string[]; names: ReadonlyMap<string, string> }) {
  const calls = parseLogTree(logs);
  const units = calls.reduce((sum, { unitsConsumed }) => sum + (unitsConsumed ?? 0n), 0n);
  return (
    <Panel title="Logs" aside={units > 0n ? `${formatCount(units)} compute units` : undefined}>
      {calls.length === 0 ? (
        <p className="muted">The network kept no program calls of it.</p>
      ) : (
        <Calls calls={calls} names={names} />
      )}
      {logs.length > 0 && (
        <Fold title={`${logs.length} raw lines`}>
          <RawText text={logs.join('\n')} label="Logs" wrap />
        </Fold>
      )}
    </Panel>
  );
}

function Calls({ calls, names }: { calls: readonly ProgramCall[]; names: ReadonlyMap<string, string> }) {
  return (
    <ol className={classes.calls}>
      {calls.map((call, index) => (
        <li key={index}>
          <details className={classes.call} data-end={call.end.kind} open={call.end.kind !== 'success'}>
            <summary>
              <strong>{names.get(call.program) ?? <Said text={call.program} />}</strong>{' '}
              <span className="muted small">
                {endWords(call)}
                {call.unitsConsumed !== undefined && ` · ${formatCount(call.unitsConsumed)} units`}
              </span>
            </summary>
            {call.lines.length > 0 && (
              <div className={classes.lines}>
                {call.lines.map((line, position) => (
                  <div key={position}>{line}</div>
                ))}
              </div>
            )}
            {call.calls.length > 0 && <Calls calls={call.calls} names={names} />}
          </details>
        </li>
      ))}
    </ol>
  );
}

function endWords({ end }: ProgramCall): string {
  switch (end.kind) {
    case 'success':
      return 'succeeded';
    case 'failed':
      return `failed: ${end.reason}`;
    case 'cut':
      return 'the log stops here';
  }
}
