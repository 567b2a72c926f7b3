import { Button } from '@mantine/core';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

type Lifetime = Extract<TransactionView['review']['lifetime'], { kind: 'nonce' }>;

/** A pending transaction that never lapses: what it lives by, whether that still holds, and how to cancel it. */
export function RevokePanel({ lifetime, view }: { lifetime: Lifetime; view: TransactionView }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const { nonceAccount, nonceAuthority, nonce } = lifetime;
  const isHeld = nonceAuthority !== undefined && labels.has(nonceAuthority);
  const isCurrent = view.flight?.isNonceCurrent;
  return (
    <Panel
      title="Never expires"
      aside={
        isHeld &&
        isCurrent !== false &&
        view.flight?.isConnected === true && (
          <Button
            size="xs"
            variant="default"
            onClick={() => navigation.go({ kind: 'change-nonce', nonceAccount, act: 'advance' })}
          >
            Revoke: advance the nonce
          </Button>
        )
      }
    >
      <div className="stack">
        <p>
          {isCurrent === false
            ? 'Its nonce has moved on: either it landed, or it is dead. The app finds out which.'
            : isHeld
              ? 'It can land until its nonce is used or advanced. Advancing it costs one fee, and kills every copy of this transaction.'
              : 'It can land until its nonce is used or advanced. Only the authority of the nonce account can cancel it.'}
        </p>
        <Facts
          wide
          facts={[
            { label: 'Nonce account', value: <FullAddress address={nonceAccount} label={labels.get(nonceAccount)} /> },
            ...(nonceAuthority === undefined
              ? []
              : [
                  {
                    label: 'Authority',
                    value: (
                      <FullAddress
                        address={nonceAuthority}
                        role={isHeld ? 'you' : undefined}
                        label={labels.get(nonceAuthority)}
                      />
                    ),
                  },
                ]),
            { label: 'Built on the value', value: <span className="mono small break">{nonce}</span> },
            ...(isCurrent === undefined
              ? []
              : [{ label: 'On chain now', value: isCurrent ? 'the same value' : 'another value' }]),
          ]}
        />
      </div>
    </Panel>
  );
}
