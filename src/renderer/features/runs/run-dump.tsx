import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';

/** The run as JSON, the same as `json-dump-run` prints: to copy or save. */
export function RunDump({ runId }: { runId: string }) {
  const client = useClient();
  const dump = useQuery({ queryKey: ['run', runId, 'dump'], queryFn: () => client.runs.dump({ runId }) });
  const save = useMutation({ mutationFn: () => client.runs.saveDump({ runId }) });
  return (
    <Panel
      title="Dump"
      aside={
        <>
          {save.data?.kind === 'saved' && <span role="status">Saved as {save.data.fileName}</span>}
          <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            Save as JSON
          </Button>
        </>
      }
    >
      {save.error && <Failure error={save.error} title="The file was not saved" onRetry={() => save.mutate()} />}
      <QueryGate query={dump} failed="The run could not be dumped">
        {({ json }) => <RawText text={json} label="Run as JSON" />}
      </QueryGate>
    </Panel>
  );
}
