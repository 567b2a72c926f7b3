import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { nextTransition, TRANSITION_REASONS, type NextTransition } from '#core/runs/next-transition.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { formatCount, formatMoment, formatSeconds } from '#renderer/lib/durations.ts';
import { runStateWords } from '#renderer/lib/run-states.ts';
import { Said } from '#renderer/lib/said.tsx';
import { checkpointWords } from '#renderer/lib/checkpoint-words.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';

/** How far the run and its epoch are, and when it can move on. */
export function RunProgress({ view, account }: { view: RunView; account: CoordinatorAccount }) {
  const { coordinator, clients_state: clientsState } = account.state;
  const { config, progress, epoch_state: epoch } = coordinator;
  const clusterNow = view.clusterTime + (useNow() - view.readAt) / 1_000;
  const next = nextTransition(account.state, BigInt(Math.floor(clusterNow)));
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
              value: <Countdown next={next} now={clusterNow} />,
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
            { label: 'Checkpoint', value: <Said text={placeOf(coordinator.model.LLM.checkpoint)} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

function Countdown({ next, now }: { next: NextTransition; now: number }) {
  if (next.kind === 'none') return <>Nothing until its owner acts</>;
  const { word } = runStateWords(next.to);
  if (next.kind === 'needs-clients') return <>{word}, when enough clients have joined</>;
  const left = next.kind === 'at' ? formatSeconds(Number(next.at) - now) : '';
  return (
    <span role="timer" title={`When ${TRANSITION_REASONS[next.reason]}`}>
      {word} {left === '' ? 'with the next transaction' : `in ${left}`}
    </span>
  );
}

function placeOf(checkpoint: Parameters<typeof checkpointWords>[0]): string {
  const { kind, place } = checkpointWords(checkpoint);
  return place === '' ? kind : `${kind}: ${place}`;
}
