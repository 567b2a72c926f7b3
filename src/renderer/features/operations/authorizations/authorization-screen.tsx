import { Button } from '@mantine/core';
import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatMoment } from '#renderer/lib/durations.ts';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useAuthorizations } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { agoWords, CLOSING_RULE, closingWords, whoWords } from './authorization-words.ts';
import { addressOrNone } from './listing.ts';
import { actsOf } from './row-actions.tsx';
import { WhoInFull } from './who.tsx';
import classes from './authorizations.module.css';

/** One authorization in full: who, by whom, its delegates, the runs that accept it, and when it can be closed. */
export function AuthorizationScreen({ grantor, grantee }: { grantor: string; grantee: string }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const list = useAuthorizations({ grantor: addressOrNone(grantor), grantee: addressOrNone(grantee) });
  const row = list.data?.rows[0];
  return (
    <Page
      title={`${whoWords(grantee, labels)} may join`}
      width="decision"
      above={row && <div>{row.active ? <Chip tone="good">active</Chip> : <Chip>inactive</Chip>}</div>}
      actions={
        row &&
        actsOf(row).map(({ label, screen }) => (
          <Button key={label} variant="default" onClick={() => navigation.go(screen)}>
            {label}
          </Button>
        ))
      }
    >
      <QueryGate
        query={list}
        failed="The authorization could not be read"
        skeleton={<SkeletonLines lines={8} height={24} label="Reading the authorization" />}
      >
        {({ rows: [one], clusterTime }) =>
          one ? (
            <Details row={one} clusterTime={clusterTime} />
          ) : (
            <EmptyState
              title="There is no such authorization"
              actions={<Button onClick={() => navigation.replace({ kind: 'authorizations' })}>Who may join</Button>}
            >
              It was closed, or it is on another network.
            </EmptyState>
          )
        }
      </QueryGate>
    </Page>
  );
}

/** Runs that are offered as buttons; the list of runs finds the others. */
const MOST_RUNS = 60;

function Details({ row, clusterTime }: { row: AuthorizationRow; clusterTime: number }) {
  const navigation = useNavigation();
  const labels = useLabels();
  return (
    <>
      <Panel title="Authorization">
        <Facts
          facts={[
            { label: 'Who may join', value: <WhoInFull grantee={row.grantee} /> },
            { label: 'Join authority', value: <FullAddress address={row.grantor} label={labels.get(row.grantor)} /> },
            { label: 'Account', value: <FullAddress address={row.address} /> },
            {
              label: 'Last switched',
              value:
                row.updatedAt === undefined
                  ? 'Never: it was created and not activated'
                  : `${agoWords(row.updatedAt, clusterTime)}, ${formatMoment(row.updatedAt * 1_000)}`,
            },
            { label: 'Rent', value: <Sol lamports={row.lamports} /> },
          ]}
        />
      </Panel>
      <Panel title="Delegates" aside={row.delegates.length > 0 && `${row.delegates.length} keys`}>
        {row.delegates.length === 0 ? (
          <p className="muted">
            {row.grantee === SYSTEM_PROGRAM
              ? 'Everyone’s authorization cannot have delegates, and needs none.'
              : 'None. The user can name keys that may join in its name; only its own key can do that.'}
          </p>
        ) : (
          <ul className={classes.list}>
            {row.delegates.map((delegate, index) => (
              <li key={`${index} ${delegate}`} className={classes.item}>
                <FullAddress address={delegate} label={labels.get(delegate)} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Runs that accept it">
        {row.runs.length === 0 ? (
          <p className="muted">No run has this join authority yet.</p>
        ) : (
          <div className="row">
            {row.runs.slice(0, MOST_RUNS).map((runId) => (
              <Button
                key={runId}
                size="compact-sm"
                variant="default"
                onClick={() => navigation.go({ kind: 'run', runId })}
              >
                <Said text={runId} empty="(empty id)" />
              </Button>
            ))}
            {row.runs.length > MOST_RUNS && <span className="muted">and {row.runs.length - MOST_RUNS} more</span>}
          </div>
        )}
      </Panel>
      <Panel title="Closing it">
        <div className="stack">
          <p>
            {closingWords(row.closing, clusterTime)} The rent of <Sol lamports={row.lamports} /> then goes to the fee
            payer.
          </p>
          <p className="muted small">{CLOSING_RULE}</p>
        </div>
      </Panel>
    </>
  );
}
