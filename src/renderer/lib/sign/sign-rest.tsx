import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { ReviewScreen } from './review-screen.tsx';

/** Reviews a partly signed transaction anew, from its bytes, to sign what is missing with the keys that are here. */
export function SignRest({ id, onSigned, onLeave }: { id: string; onSigned: () => void; onLeave: () => void }) {
  const client = useClient();
  const rest = useQuery({
    queryKey: ['sign-rest', id],
    queryFn: () => client.transactions.signRest({ id }),
    // A review stands until it is left: another reading would be another review.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (rest.data) return <ReviewScreen step={rest.data} onApproved={onSigned} onLeave={onLeave} />;
  if (rest.error) {
    return (
      <Failure error={rest.error} onRetry={() => void rest.refetch()}>
        <Button size="xs" variant="default" onClick={onLeave}>
          Back
        </Button>
      </Failure>
    );
  }
  return (
    <Panel title="Making the review">
      <SkeletonLines lines={8} label="Decoding and simulating the transaction: usually under a second" />
    </Panel>
  );
}
