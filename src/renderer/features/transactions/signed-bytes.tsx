import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';

/** The signed transaction as other tools take it: to copy, or to save as a text file. Only a complete one is shown. */
export function SignedBytes({ id, wireBase64, sizeBytes }: { id: string; wireBase64: string; sizeBytes: number }) {
  const client = useClient();
  const save = useMutation({ mutationFn: () => client.transactions.saveWire({ id }) });
  return (
    <Panel
      title="Signed transaction"
      aside={
        <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          Save as text
        </Button>
      }
    >
      <div className="stack">
        {save.error && <Failure error={save.error} title="The file was not saved" onRetry={() => save.mutate()} />}
        {save.data?.kind === 'saved' && <p role="status">Saved as {save.data.fileName}</p>}
        <p className="muted small">
          {sizeBytes} bytes in base64, signatures included. Whoever has it can send it, but cannot change it.
        </p>
        <RawText text={wireBase64} label="Transaction in base64" wrap />
      </div>
    </Panel>
  );
}
