import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useConnection, useNetworks } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { NetworkList } from './network-list.tsx';
import { PracticeForm } from './practice-form.tsx';
import { PracticePanel } from './practice-panel.tsx';
import { ProgramsPanel } from './programs-panel.tsx';
import { ProfileForm } from './profile-form.tsx';

/** Networks to work on: add, test, switch. */
export function NetworksScreen() {
  const client = useClient();
  const queries = useQueryClient();
  const networks = useNetworks();
  const connection = useConnection().data;
  const [editing, setEditing] = useState<NetworkProfile>();
  const importing = useMutation({
    mutationFn: () => client.networks.importCliConfig({}),
    onSuccess: (answer) => answer.kind === 'imported' && setEditing(answer.profile),
    onSettled: () => refresh(queries, 'networks', 'signers'),
  });
  return (
    <Page
      title="Networks"
      lead="The colour of a network comes from its genesis hash, whatever its name says"
      width="form"
      actions={
        <>
          <Button variant="default" loading={importing.isPending} onClick={() => importing.mutate()}>
            Import config.yml of the CLI
          </Button>
          <Button onClick={() => setEditing(newProfile())}>Add network</Button>
        </>
      }
    >
      {importing.error && <Failure error={importing.error} title="The file could not be imported" />}
      {importing.data?.kind === 'imported' && (
        <Notice
          tone="good"
          title={`Imported as “${importing.data.profile.name}”${importing.data.signer ? ` with signer “${importing.data.signer.label}”` : ''}`}
        >
          {importing.data.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <QueryGate query={networks} failed="The networks could not be read">
        {({ profiles, activeId }) => (
          <Split
            main={
              editing?.kind === 'practice' ? (
                <PracticeForm profile={editing} onClose={() => setEditing(undefined)} />
              ) : editing ? (
                <ProfileForm
                  key={editing.id}
                  profile={editing}
                  isNew={!profiles.some(({ id }) => id === editing.id)}
                  onClose={() => setEditing(undefined)}
                />
              ) : (
                <>
                  <NetworkList profiles={profiles} activeId={activeId} onEdit={setEditing} />
                  <ProgramsPanel />
                </>
              )
            }
            side={
              <>
                {connection && <ConnectionPanel connection={connection} />}
                <PracticePanel />
              </>
            }
          />
        )}
      </QueryGate>
    </Page>
  );
}

function newProfile(): NetworkProfile {
  return {
    id: crypto.randomUUID(),
    name: '',
    kind: 'cluster',
    rpcUrl: '',
    webSocketUrl: '',
    commitment: 'confirmed',
    programs: { ...DEFAULT_PROGRAM_IDS },
    allowUnencrypted: false,
    expected: 'any',
    fees: DEFAULT_FEE_POLICY,
  };
}
