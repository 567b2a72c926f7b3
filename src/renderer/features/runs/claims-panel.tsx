import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { claimableOf } from '#core/rewards/treasury.ts';
import type { ClaimLedger, ClaimRow } from '#core/rewards/treasury-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { type Navigation, useNavigation } from '#renderer/lib/navigation.tsx';
import { useClaims } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';

const ROW_HEIGHT = 40;
const MOST_ROWS_SHOWN = 8;

type Token = NonNullable<ClaimLedger['token']>;

/** Who earned what, claimed what and may claim what: one's own clients first. */
export function ClaimsPanel({ runId }: { runId: string }) {
  const claims = useClaims(runId);
  if (!claims.data?.token) {
    return (
      <Panel title="Claims">
        <QueryGate query={claims} failed="The claims could not be read">
          {() => <p className="muted">This run has no treasury to claim from.</p>}
        </QueryGate>
      </Panel>
    );
  }
  return (
    <>
      {claims.isError && (
        <QueryGate query={claims} failed="The claims could not be read">
          {() => null}
        </QueryGate>
      )}
      <Ledger runId={runId} token={claims.data.token} rows={claims.data.rows} />
    </>
  );
}

function Ledger({ runId, token, rows }: { runId: string; token: Token; rows: ClaimLedger['rows'] }) {
  const navigation = useNavigation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = rows
    .filter(({ user }) => user.toLowerCase().includes(wanted))
    .toSorted((one, other) => Number(other.isOwn) - Number(one.isOwn));
  const columns = useMemo(() => columnsOf(runId, token, navigation), [runId, token, navigation]);
  return (
    <Panel
      title="Claims"
      flush
      aside={
        <>
          {rows.length > MOST_ROWS_SHOWN && (
            <TextInput
              aria-label="Search claims"
              placeholder="Search address"
              size="xs"
              w={200}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {rows.length === 1 ? '1 client' : `${rows.length} clients`}
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="muted" style={{ padding: 16 }}>
          Nobody has joined yet. What clients earn and claim appears here.
        </p>
      ) : (
        <VirtualTable
          label="Claims"
          columns={columns}
          rows={shown}
          rowKey={({ user }) => user}
          rowHeight={ROW_HEIGHT}
          height={Math.min(MOST_ROWS_SHOWN, Math.max(1, shown.length)) * ROW_HEIGHT}
        />
      )}
    </Panel>
  );
}

function columnsOf(runId: string, token: Token, navigation: Navigation): readonly Column<ClaimRow>[] {
  const tokens = (amount: bigint) => <Tokens amount={amount} decimals={token.decimals} />;
  return [
    {
      id: 'user',
      title: 'Client',
      width: 'minmax(200px, 2fr)',
      cell: ({ user, isOverclaimed }) => (
        <>
          <AddressLine address={user} /> {isOverclaimed && <Chip tone="bad">claimed more than it earned</Chip>}
        </>
      ),
    },
    { id: 'earned', title: 'Earned', width: 'minmax(130px, 1fr)', align: 'end', cell: ({ earned }) => tokens(earned) },
    {
      id: 'claimed',
      title: 'Claimed',
      width: 'minmax(130px, 1fr)',
      align: 'end',
      cell: ({ claimed }) => tokens(claimed),
    },
    {
      id: 'claimable',
      title: 'Claimable now',
      width: 'minmax(150px, 1fr)',
      align: 'end',
      cell: ({ earned, claimed }) => {
        const { now, unclaimed } = claimableOf(earned, claimed, token.funded);
        return now === unclaimed ? (
          tokens(now)
        ) : (
          <span className="warn" title="The vault does not cover all of it">
            {tokens(now)}
          </span>
        );
      },
    },
    {
      id: 'act',
      title: '',
      width: '96px',
      align: 'end',
      cell: ({ user, isOwn, unclaimed }) =>
        isOwn && unclaimed > 0n ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Claim the rewards of ${user}`}
            onClick={() => navigation.go({ kind: 'claim-rewards', runId, user })}
          >
            Claim
          </Button>
        ) : null,
    },
  ];
}
