import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { OperationRequest } from '#core/operations/request.ts';
import { LivePanel, reviewReason } from '#renderer/lib/live-panel.tsx';
import { usePrepared } from '#renderer/lib/queries.ts';
import type { ApprovesWith } from '#renderer/lib/sign/review-screen.tsx';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { LifetimeField } from './lifetime-field.tsx';
import { SignPlan } from './sign/sign-plan.tsx';
import { useLifetimeDraft, withLifetime } from './use-lifetime.ts';

type Props = {
  title: string;
  lead: ReactNode;
  /** The filled form as a request, or why it is none yet. */
  request: OperationRequest | undefined;
  /** What the chain is asked about, when typing has to rest first; what is signed is always `request`. */
  asked?: OperationRequest | undefined;
  waitingFor: string;
  /** Another way to approve than one signature; the form comes back once it is approved. */
  approvesWith?: Omit<ApprovesWith, 'onApproved'> | undefined;
  onDone: () => void;
  children: ReactNode;
};

/** A form beside its live panel, then review and signature. What was typed stays when the operator comes back. */
export function OperationScreen({
  title,
  lead,
  request: filled,
  asked: askedFor = filled,
  waitingFor,
  approvesWith,
  onDone,
  children,
}: Props) {
  const [signing, setSigning] = useState<OperationRequest>();
  const lifetime = useLifetimeDraft(title, undefined);
  // A nonce carries one transaction: what is repeated is made anew each time.
  const livesBy = approvesWith ? undefined : lifetime.typed;
  const request = useMemo(() => withLifetime(filled, livesBy), [filled, livesBy]);
  const asked = useMemo(() => withLifetime(askedFor, livesBy), [askedFor, livesBy]);
  const prepared = usePrepared(asked);
  const reason = reviewReason(request, prepared.data, waitingFor);
  if (signing) {
    return (
      <Page key="sign" title={title} lead="Review and sign" width="decision">
        <SignPlan
          request={signing}
          approvesWith={approvesWith && { ...approvesWith, onApproved: () => setSigning(undefined) }}
          onDone={() => {
            lifetime.forget();
            onDone();
          }}
          onLeave={() => setSigning(undefined)}
        />
      </Page>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (request && reason === '') setSigning(request);
  }
  return (
    <Page key="form" title={title} lead={lead} width="form">
      <Split
        main={
          <form className="stack-wide" onSubmit={submit}>
            {children}
            <LifetimeField
              choice={livesBy}
              onChoice={lifetime.type}
              changed={filled && 'nonceAccount' in filled.operation ? filled.operation.nonceAccount : undefined}
              hindrance={approvesWith ? 'Each repeated transaction is made anew; a nonce carries one' : ''}
            />
            <ActionButton type="submit" reason={reason}>
              Review and sign
            </ActionButton>
          </form>
        }
        side={<LivePanel request={asked} waitingFor={waitingFor} />}
      />
    </Page>
  );
}
