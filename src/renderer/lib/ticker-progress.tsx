import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TickerStatus } from '#core/runs/ticker-status.ts';
import { Notice, type Tone } from '#renderer/ui/notice.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';
import { useClient } from './client.tsx';
import { formatCount } from './durations.ts';
import { Failure } from './failure.tsx';
import { useNavigation } from './navigation.tsx';
import { refresh } from './queries.ts';
import { Said } from './said.tsx';

type Work = Exclude<TickerStatus, { kind: 'idle' }>;

/** Repeated ticks: how many have landed, the button that stops them, or how they ended. */
export function TickerProgress({ status }: { status: Work }) {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const stop = useMutation({
    mutationFn: () => client.ticker.stop({}),
    onSettled: () => refresh(queries, 'ticker', 'run'),
  });
  const { tone, title, detail } = wordsOf(status);
  const last = status.lastTransactionId;
  return (
    <>
      <Notice
        tone={tone}
        title={title}
        actions={
          <>
            {status.kind === 'ticking' && (
              <Button size="xs" variant="filled" loading={stop.isPending} onClick={() => stop.mutate()}>
                Stop ticking
              </Button>
            )}
            {last !== undefined && (
              <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'transaction', id: last })}>
                Open the newest transaction
              </Button>
            )}
          </>
        }
      >
        <div className="stack">
          {detail !== '' && <p>{status.kind === 'ended' ? <Said text={detail} /> : detail}</p>}
          <ProgressBar
            label="Ticks that landed"
            value={status.landed}
            of={status.count}
            words={`${formatCount(status.landed)} of ${formatCount(status.count)}`}
          />
        </div>
      </Notice>
      {stop.error && <Failure error={stop.error} title="It could not be stopped" onRetry={() => stop.mutate()} />}
    </>
  );
}

function wordsOf(status: Work): { tone: Tone; title: string; detail: string } {
  const { runId } = status;
  if (status.kind === 'ticking') {
    const detail = `Again ${formatCount(status.intervalMs)} ms after each one. It goes on while the app runs, also when you leave this screen.`;
    return { tone: 'info', title: `Ticking ${runId}`, detail };
  }
  switch (status.why) {
    case 'count-reached':
      return { tone: 'good', title: `All ticks of ${runId} were sent`, detail: '' };
    case 'stopped':
      return { tone: 'info', title: `Ticking ${runId} was stopped`, detail: '' };
    case 'network-changed':
      return { tone: 'info', title: `Ticking ${runId} ended: another network was chosen`, detail: '' };
    case 'failed':
      return {
        tone: 'bad',
        title: `Ticking ${runId} ended with a failure`,
        detail: `${status.reason}. ${status.remedy}`,
      };
  }
}
