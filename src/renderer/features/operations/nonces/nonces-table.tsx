import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { NonceList, NonceRow } from '#core/nonces/nonce-view.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { type Navigation, type NonceAct, useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { busyWords, isHeld, nameOfNonce, STATE_WORDS } from './nonce-words.ts';
import classes from './nonces.module.css';

const ACTS: readonly { readonly act: NonceAct; readonly label: string }[] = [
  { act: 'advance', label: 'Advance' },
  { act: 'close', label: 'Close' },
];

/** Nonce accounts as rows: Enter or a click opens one. */
export function NoncesTable({ list }: { list: NonceList }) {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const labels = useLabels();
  const forget = useMutation({
    mutationFn: (address: Address) => client.nonces.forget({ address }),
    onSettled: () => refresh(queries, 'nonces'),
  });
  const { mutate } = forget;
  const columns = useMemo(
    () => columnsOf(list.rentLamports, labels, navigation, mutate),
    [list.rentLamports, labels, navigation, mutate],
  );
  return (
    <>
      {forget.error && <Failure error={forget.error} title="The address was not struck off" />}
      <VirtualTable
        label="Nonce accounts"
        columns={columns}
        rows={list.rows}
        rowKey={({ address }) => address}
        rowLabel={(row) => `${nameOfNonce(row)}, ${STATE_WORDS[row.state.kind].word}`}
        rowHeight={60}
        height={Math.min(540, 60 * list.rows.length + 4)}
        onOpen={({ address }) => navigation.go({ kind: 'change-nonce', nonceAccount: address, act: 'advance' })}
      />
    </>
  );
}

function columnsOf(
  rentLamports: bigint,
  labels: ReadonlyMap<string, string>,
  navigation: Navigation,
  forget: (address: Address) => void,
): readonly Column<NonceRow>[] {
  return [
    {
      id: 'account',
      title: 'Account',
      width: 'minmax(150px, 1fr)',
      cell: ({ address, derived, isRemembered }) => (
        <div className={classes.two}>
          <span className="clip">
            <AddressLine address={address} />
          </span>
          <span className="clip muted small">
            {derived ? (
              <>
                nonce-{derived.number} of <Said text={labels.get(derived.base) ?? derived.base} />
              </>
            ) : isRemembered ? (
              'written down by you'
            ) : (
              'found by its authority'
            )}
          </span>
        </div>
      ),
    },
    {
      id: 'state',
      title: 'State',
      width: 'minmax(190px, 1.8fr)',
      cell: (row) => {
        const { word, tone, about } = STATE_WORDS[row.state.kind];
        return (
          <div className={classes.two} title={about}>
            <span>
              <Chip tone={tone}>{word}</Chip>
            </span>
            <span className="clip muted small">{busyWords(row) ?? about}</span>
          </div>
        );
      },
    },
    {
      id: 'authority',
      title: 'Authority',
      width: 'minmax(170px, 1fr)',
      cell: ({ authority }) => (authority ? <AddressLine address={authority} /> : <span className="muted">none</span>),
    },
    {
      id: 'value',
      title: 'Value',
      width: '110px',
      cell: ({ nonce }) =>
        nonce ? (
          <span className="mono" title={nonce}>
            {nonce.slice(0, 4)}…{nonce.slice(-5)}
          </span>
        ) : (
          <span className="muted">none</span>
        ),
    },
    {
      id: 'sol',
      title: 'Holds',
      width: '136px',
      align: 'end',
      cell: ({ lamports }) => (
        <div className={classes.two}>
          <Sol lamports={lamports} />
          <span className="muted small">{floorWords(lamports, rentLamports)}</span>
        </div>
      ),
    },
    {
      id: 'act',
      title: '',
      width: '140px',
      align: 'end',
      cell: (row) => (
        <span className={classes.acts}>
          {isHeld(row) &&
            ACTS.map(({ act, label }) => (
              <Button
                key={act}
                size="compact-xs"
                variant="default"
                aria-label={`${label} ${nameOfNonce(row)}`}
                onClick={(event) => {
                  event.stopPropagation();
                  navigation.go({ kind: 'change-nonce', nonceAccount: row.address, act });
                }}
              >
                {label}
              </Button>
            ))}
          {row.isRemembered && !isHeld(row) && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Strike off ${nameOfNonce(row)}`}
              onClick={(event) => {
                event.stopPropagation();
                forget(row.address);
              }}
            >
              Strike off
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function floorWords(lamports: bigint, rentLamports: bigint): string {
  if (lamports === 0n) return '';
  if (lamports < rentLamports) return 'less than its rent';
  return lamports === rentLamports ? 'just its rent' : 'more than its rent';
}
