import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClientActivity, ClientCounts, ClientRefusal } from '#core/practice/client-activity.ts';
import { AdvanceClock } from '#renderer/lib/advance-clock.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useConnection, useSimulatedClients } from '#renderer/lib/queries.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

const WORDS: Readonly<Record<ClientActivity, string>> = {
  'no-run': 'without the run',
  waiting: 'waiting for the run',
  joining: 'joining',
  joined: 'joined',
  'warming-up': 'warming up',
  training: 'training',
  witnessing: 'witnessing',
  'cooling-down': 'cooling down',
  leaving: 'leaving',
  'dropped-out': 'dropped out',
};

/** Clients that the practice network plays, so that a run can be lived through. Drawn on the practice network only. */
export function SimulatedClientsPanel({ runId }: { runId: string }) {
  const connection = useConnection().data;
  const isPractice = connection?.kind === 'online' && connection.cluster === 'practice';
  const counts = useSimulatedClients(runId, isPractice);
  const client = useClient();
  const queries = useQueryClient();
  const after = { onSettled: () => refresh(queries, 'clients', 'run') };
  const add = useMutation({ mutationFn: (count: number) => client.practice.addClients({ runId, count }), ...after });
  const remove = useMutation({ mutationFn: () => client.practice.removeClients({ runId }), ...after });
  const failure = add.error ?? remove.error;
  if (!isPractice) return null;
  return (
    <Panel title="Simulated clients" aside="practice network only">
      <div className="stack">
        <QueryGate query={counts} failed="The simulated clients could not be read">
          {({ counts: clients, refusals }) => (
            <>
              <Counts counts={clients} />
              {refusals.map((refusal) => (
                <RefusalNotice key={`${refusal.instruction} ${refusal.name} ${refusal.cause}`} refusal={refusal} />
              ))}
              <div className="row">
                {[2, 4].map((count) => (
                  <Button
                    key={count}
                    size="xs"
                    variant="default"
                    loading={add.isPending && add.variables === count}
                    onClick={() => add.mutate(count)}
                  >
                    Add {count} clients
                  </Button>
                ))}
                {clients.length > 0 && (
                  <Button
                    size="xs"
                    variant="subtle"
                    color="gray"
                    loading={remove.isPending}
                    onClick={() => remove.mutate()}
                  >
                    Remove all
                  </Button>
                )}
              </div>
            </>
          )}
        </QueryGate>
        {failure && <Failure error={failure} />}
        <AdvanceClock />
      </div>
    </Panel>
  );
}

function Counts({ counts }: { counts: ClientCounts }) {
  if (counts.length === 0) {
    return <p className="muted">None yet. They join the run, train and earn as time passes; they cost nothing.</p>;
  }
  return (
    <div className="row" role="list" aria-label="Simulated clients by phase">
      {counts.map(({ activity, count }) => (
        <span key={activity} role="listitem">
          <Chip tone={activity === 'dropped-out' ? 'warn' : 'plain'}>
            {count} {WORDS[activity]}
          </Chip>
        </span>
      ))}
    </div>
  );
}

/** What clients try again every few seconds, as programs call it. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  join_run: 'joining',
  warmup_witness: 'reporting to be ready',
  witness: 'reporting on the round',
  health_check: 'reporting an idle client',
  checkpoint: 'saving the model',
  tick: 'advancing the state',
};

/** Why the network would not take what clients sent, in its last answer. */
function RefusalNotice({ refusal }: { refusal: ClientRefusal }) {
  const { go } = useNavigation();
  const { instruction, count, name, cause, remedy, isUnauthorized } = refusal;
  const attempt = ATTEMPTS[instruction] ?? instruction;
  return (
    <Notice
      tone="warn"
      title={`${count} ${count === 1 ? 'client was' : 'clients were'} refused ${attempt}`}
      actions={
        isUnauthorized && (
          <Button size="xs" variant="default" onClick={() => go({ kind: 'who-may-join' })}>
            Who may join
          </Button>
        )
      }
    >
      <p>{cause}.</p>
      <p>{remedy}. They try again every few seconds.</p>
      <p className="muted small mono">
        {instruction}: {name}
      </p>
    </Notice>
  );
}
