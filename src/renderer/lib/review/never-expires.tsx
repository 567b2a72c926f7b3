import { Button } from '@mantine/core';
import type { Review } from '#core/transactions/review.ts';
import { FullAddress } from '../address.tsx';
import { useLabels } from '../labels.ts';
import { useNavigation } from '../navigation.tsx';

/** What a transaction that never lapses lives by, who can cancel it, and how. */
export function NeverExpires({ lifetime }: { lifetime: Extract<Review['lifetime'], { kind: 'nonce' }> }) {
  const labels = useLabels();
  const navigation = useNavigation();
  const { nonceAccount, nonceAuthority } = lifetime;
  const isHeld = nonceAuthority !== undefined && labels.has(nonceAuthority);
  return (
    <div className="stack" style={{ gap: 6 }}>
      <p>
        <strong>At any time: it never expires.</strong> It can land until its nonce is used or advanced.
      </p>
      <div>
        <p className="muted small">Nonce account</p>
        <FullAddress address={nonceAccount} label={labels.get(nonceAccount)} />
      </div>
      {nonceAuthority !== undefined && (
        <div>
          <p className="muted small">Its authority, who alone can cancel</p>
          <FullAddress address={nonceAuthority} role={isHeld ? 'you' : undefined} label={labels.get(nonceAuthority)} />
        </div>
      )}
      {isHeld && (
        <div className="row">
          <span className="muted small">To cancel it once it is signed, advance the nonce.</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => navigation.go({ kind: 'change-nonce', nonceAccount, act: 'advance' })}
          >
            Open that form
          </Button>
        </div>
      )}
    </div>
  );
}
