import { useMemo, useState } from 'react';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { formatSeconds } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { ProgramMark } from '#renderer/lib/program-notices.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useRun, useSigners, useTicker, useTreasury } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { TickerProgress } from '#renderer/lib/ticker-progress.tsx';
import { useNow } from '#renderer/lib/use-now.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { ClaimsPanel } from './claims-panel.tsx';
import { PointsPanel } from './points-panel.tsx';
import { ReadinessPanel } from './readiness-panel.tsx';
import { RunAccounts } from './run-accounts.tsx';
import { type Dumping, RunActions } from './run-actions.tsx';
import { RunClients } from './run-clients.tsx';
import { RunConfiguration } from './run-configuration.tsx';
import { RunDump } from './run-dump.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunSentence } from './run-sentence.tsx';
import { SimulatedClientsPanel } from './simulated-clients-panel.tsx';
import { StateMachine } from './state-machine.tsx';
import { TreasuryPanel } from './treasury-panel.tsx';
import { UserDump } from './user-dump.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './run-screen.module.css';

/** A pasted command that dumps the run or one of its users. */
type Filled = FilledOf<'dump-run'> | FilledOf<'dump-user'>;

/** One run, live: what it waits for, how far it is, and everything that is in its account. */
export function RunScreen({ runId, filled }: { runId: string; filled?: Filled | undefined }) {
  const run = useRun(runId);
  if (!run.data) {
    return (
      <Page title={`Run ${runId}`}>
        <QueryGate query={run} failed="The run could not be read" skeleton={<SkeletonLines lines={12} height={24} />}>
          {() => null}
        </QueryGate>
      </Page>
    );
  }
  return <RunPage view={run.data} filled={filled} problem={run.error} retry={() => void run.refetch()} />;
}

function RunPage({
  view,
  filled,
  problem,
  retry,
}: {
  view: RunView;
  filled: Filled | undefined;
  problem: unknown;
  retry: () => void;
}) {
  const decoded = useMemo(() => decode(view.accountData), [view.accountData]);
  const owned = useLabels().has(view.mainAuthority);
  const account = decoded.account;
  const treasury = useTreasury(view.runId);
  const ticker = useTicker().data;
  const [dumping, setDumping] = useState<Dumping>(() => dumpOf(filled));
  const own = useOwnClient(account);
  const asked = filled?.kind === 'dump-user' ? filled.address : undefined;
  const isNew = account?.state.coordinator.run_state === 'Uninitialized';
  return (
    <Page
      title={account ? <Said text={account.state.metadata.name} empty={`Run ${view.runId}`} /> : `Run ${view.runId}`}
      above={
        <div className="row">
          <strong className="mono break">
            <Said text={view.runId} empty="(empty id)" />
          </strong>
          {account && (
            <RunStateBadge
              state={account.state.coordinator.run_state}
              pendingPause={account.state.coordinator.pending_pause}
            />
          )}
          {owned ? <Chip tone="accent">you own it</Chip> : <Chip>not yours</Chip>}
          {view.treasurerRun && <Chip>rewarded by a treasury</Chip>}
          <DataAge readAt={view.readAt} />
        </div>
      }
      lead={account && account.state.metadata.description !== '' && <Said text={account.state.metadata.description} />}
      actions={
        <RunActions
          runId={view.runId}
          state={account?.state.coordinator.run_state}
          isRewarded={view.treasurerRun !== undefined}
          user={own}
          dumping={dumping}
          onDump={setDumping}
        />
      }
    >
      {problem !== null && (
        <Failure error={problem} title="The run could not be read again; this is the last answer" onRetry={retry} />
      )}
      <ProgramMark />
      {dumping === 'run' && <RunDump runId={view.runId} />}
      {dumping === 'user' && <UserDump runId={view.runId} start={asked ?? own} onClose={() => setDumping('none')} />}
      {decoded.error !== undefined && (
        <Failure error={decoded.error} title="The account of this run cannot be read by this version of the app">
          <span className="muted small">Writing to it is blocked. The bytes can be looked at in the inspector.</span>
        </Failure>
      )}
      {account && (
        <>
          {isNew && owned ? (
            <ReadinessPanel view={view} account={account} treasury={treasury.data} />
          ) : (
            <RunSentence view={view} account={account} treasury={treasury.data} owned={owned} />
          )}
          {ticker && ticker.kind !== 'idle' && ticker.runId === view.runId && <TickerProgress status={ticker} />}
          <div className={classes.grid} data-stretch>
            <Panel title="State">
              <StateMachine
                state={account.state.coordinator.run_state}
                pendingPause={account.state.coordinator.pending_pause}
              />
            </Panel>
            <RunProgress view={view} account={account} />
          </div>
          {treasury.data?.kind !== 'plain' && (
            <QueryGate
              query={treasury}
              failed="The rewards could not be read"
              skeleton={
                <Panel title="Rewards">
                  <SkeletonLines lines={5} label="Reading rates and vault" />
                </Panel>
              }
            >
              {(rewards) => rewards.kind === 'rewarded' && <TreasuryPanel runId={view.runId} treasury={rewards} />}
            </QueryGate>
          )}
          <SimulatedClientsPanel runId={view.runId} />
          <RunClients account={account} />
          {treasury.data?.kind === 'rewarded' && <ClaimsPanel runId={view.runId} />}
          <div className={classes.grid}>
            <RunConfiguration account={account} />
            <div className="stack-wide">
              {treasury.data?.kind === 'plain' && <PointsPanel runId={view.runId} points={treasury.data} />}
              <RunAccounts view={view} />
            </div>
          </div>
        </>
      )}
      {!account && <RunAccounts view={view} />}
    </Page>
  );
}

function dumpOf(filled: Filled | undefined): Dumping {
  if (!filled) return 'none';
  return filled.kind === 'dump-user' ? 'user' : 'run';
}

/** The first of the operator's own keys that the run knows as a client; empty when it knows none. */
function useOwnClient(account: CoordinatorAccount | undefined): string {
  const signers = useSigners().data?.signers;
  return useMemo(() => {
    const known = new Set(account?.state.clients_state.clients.map(({ id }) => addressFromBytes(id.signer)));
    return signers?.find(({ address }) => known.has(address))?.address ?? '';
  }, [account, signers]);
}

function DataAge({ readAt }: { readAt: number }) {
  const age = (useNow() - readAt) / 1_000;
  return (
    <span className={age > 15 ? 'warn small' : 'muted small'} aria-label="Age of the data">
      data is {formatSeconds(age)} old
    </span>
  );
}

function decode(bytes: Uint8Array): { account?: CoordinatorAccount; error?: unknown } {
  try {
    return { account: decodeCoordinatorAccount(bytes) };
  } catch (error) {
    return { error };
  }
}
