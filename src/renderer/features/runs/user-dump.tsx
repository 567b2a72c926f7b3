import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { errorWords } from '#renderer/lib/error-words.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';

/** One wallet's side of a run as JSON, the same as `json-dump-user` prints: to copy or save. */
export function UserDump({ runId, start, onClose }: { runId: string; start: string; onClose: () => void }) {
  const [text, setText] = useState(start);
  const signers = useSigners().data?.signers ?? [];
  const { address, problem } = read(text);
  return (
    <Panel
      title="Dump of a user"
      aside={
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="stack">
        <div className="columns-2">
          <TextInput
            label="Wallet"
            description="The address a client joined with"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={problem}
            classNames={{ input: 'mono' }}
          />
          <Select
            label="Or one of yours"
            description="Fills in its address"
            placeholder="Choose a signer"
            data={signers.map((signer) => ({ value: signer.address, label: signer.label }))}
            value={signers.some((signer) => signer.address === text) ? text : null}
            onChange={(value) => setText(value ?? '')}
          />
        </div>
        {address === undefined ? (
          <p className="muted">Type a wallet’s address: what it earned, claimed and holds appears here.</p>
        ) : (
          <Dump key={address} runId={runId} user={address} />
        )}
      </div>
    </Panel>
  );
}

function Dump({ runId, user }: { runId: string; user: Address }) {
  const client = useClient();
  const dump = useQuery({
    queryKey: ['run', runId, 'dump', user],
    queryFn: () => client.runs.dumpUser({ runId, user }),
  });
  const save = useMutation({ mutationFn: () => client.runs.saveUserDump({ runId, user }) });
  return (
    <>
      {save.error && <Failure error={save.error} title="The file was not saved" onRetry={() => save.mutate()} />}
      <QueryGate query={dump} failed="The user could not be dumped">
        {({ json }) => <RawText text={json} label="User as JSON" />}
      </QueryGate>
      <div className="row">
        <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          Save as JSON
        </Button>
        {save.data?.kind === 'saved' && <span role="status">Saved as {save.data.fileName}</span>}
      </div>
    </>
  );
}

function read(text: string): { address?: Address; problem?: string } {
  if (text.trim() === '') return {};
  try {
    return { address: parseAddress(text.trim()) };
  } catch (error) {
    return { problem: errorWords(error).happened };
  }
}
