import type { SimulationReport } from '#core/transactions/review-request.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Refusal } from '#renderer/lib/review/refusal.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';

/** What the cluster said when the same bytes were tried without effect: a second witness that may only add warnings. */
export function SimulationPanel({ simulation }: { simulation: SimulationReport }) {
  const moved = simulation.balances.filter(({ beforeLamports, afterLamports }) => beforeLamports !== afterLamports);
  return (
    <Panel
      title="Simulation"
      aside={
        simulation.unitsConsumed === undefined ? undefined : `${formatCount(simulation.unitsConsumed)} compute units`
      }
    >
      <div className="stack">
        {simulation.kind === 'would-succeed' && (
          <p className="good">The cluster tried these bytes and they would succeed</p>
        )}
        {simulation.kind === 'would-fail' && (
          <Notice tone="bad" title="The cluster tried these bytes and they would fail">
            {simulation.failure ? (
              <Refusal failure={simulation.failure} />
            ) : (
              <>
                <p>{simulation.reason}</p>
                <p>{simulation.remedy}</p>
              </>
            )}
          </Notice>
        )}
        {simulation.kind === 'unavailable' && (
          <Notice tone="warn" title="The cluster could not try these bytes">
            <p>{simulation.reason}</p>
            <p>{simulation.remedy}</p>
          </Notice>
        )}
        {moved.length > 0 && (
          <Facts
            wide
            facts={moved.map(({ address, beforeLamports, afterLamports }) => ({
              key: address,
              label: <AddressLine address={address} />,
              value: <Sol lamports={afterLamports - beforeLamports} signed />,
            }))}
          />
        )}
        {simulation.logs.length > 0 && (
          <Fold title={`${simulation.logs.length} log lines`}>
            <RawText text={simulation.logs.join('\n')} label="Simulation logs" wrap />
          </Fold>
        )}
      </div>
    </Panel>
  );
}
