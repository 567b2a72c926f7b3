import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { formatSeconds } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';
import { ProgramNotices } from '#renderer/lib/program-notices.tsx';
import { NeverExpires } from '#renderer/lib/review/never-expires.tsx';
import { ReviewFacts, ReviewFlags, ReviewInstructions } from '#renderer/lib/review/review-facts.tsx';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { BeforeAfter } from '#renderer/ui/before-after.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { ConsequencesList } from '#renderer/lib/consequences-list.tsx';
import { ChecksList } from '#renderer/lib/checks-list.tsx';
import { ReviewWarnings } from './review-warnings.tsx';
import { SignerSlots } from './signer-slots.tsx';
import { needsPassphrase, signingLabel, signingParts } from './signing-parts.ts';
import { SimulationPanel } from './simulation-panel.tsx';
import { useArmed } from './use-armed.ts';
import { type Expiry, useExpiry } from './use-expiry.ts';
import classes from './review-screen.module.css';

/** What a person approves: this review of these bytes, with the phrase they typed. */
export type Approval = { readonly reviewId: string; readonly messageHash: string; readonly typed: string };

/** Another way to approve than one signature: what it does, and what its button says. */
export type ApprovesWith = {
  readonly label: string;
  readonly approve: (approval: Approval) => Promise<unknown>;
  readonly onApproved: () => void;
};

type Props = {
  step: ReviewedStep;
  approvesWith?: ApprovesWith | undefined;
  onApproved: (transactionId: string) => void;
  /** Absent for bytes that were there before: nobody can renew them. */
  onRenewed?: ((step: ReviewedStep) => void) | undefined;
  onLeave: () => void;
  /** Set when this review took the place of an older one. */
  isRenewed?: boolean;
};

