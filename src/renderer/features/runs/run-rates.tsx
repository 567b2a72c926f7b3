import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** What an epoch earns, now and from the next one on. Native units: one point is one native token unit. Source: PROTOCOL §9. */
export function RunRates({ account, hasTreasury }: { account: CoordinatorAccount; hasTreasury: boolean }) {
  const { current_epoch_rates: now, future_epoch_rates: next } = account.state.clients_state;
  return (
    <Panel title="Rates">
      <div className="stack">
        <Facts
          facts={[
            {
              label: 'Reward per epoch, shared',
              value: rate(now.earning_rate_total_shared, next.earning_rate_total_shared),
            },
            { label: 'Penalty per client', value: rate(now.slashing_rate_per_client, next.slashing_rate_per_client) },
          ]}
        />
        <p className="muted small">
          {hasTreasury
            ? 'In native token units. The penalty is stored and never applied by the program.'
            : 'This run has no treasury: clients earn points that stand for no tokens. The penalty is stored and never applied.'}
        </p>
      </div>
    </Panel>
  );
}

function rate(now: bigint, next: bigint) {
  return (
    <>
      {formatCount(now)}{' '}
      {now !== next && <span className="muted">then {formatCount(next)} from the next epoch on</span>}
    </>
  );
}
