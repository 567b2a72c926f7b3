import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';

type ClientRow = {
  readonly key: string;
  readonly signer: string;
  readonly inEpoch: string;
  readonly joined: boolean;
  readonly earned: bigint;
};

const ROW_HEIGHT = 36;
const MOST_ROWS_SHOWN = 8;

/** Every client the run has known, with its part in the current epoch. */
export function RunClients({ account }: { account: CoordinatorAccount }) {
  const rows = useMemo(() => rowsOf(account), [account]);
  const [text, setText] = useState('');
  const shown =
    text === '' ? rows : rows.filter(({ signer }) => signer.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Panel
      title="Clients"
      flush
      aside={
        <>
          {rows.length > MOST_ROWS_SHOWN && (
            <TextInput
              aria-label="Search clients"
              placeholder="Search address"
              size="xs"
              w={200}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {rows.length} of 256 places taken
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="muted" style={{ padding: 16 }}>
          Nobody has joined yet. Clients appear here when they do; the list never shrinks.
        </p>
      ) : (
        <VirtualTable
          label="Clients"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ key }) => key}
          rowHeight={ROW_HEIGHT}
          height={Math.min(MOST_ROWS_SHOWN, Math.max(1, shown.length)) * ROW_HEIGHT}
        />
      )}
    </Panel>
  );
}

const COLUMNS: readonly Column<ClientRow>[] = [
  {
    id: 'signer',
    title: 'Client',
    width: 'minmax(180px, 2fr)',
    cell: ({ signer }) => <AddressLine address={signer} />,
  },
  {
    id: 'epoch',
    title: 'This epoch',
    width: 'minmax(120px, 1fr)',
    cell: ({ inEpoch }) =>
      inEpoch === '' ? (
        <span className="muted">not part of it</span>
      ) : (
        <Chip tone={inEpoch === 'Healthy' ? 'good' : 'warn'}>{inEpoch}</Chip>
      ),
  },
  {
    id: 'joined',
    title: 'Next epoch',
    width: 'minmax(110px, 1fr)',
    cell: ({ joined }) => (joined ? 'joined' : <span className="muted">not joined</span>),
  },
  {
    id: 'earned',
    title: 'Earned points',
    width: 'minmax(130px, 1fr)',
    align: 'end',
    cell: ({ earned }) => formatCount(earned),
  },
];

function rowsOf({ state }: CoordinatorAccount): readonly ClientRow[] {
  const { epoch_state: epoch } = state.coordinator;
  const inEpoch = new Map(
    [...epoch.exited_clients, ...epoch.clients].map((client) => [addressFromBytes(client.id.signer), client.state]),
  );
  return state.clients_state.clients.map((client, index) => {
    const signer = addressFromBytes(client.id.signer);
    return {
      key: `${index} ${signer}`,
      signer,
      inEpoch: inEpoch.get(signer) ?? '',
      joined: client.active === state.clients_state.next_active,
      earned: client.earned,
    };
  });
}