/** One transaction, decoded from its bytes, to be signed or left. Its approval names the message hash on screen. */
export function ReviewScreen({ step, approvesWith, onApproved, onRenewed, onLeave, isRenewed = false }: Props) {
  const client = useClient();
  const armed = useArmed(step.reviewId);
  const expiry = useExpiry(step);
  const [typed, setTyped] = useState('');
  const [passphrases, setPassphrases] = useState<Readonly<Record<string, string>>>({});
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const { planId, slots } = step;
  const parts = signingParts(slots, later);
  const locked = parts.now.filter(needsPassphrase);
  const approve = useMutation({
    async mutationFn() {
      const approval = { reviewId: step.reviewId, messageHash: step.review.messageHash, typed };
      if (approvesWith) {
        await approvesWith.approve(approval);
        return undefined;
      }
      const left = slots.flatMap(({ address }) => (later.has(address) ? [address] : []));
      const opening = locked.map(({ address }) => ({
        address,
        passphrase: new TextEncoder().encode(passphrases[address] ?? ''),
      }));
      const answer = await client.operations.approve({
        ...approval,
        ...(left.length === 0 ? {} : { absent: left }),
        ...(opening.length === 0 ? {} : { passphrases: opening }),
      });
      return answer.transactionId;
    },
    onSuccess: (transactionId) =>
      transactionId === undefined ? approvesWith?.onApproved() : onApproved(transactionId),
  });
  const renew = useMutation({
    async mutationFn() {
      if (planId === undefined) throw new Error('only the transaction of a plan can be made anew');
      return client.operations.review({ planId });
    },
    onSuccess: (answer) => answer.kind === 'step' && onRenewed?.(answer.step),
  });
  const canRenew = planId !== undefined && onRenewed !== undefined;
  const hasLapsed = expiry?.blocksLeft === 0;
  const shouldRenew = canRenew && expiry?.isHalfOver === true && approve.isIdle && renew.isIdle;
  const { mutate: askAgain } = renew;
  useEffect(() => {
    if (shouldRenew) askAgain();
  }, [shouldRenew, askAgain]);
  const { reset } = renew;
  useEffect(() => reset(), [step.reviewId, reset]);

  const problem = parts.now.find((slot) => slot.problem !== '');
  const unopened = locked.find(({ address }) => !passphrases[address]);
  const wrongPhrase = step.typedPhrase !== '' && typed !== step.typedPhrase;
  const reason =
    step.blocked ||
    (problem ? `${problem.role}: ${problem.problem}` : '') ||
    (approvesWith && locked.length > 0
      ? 'An encrypted keyfile signs once for each passphrase: it cannot repeat'
      : '') ||
    (approvesWith && parts.missing.length > 0 ? 'Somebody else would have to sign each one: it cannot repeat' : '') ||
    (unopened ? `Type the passphrase of ${unopened.label}` : '') ||
    (wrongPhrase ? `Type “${step.typedPhrase}” first` : '') ||
    (hasLapsed ? lapsedReason(canRenew) : '') ||
    (armed ? '' : 'Read it: the button wakes in a moment');

  return (
    <div className="stack-wide">
      <ReviewWarnings step={step} isRenewed={isRenewed} hasLapsed={hasLapsed} isIncomplete={parts.missing.length > 0} />
      <ReviewFlags review={step.review} />
      <ProgramNotices notices={step.deployed} />
      {step.blocked && <Notice tone="bad" title={step.blocked} />}
      <ReviewInstructions review={step.review} />
      <ReviewFacts
        review={step.review}
        feeNote={step.feeNote}
        network={
          <span className="row">
            <NetworkBadge name={step.network.name} cluster={step.network.cluster} />
            <span className="mono small muted break">genesis {step.network.genesisHash}</span>
          </span>
        }
        expiry={<TimeLeft step={step} expiry={expiry} />}
      />
      {step.changes.length > 0 && (
        <Panel title="What changes on chain">
          <BeforeAfter differences={step.changes} />
        </Panel>
      )}
      <SimulationPanel simulation={step.simulation} />
      {step.checks.some(({ kind }) => kind !== 'pass') && (
        <Panel title="Checks">
          <ChecksList checks={step.checks} />
        </Panel>
      )}
      {step.consequences.length > 0 && (
        <Panel title="What it means" aside="from the plan; the bytes are decoded above">
          <ConsequencesList consequences={step.consequences} />
        </Panel>
      )}
      <div className={classes.decide}>
        <SignerSlots
          slots={slots}
          isSigning={approve.isPending}
          typed={passphrases}
          onTyped={(address, text) => setPassphrases((before) => ({ ...before, [address]: text }))}
          later={later}
          onLater={
            approvesWith === undefined
              ? (address, isLater) => setLater((before) => withOrWithout(before, address, isLater))
              : undefined
          }
        />
        {step.typedPhrase !== '' && (
          <TextInput
            label={`Type “${step.typedPhrase}” to sign this`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            classNames={{ input: 'mono' }}
            maw={420}
          />
        )}
        {approve.error && (
          <Failure error={approve.error}>
            {canRenew && (
              <Button size="xs" variant="default" onClick={() => renew.mutate()}>
                Make a new review
              </Button>
            )}
          </Failure>
        )}
        {renew.error && (
          <Failure error={renew.error} title="A new review could not be made" onRetry={() => renew.mutate()} />
        )}
        <div className="row">
          <ActionButton
            variant="default"
            reason={approve.isPending ? 'It is being signed: this can no longer be taken back here' : ''}
            onClick={onLeave}
          >
            Back without signing
          </ActionButton>
          <ActionButton reason={reason} loading={approve.isPending} onClick={() => approve.mutate()}>
            {approvesWith?.label ?? signingLabel(parts)}
          </ActionButton>
          {hasLapsed && canRenew && (
            <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
              Make a new review
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function TimeLeft({ step: { review, origin }, expiry }: { step: ReviewedStep; expiry: Expiry | undefined }) {
  if (review.lifetime.kind === 'nonce') return <NeverExpires lifetime={review.lifetime} />;
  if (!expiry) return <>until its blockhash lapses</>;
  const { blocksLeft, secondsLeft } = expiry;
  return (
    <span role="timer">
      for {origin === 'plan' ? '' : 'at most '}
      {blocksLeft} more blocks, about {formatSeconds(secondsLeft)}
    </span>
  );
}

function lapsedReason(canRenew: boolean): string {
  return canRenew ? 'It has expired: make a new review' : 'It has lapsed: nothing is left to sign';
}

function withOrWithout(addresses: ReadonlySet<string>, address: string, isIn: boolean): ReadonlySet<string> {
  return new Set(isIn ? [...addresses, address] : [...addresses].filter((each) => each !== address));
}
