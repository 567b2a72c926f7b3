import { Button, Radio, Select, TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { useDeferredValue, useState } from 'react';
import type { AuthorizationList, AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useAuthorizations, useConnection, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { addressError } from '../address-error.ts';
import { AuthorizationsTable } from './authorizations-table.tsx';
import { type AuthorizationFilter, filterAuthorizations, NO_FILTER } from './filter-authorizations.ts';
import { keyOptions, type Listing, MINE, OTHER, questionOf, startListing } from './listing.ts';
import classes from './authorizations.module.css';

const TITLE = 'Who may join';

type Props = { filled?: Extract<FilledForm, { kind: 'list-authorizations' }> | undefined };

/** Authorizations to join runs: those a join authority gave, or those a user has. */
export function AuthorizationsScreen({ filled }: Props) {
  const navigation = useNavigation();
  const connection = useConnection().data;
  const signers = useSigners();
  if (connection?.kind === 'offline') {
    return (
      <Page title={TITLE}>
        <EmptyState
          title="This machine stays offline"
          actions={<Button onClick={() => navigation.go({ kind: 'networks' })}>Choose a network</Button>}
        >
          No connection is open, so there are no authorizations to list. Choose a network to connect, or practise on the
          one inside this app.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={TITLE}
      lead="An authorization covers every run whose join authority (grantor) gave it, to one user (grantee) or to anyone."
      actions={
        <>
          <Button variant="default" onClick={() => navigation.go({ kind: 'can-join', runId: '' })}>
            Can it join?
          </Button>
          <Button variant="default" onClick={() => navigation.go({ kind: 'join-kit', runId: '', grantee: '' })}>
            Join kit
          </Button>
          <Button onClick={() => navigation.go({ kind: 'who-may-join' })}>Let someone join</Button>
        </>
      }
    >
      <QueryGate query={signers} failed="The signers could not be read" skeleton={<Reading />}>
        {(known) => <Authorizations start={startListing(known, filled)} signers={known} />}
      </QueryGate>
    </Page>
  );
}

function Reading() {
  return <SkeletonLines lines={8} height={28} label="Reading the authorizations: usually under two seconds" />;
}

function Authorizations({
  start,
  signers,
}: {
  start: Listing;
  signers: NonNullable<ReturnType<typeof useSigners>['data']>;
}) {
  const [listing, setListing] = useState(start);
  const question = questionOf(listing);
  const list = useAuthorizations(question);
  const isGiven = listing.view === 'given';
  return (
    <>
      <div className={classes.filters}>
        <Radio.Group
          label="List"
          value={listing.view}
          onChange={(view) => setListing({ ...listing, view: view === 'used' ? 'used' : 'given', of: MINE })}
        >
          <div className={classes.views} style={{ height: 36 }}>
            <Radio value="given" label="By join authority" />
            <Radio value="used" label="By user" />
          </div>
        </Radio.Group>
        <Select
          label={isGiven ? 'Join authority' : 'User'}
          data={[...keyOptions(signers, listing.view)]}
          value={listing.of}
          onChange={(of) => setListing({ ...listing, of: of ?? MINE })}
          w={300}
        />
        {listing.of === OTHER && (
          <TextInput
            label={isGiven ? 'Address of the join authority' : 'Address of the user'}
            placeholder="base58, 32 bytes"
            value={listing.typed}
            onChange={(event) => setListing({ ...listing, typed: event.currentTarget.value })}
            error={listing.typed === '' ? undefined : addressError(listing.typed)}
            classNames={{ input: 'mono' }}
            w={420}
          />
        )}
      </div>
      {question === undefined ? (
        <EmptyState title={isGiven ? 'Type the address of a join authority' : 'Type the address of a user'}>
          {isGiven
            ? 'Every authorization it gave is listed, with the runs that accept it.'
            : 'Every authorization it has is listed, with the runs that accept it.'}
        </EmptyState>
      ) : (
        <QueryGate query={list} failed="The authorizations could not be listed" skeleton={<Reading />}>
          {(answer) => <Listed key={JSON.stringify(question)} answer={answer} listing={listing} />}
        </QueryGate>
      )}
    </>
  );
}

function Listed({ answer, listing }: { answer: AuthorizationList; listing: Listing }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const [filter, setFilter] = useState<AuthorizationFilter>(NO_FILTER);
  const isGiven = listing.view === 'given';
  const rows =
    listing.of === MINE
      ? answer.rows.filter(({ mineToGrant, mineToUse }) => (isGiven ? mineToGrant : mineToUse))
      : answer.rows;
  const shown = filterAuthorizations(rows, useDeferredValue(filter), labels);
  if (rows.length === 0) return <Nobody isGiven={isGiven} isMine={listing.of === MINE} />;
  return (
    <>
      <div className={classes.filters} style={{ alignItems: 'center' }}>
        <TextInput
          aria-label="Search authorizations"
          placeholder="Search name, address or run"
          leftSection={<Search size={14} aria-hidden />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          w={260}
        />
        <Select
          aria-label="State"
          data={[
            { value: '', label: 'Active and inactive' },
            { value: 'active', label: 'Active' },
            { value: 'inactive', label: 'Inactive' },
          ]}
          value={filter.state}
          onChange={(state) => setFilter({ ...filter, state: state === 'active' || state === 'inactive' ? state : '' })}
          w={170}
        />
        <span className="muted" role="status">
          {countWords(rows, shown)}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No authorization matches"
          actions={
            <Button variant="default" onClick={() => setFilter(NO_FILTER)}>
              Clear the filter
            </Button>
          }
        >
          Nothing among {formatCount(rows.length)} fits this search and state.
        </EmptyState>
      ) : (
        <AuthorizationsTable rows={shown} clusterTime={answer.clusterTime} navigation={navigation} labels={labels} />
      )}
    </>
  );
}

function Nobody({ isGiven, isMine }: { isGiven: boolean; isMine: boolean }) {
  const navigation = useNavigation();
  if (!isGiven) {
    return (
      <EmptyState title={isMine ? 'None of your keys has an authorization' : 'This user has no authorization'}>
        A user joins with an authorization of its own, or with everyone’s where the join authority gave that. Send your
        address to the run’s join authority; “Can it join?” tells what is missing.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={isMine ? 'Your keys let nobody join yet' : 'This join authority lets nobody join'}
      actions={isMine && <Button onClick={() => navigation.go({ kind: 'who-may-join' })}>Let someone join</Button>}
    >
      Without an authorization no client can join a run. Let anyone in, one user, or a list of them: each costs a little
      rent, which comes back when the authorization is closed.
    </EmptyState>
  );
}

function countWords(rows: readonly AuthorizationRow[], shown: readonly AuthorizationRow[]): string {
  const active = rows.filter(({ active: isActive }) => isActive).length;
  if (shown.length < rows.length) return `${formatCount(shown.length)} of ${formatCount(rows.length)} authorizations`;
  return `${formatCount(rows.length)} ${rows.length === 1 ? 'authorization' : 'authorizations'}, ${formatCount(active)} active`;
}
