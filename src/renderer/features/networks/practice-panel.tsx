import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { formatMoment } from '#renderer/lib/durations.ts';
import { AdvanceClock } from '#renderer/lib/advance-clock.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { PRACTICE_TOUCHED, refresh, usePracticeStatus } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { PracticeTokens } from './practice-tokens.tsx';

/** The clock of the practice network, its tokens, and starting it over. */
export function PracticePanel() {
  const client = useClient();
  const queries = useQueryClient();
  const practice = usePracticeStatus();
  const [asks, setAsks] = useState(false);
  const after = { onSettled: () => refresh(queries, ...PRACTICE_TOUCHED) };
  const reset = useMutation({ mutationFn: () => client.practice.reset({}), ...after, onSuccess: () => setAsks(false) });
  return (
    <Panel title="Practice network">
      <QueryGate query={practice} failed="The practice network could not be asked">
        {(status) =>
          status.kind === 'stopped' ? (
            <p className="muted">It is not running. Switch to it to start it.</p>
          ) : (
            <div className="stack">
              <Facts
                facts={[
                  { label: 'Cluster time', value: formatMoment(status.clusterTime * 1_000) },
                  { label: 'RPC', value: <span className="mono small">{status.rpcUrl}</span> },
                  { label: 'WebSocket', value: <span className="mono small">{status.webSocketUrl}</span> },
                ]}
              />
              <AdvanceClock />
              <div className="row">
                {asks ? (
                  <>
                    <span>Every practice run and balance will be gone.</span>
                    <Button size="xs" color="danger" loading={reset.isPending} onClick={() => reset.mutate()}>
                      Reset the practice network
                    </Button>
                    <Button size="xs" variant="subtle" color="gray" onClick={() => setAsks(false)}>
                      Keep it
                    </Button>
                  </>
                ) : (
                  <Button size="xs" variant="default" onClick={() => setAsks(true)}>
                    Reset…
                  </Button>
                )}
              </div>
              {reset.error && <Failure error={reset.error} />}
              <PracticeTokens demoMint={status.demoMint} />
            </div>
          )
        }
      </QueryGate>
    </Panel>
  );
}
