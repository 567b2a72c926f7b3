import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { isAppError } from '#core/errors/app-error.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Prepared } from '#core/operations/prepared.ts';
import { BeforeAfter } from '#renderer/ui/before-after.tsx';
import { BytesMeter } from '#renderer/ui/bytes-meter.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { ChecksList } from './checks-list.tsx';
import { formatCount } from './durations.ts';
import { ConsequencesList } from './consequences-list.tsx';
import { ReadAge } from './read-age.tsx';
import { Failure } from './failure.tsx';
import { usePrepared } from './queries.ts';
import { Sol } from './sol.tsx';

/** Most bytes of a legacy transaction on the wire. Source: PROTOCOL §3.2. */
const TRANSACTION_LIMIT = 1_232;

/** Transactions whose size is shown at once. */
const MOST_METERS = 4;

/** What an operation will do, its checks, its cost and its command line: live beside the form. */
export function LivePanel({
  request,
  waitingFor,
  showChanges = true,
}: {
  request: OperationRequest | undefined;
  waitingFor: string;
  showChanges?: boolean;
}) {
  const prepared = usePrepared(request);
  if (!request) {
    return (
      <Panel title="What it will do">
        <p className="muted">{waitingFor}</p>
      </Panel>
    );
  }
  if (prepared.isError)
    return (
      <Failure
        error={prepared.error}
        {...(isAboutNonces(prepared.error) ? {} : { title: 'The chain could not be asked' })}
        onRetry={() => void prepared.refetch()}
      />
    );
  if (!prepared.data) {
    return (
      <Panel title="What it will do">
        <SkeletonLines lines={6} label="Checking against the chain" />
      </Panel>
    );
  }
  return (
    <>
      <PreparedPanels prepared={prepared.data} isStale={prepared.isPlaceholderData} showChanges={showChanges} />
      <ReadAge
        slot={prepared.data.slot}
        readAt={prepared.dataUpdatedAt}
        isReading={prepared.isFetching}
        onRead={() => void prepared.refetch()}
      />
    </>
  );
}

/** What the chosen lifetime lacks is said in its own words. */
function isAboutNonces(error: unknown): boolean {
  return isAppError(error) && error.code.startsWith('nonce/');
}

function PreparedPanels({
  prepared,
  isStale,
  showChanges,
}: {
  prepared: Prepared;
  isStale: boolean;
  showChanges: boolean;
}) {
  const approvals = prepared.steps.length;
  return (
    <>
      <Panel
        title="What it will do"
        aside={
          isStale ? <Skeleton width={48} height={12} /> : `${approvals} ${approvals === 1 ? 'approval' : 'approvals'}`
        }
      >
        <div className="stack">
          {approvals === 0 && (
            <p className="muted">
              {isRefused(prepared)
                ? 'Nothing would be sent: what fails below says why.'
                : 'Nothing: the chain already says so.'}
            </p>
          )}
          <StepMeters steps={prepared.steps} />
          <Facts
            facts={[
              ...(prepared.lockedLamports > 0n
                ? [
                    {
                      label: 'Locked for storage',
                      value: (
                        <>
                          <Sol lamports={prepared.lockedLamports} />
                          <br />
                          <span className="muted small">{prepared.lockedNote}</span>
                        </>
                      ),
                    },
                  ]
                : []),
              { label: 'Network fees', value: <NetworkFees prepared={prepared} /> },
            ]}
          />
        </div>
      </Panel>
      {showChanges && prepared.changes.length > 0 && (
        <Panel title="What changes">
          <BeforeAfter differences={prepared.changes} />
        </Panel>
      )}
      {prepared.consequences.length > 0 && (
        <Panel title="What it means">
          <ConsequencesList consequences={prepared.consequences} />
        </Panel>
      )}
      <Panel title="Checks" aside={<ChecksVerdict checks={prepared.checks} />}>
        <ChecksList checks={prepared.checks} besideForm />
      </Panel>
      {prepared.command !== '' && (
        <Fold title={prepared.command.startsWith('solana ') ? 'The same with solana' : 'The same with run-manager'}>
          <RawText text={prepared.command} label="Command line" wrap />
        </Fold>
      )}
    </>
  );
}

/** The size of each transaction. Beyond a few they are folded away, and drawn only while the fold is open. */
function StepMeters({ steps }: { steps: Prepared['steps'] }) {
  const [isOpen, setIsOpen] = useState(false);
  const rest = steps.length > MOST_METERS ? steps.length - MOST_METERS : 0;
  const meter = (step: Prepared['steps'][number], index: number) => (
    <BytesMeter
      key={`${index} ${step.title}`}
      label={`${index + 1}. ${step.title}`}
      bytes={step.sizeBytes}
      limit={TRANSACTION_LIMIT}
      parts={step.parts}
    />
  );
  return (
    <>
      {steps.slice(0, MOST_METERS).map((step, index) => meter(step, index))}
      {rest > 0 && (
        <Fold
          title={`and ${formatCount(rest)} more ${rest === 1 ? 'transaction' : 'transactions'}`}
          open={isOpen}
          onToggle={setIsOpen}
        >
          {isOpen && (
            <div className="stack">
              {steps.slice(MOST_METERS).map((step, index) => meter(step, index + MOST_METERS))}
            </div>
          )}
        </Fold>
      )}
    </>
  );
}

function NetworkFees({ prepared: { feeLamports, mostPriorityLamports } }: { prepared: Prepared }) {
  return (
    <>
      <Sol lamports={feeLamports} />
      {mostPriorityLamports > 0n && (
        <>
          <br />
          <span className="muted small">
            and a priority fee of at most <Sol lamports={mostPriorityLamports} />
          </span>
        </>
      )}
    </>
  );
}

function ChecksVerdict({ checks }: { checks: Prepared['checks'] }) {
  const count = (kind: 'fail' | 'warn') => checks.filter((check) => check.kind === kind).length;
  if (count('fail') > 0) return <span className="bad">{count('fail')} failing</span>;
  if (count('warn') > 0) return <span className="warn">{count('warn')} to know about</span>;
  return <span className="good">all pass</span>;
}

/** Why an operation cannot be reviewed yet, in a few words. Empty: it can. Failing checks do not stop a review, which asks for a typed word. */
export function reviewReason(
  request: OperationRequest | undefined,
  prepared: Prepared | undefined,
  waitingFor: string,
): string {
  if (!request) return waitingFor;
  if (prepared && prepared.steps.length === 0)
    return isRefused(prepared) ? 'Nothing would be sent: see what fails' : 'There is nothing to send';
  return '';
}

/** A plan is left empty where its steps could not all be carried out. */
function isRefused({ checks }: Prepared): boolean {
  return checks.some(({ kind }) => kind === 'fail');
}
