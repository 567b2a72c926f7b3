import type { UseQueryResult } from '@tanstack/react-query';
import { Failure } from '#renderer/lib/failure.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';

/** A form that cannot be drawn yet: what it waits for is on its way, or could not be read. */
export function WaitingForm({ title, queries }: { title: string; queries: readonly UseQueryResult[] }) {
  const failed = queries.find(({ data, isError }) => data === undefined && isError);
  return (
    <Page title={title} width="form">
      {failed ? (
        <Failure
          error={failed.error}
          title="The form could not be made ready"
          onRetry={() => void Promise.all(queries.map((query) => query.refetch()))}
        />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Page>
  );
}
