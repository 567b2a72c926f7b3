import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OperationRequest } from '#core/operations/request.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { StepList } from '#renderer/ui/step-list.tsx';
import { type ApprovesWith, ReviewScreen } from '#renderer/lib/sign/review-screen.tsx';
import { SendingScreen } from '#renderer/lib/sign/sending-screen.tsx';

/** Transactions of a plan that are named at once: the one before, this one, and those to come. */
const MOST_STEPS = 6;

type Phase =
  | { kind: 'asking' }
  | { kind: 'failed'; error: unknown; retry: () => void }
  | { kind: 'reviewing'; step: ReviewedStep; isRenewed: boolean }
  | { kind: 'sending'; step: ReviewedStep; transactionId: string };

/** Takes a request through review, signature and confirmation, transaction by transaction, until the plan is done. */
export function SignPlan({
  request,
  approvesWith,
  onDone,
  onLeave,
}: {
  request: OperationRequest;
  approvesWith?: ApprovesWith | undefined;
  onDone: () => void;
  onLeave: () => void;
}) {
  const client = useClient();
  const [phase, setPhase] = useState<Phase>({ kind: 'asking' });

  function begin(): void {
    setPhase({ kind: 'asking' });
    client.operations.begin(request).then(
      (step) => setPhase({ kind: 'reviewing', step, isRenewed: false }),
      (error: unknown) => setPhase({ kind: 'failed', error, retry: begin }),
    );
  }

  function reviewNext({ planId }: ReviewedStep): void {
    if (planId === undefined) return onDone();
    askNext(planId);
  }

  function askNext(planId: string): void {
    setPhase({ kind: 'asking' });
    client.operations.review({ planId }).then(
      (answer) =>
        answer.kind === 'done' ? onDone() : setPhase({ kind: 'reviewing', step: answer.step, isRenewed: false }),
      (error: unknown) => setPhase({ kind: 'failed', error, retry: () => askNext(planId) }),
    );
  }

  function leave({ planId }: ReviewedStep): void {
    // A plan that main already forgot needs no discarding: leaving works either way.
    if (planId !== undefined) client.operations.discard({ planId }).catch(() => undefined);
    onLeave();
  }

  // Asks once, when the operator came here; a request that changes is another plan and another mount.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(begin, []);

  switch (phase.kind) {
    case 'asking':
      return (
        <Panel title="Making the review">
          <SkeletonLines lines={8} label="Building, simulating and decoding the transaction: usually under a second" />
        </Panel>
      );
    case 'failed':
      return (
        <Failure error={phase.error} onRetry={phase.retry}>
          <Button size="xs" variant="default" onClick={onLeave}>
            Back to the form
          </Button>
        </Failure>
      );
    case 'reviewing':
      return (
        <>
          <PlanSteps step={phase.step} />
          <ReviewScreen
            step={phase.step}
            isRenewed={phase.isRenewed}
            approvesWith={approvesWith}
            onApproved={(transactionId) => setPhase({ kind: 'sending', step: phase.step, transactionId })}
            onRenewed={(step) => setPhase({ kind: 'reviewing', step, isRenewed: true })}
            onLeave={() => leave(phase.step)}
          />
        </>
      );
    case 'sending':
      return (
        <>
          <PlanSteps step={phase.step} />
          <SendingScreen
            key={phase.transactionId}
            transactionId={phase.transactionId}
            title={phase.step.title}
            onConfirmed={() => reviewNext(phase.step)}
            onReviewAgain={() => reviewNext(phase.step)}
          />
        </>
      );
  }
}

function PlanSteps({ step }: { step: ReviewedStep }) {
  const count = step.steps.length;
  if (count < 2) return null;
  const first = count > MOST_STEPS ? Math.min(Math.max(step.stepNumber - 2, 0), count - MOST_STEPS) : 0;
  return (
    <div className="stack">
      <StepList
        label="Transactions of this plan"
        steps={step.steps.slice(first, first + MOST_STEPS).map(({ title }, index) => {
          const number = first + index + 1;
          return {
            id: String(number),
            number,
            title,
            state: number < step.stepNumber ? 'done' : number === step.stepNumber ? 'current' : 'open',
          };
        })}
      />
      {count > MOST_STEPS && (
        <p className="muted small">
          Transaction {formatCount(step.stepNumber)} of {formatCount(count)}
        </p>
      )}
    </div>
  );
}
