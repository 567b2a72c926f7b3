import { Button } from '@mantine/core';
import type { NonceList } from '#core/nonces/nonce-view.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConnection, useNonces } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { ReadAge } from '#renderer/lib/read-age.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { NoncesTable } from './nonces-table.tsx';
import { RememberNonce } from './remember-nonce.tsx';

const TITLE = 'Nonce accounts';

/** The operator's nonce accounts, each with what can be done with it now. */
export function NonceAccountsScreen() {
  const navigation = useNavigation();
  const connection = useConnection().data;
  const nonces = useNonces();
  if (connection?.kind === 'offline') {
    return (
      <Page title={TITLE}>
        <EmptyState
          title="This machine stays offline"
          actions={<Button onClick={() => navigation.go({ kind: 'networks' })}>Choose a network</Button>}
        >
          No connection is open, so there are no nonce accounts to list.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={TITLE}
      lead="A transaction built on a nonce does not lapse while it is being read and signed: it can land until the value is used or cancelled."
      actions={
        <>
          <Button variant="default" onClick={() => navigation.go({ kind: 'signers' })}>
            Signers
          </Button>
          <Button onClick={() => navigation.go({ kind: 'create-nonce-accounts' })}>Create nonce accounts</Button>
        </>
      }
    >
      <QueryGate
        query={nonces}
        failed="The nonce accounts could not be read"
        skeleton={<SkeletonLines lines={8} height={28} label="Reading the nonce accounts" />}
      >
        {(list) => (
          <>
            <Listed list={list} />
            <RememberNonce />
            <ReadAge
              slot={list.slot}
              readAt={nonces.dataUpdatedAt}
              isReading={nonces.isFetching}
              onRead={() => void nonces.refetch()}
            />
          </>
        )}
      </QueryGate>
    </Page>
  );
}

function Listed({ list }: { list: NonceList }) {
  const navigation = useNavigation();
  return (
    <>
      {!list.isComplete && (
        <Notice tone="info" title="This node does not search by authority">
          Shown are the accounts at your keys’ own numbers, those this app made, and those you wrote down. If there are
          others, add their addresses below.
        </Notice>
      )}
      {list.rows.length === 0 ? (
        <EmptyState
          title="No nonce accounts yet"
          actions={
            <Button onClick={() => navigation.go({ kind: 'create-nonce-accounts' })}>Create nonce accounts</Button>
          }
        >
          One is needed for each transaction that is pending at the same time. Each locks a little SOL, which comes back
          when it is closed. Solana plans to remove durable nonces; the SOL can be taken out then too.
        </EmptyState>
      ) : (
        <NoncesTable list={list} />
      )}
    </>
  );
}
