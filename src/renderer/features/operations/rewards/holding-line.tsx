import type { TokenHolding } from '#core/rewards/treasury-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useHolding } from '#renderer/lib/queries.ts';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';

/** What a wallet holds of the reward token, or why it cannot pay with it. */
export function HoldingLine({ mint, owner, decimals }: { mint: string; owner: string; decimals: number }) {
  const holding = useHolding(mint, owner);
  if (owner === '') return null;
  if (!holding.data) {
    return holding.isError ? (
      <Failure
        error={holding.error}
        title="The funder's tokens could not be read"
        onRetry={() => void holding.refetch()}
      />
    ) : (
      <SkeletonLines lines={1} label="Reading the funder's tokens" />
    );
  }
  return <HoldingWords holding={holding.data} decimals={decimals} />;
}

function HoldingWords({ holding, decimals }: { holding: TokenHolding; decimals: number }) {
  if (!holding.exists) {
    return (
      <Notice tone="warn" title="This wallet has no account for the reward token">
        It would be <AddressLine address={holding.account} />. Send tokens to the wallet first, or choose another
        funder.
      </Notice>
    );
  }
  if (holding.isFrozen) {
    return (
      <Notice tone="warn" title="This wallet's token account is frozen">
        The freeze authority of the mint must thaw <AddressLine address={holding.account} /> before anything leaves it.
      </Notice>
    );
  }
  return (
    <p className="small">
      <span className="muted">Holds</span> <Tokens amount={holding.amount} decimals={decimals} native />{' '}
      <span className="muted">in</span> <AddressLine address={holding.account} />
    </p>
  );
}
