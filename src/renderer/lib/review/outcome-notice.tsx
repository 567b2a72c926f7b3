import type { ReactNode } from 'react';
import type { Failure } from '#core/transactions/failure.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { formatCount } from '../durations.ts';
import { Refusal } from './refusal.tsx';

type Props = {
  outcome: Outcome;
  /** Why it failed, when it did. */
  failure: Failure | undefined;
  /** Whether it lived by a nonce rather than by a recent blockhash. */
  livesByNonce?: boolean;
  /** What used its nonce, when another transaction did and the journal knows it. */
  usedBy?: ReactNode;
  actions?: ReactNode;
};

/** How a transaction ended: every ending drawn, what it means, and what to do next. */
export function OutcomeNotice({ outcome, failure, livesByNonce = false, usedBy, actions }: Props) {
  switch (outcome.kind) {
    case 'confirmed':
      return (
        <Notice tone="good" title={`Confirmed in slot ${formatCount(outcome.slot)}`} actions={actions}>
          <p className="mono small break">{outcome.signature}</p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="bad"
          title={`Landed in slot ${formatCount(outcome.slot)} and was refused: the fee is gone, nothing else changed`}
          actions={actions}
        >
          <p>
            {livesByNonce
              ? 'The nonce is used: it cannot be sent again. It is safe to make it again, once the cause is gone.'
              : 'It cannot land again. It is safe to make it again, once the cause is gone.'}
          </p>
          {failure && <Refusal failure={failure} />}
          <Fold title="Logs and error value">
            <RawText text={[...outcome.logs, '', JSON.stringify(outcome.error)].join('\n')} label="Logs" wrap />
          </Fold>
        </Notice>
      );
    case 'expired':
      return (
        <Notice tone="warn" title="Expired: it was not executed and can no longer land" actions={actions}>
          <p>Nothing was paid. That is proven, so it is safe to make it again.</p>
        </Notice>
      );
    case 'nonce-used':
      return (
        <Notice tone="warn" title="Another transaction used its nonce: this one can no longer land" actions={actions}>
          <p>Nothing was paid by this one. That is proven, so it is safe to make it again.</p>
          {usedBy}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="warn" title="Sent, but not seen yet: it may still land" actions={actions}>
          <p>Do not make it again: both could land. The app keeps looking and will say here what became of it.</p>
        </Notice>
      );
  }
}
