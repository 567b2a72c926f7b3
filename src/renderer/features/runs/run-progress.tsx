import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { formatCount, formatMoment, formatSeconds } from '#renderer/lib/durations.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';
import { nextTransition } from './transition.ts';

/** How far the run and its epoch are, and when it can move on. */
export function RunProgress({ view, account }: { view: RunView; account: CoordinatorAccount }) {
  const { coordinator, clients_state: clientsState } = account.state;
  const { config, progress, epoch_state: epoch } = coordinator;
  const clusterNow = view.clusterTime + (useNow() - view.readAt) / 1_000;
  const transition = nextTransition(coordinator);
  const epochSeconds = clusterNow - Number(epoch.start_timestamp);
  const runs =
    coordinator.run_state !== 'Uninitialized' &&
    coordinator.run_state !== 'Paused' &&
    coordinator.run_state !== 'Finished';
  const round = epoch.rounds[epoch.rounds_head];
  return (
    <Panel title="Progress">
      <div className="stack">
        <ProgressBar
          label="Steps"
          value={progress.step}
          of={config.total_steps}
          words={`${formatCount(progress.step)} of ${formatCount(config.total_steps)}`}
        />
        {runs && epoch.start_timestamp > 0n && (
          <ProgressBar
            label={`Epoch ${progress.epoch}`}
            value={Math.min(epochSeconds, Number(config.epoch_time))}
            of={Number(config.epoch_time)}
            words={`${formatSeconds(epochSeconds)} of ${formatSeconds(Number(config.epoch_time))}`}
          />
        )}
        <Facts
          facts={[
            {
              label: 'Next',
              value: transition ? (
                <Countdown to={transition.to} at={transition.at} now={clusterNow} />
              ) : (
                'Nothing until its owner acts'
              ),
            },
            {
              label: 'In this state since',
              value:
                coordinator.run_state_start_unix_timestamp === 0n
                  ? 'it was created'
                  : formatMoment(Number(coordinator.run_state_start_unix_timestamp) * 1_000),
            },
            { label: 'Epoch', value: progress.epoch },
            {
              label: 'Clients in this epoch',
              value: `${epoch.clients.length}, ${epoch.exited_clients.length} left it`,
            },
            {
              label: 'Joined for the next',
              value: `${clientsState.clients.filter(({ active }) => active === clientsState.next_active).length}, at least ${config.init_min_clients} are needed`,
            },
            ...(runs && round
              ? [
                  {
                    label: 'Round',
                    value: `${round.height}, ${round.witnesses.length} ${round.witnesses.length === 1 ? 'witness' : 'witnesses'} so far`,
                  },
                ]
              : []),
            { label: 'Checkpoint', value: checkpointWords(coordinator.model.LLM.checkpoint) },
          ]}
        />
      </div>
    </Panel>
  );
}

function Countdown({ to, at, now }: { to: string; at: number | undefined; now: number }) {
  if (at === undefined) return <>{to}, when enough clients have joined</>;
  const left = at - now;
  return (
    <span role="timer">
      {to} {left > 0 ? `in ${formatSeconds(left)}` : 'as soon as a client sends the next transaction'}
    </span>
  );
}

function checkpointWords(checkpoint: CoordinatorAccount['state']['coordinator']['model']['LLM']['checkpoint']): string {
  if (typeof checkpoint === 'string') return checkpoint;
  const [kind, repo] = Object.entries(checkpoint)[0] ?? ['none', {}];
  const place = 'repo_id' in repo ? repo.repo_id : 'bucket' in repo ? repo.bucket : '';
  return place === '' ? kind : `${kind}: ${String(place)}`;
}
