import { Button } from '@mantine/core';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RatesTable } from './rates-table.tsx';

/** What clients of a run without a treasury earn: points that stand for nothing. */
export function PointsPanel({ runId, points }: { runId: string; points: Extract<RunTreasury, { kind: 'plain' }> }) {
  const navigation = useNavigation();
  return (
    <Panel
      title="Points without tokens"
      aside={
        points.foreignTreasurer === undefined && (
          <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'set-rates', runId })}>
            Set rates
          </Button>
        )
      }
    >
      <div className="stack">
        {points.foreignTreasurer !== undefined && (
          <Notice tone="bad" title="It names the treasury of another run as its owner">
            Nobody can change this run, and nothing paid into that treasury would reach its clients. Do not top it up
            for this run: <FullAddress address={points.foreignTreasurer} />
          </Notice>
        )}
        <p className="muted">
          This run has no treasury. Clients have earned <Tokens amount={points.earned} decimals={undefined} />, which
          nobody can exchange for tokens.
        </p>
        <RatesTable current={points.current} future={points.future} sharing={points.sharing} decimals={undefined} />
      </div>
    </Panel>
  );
}
