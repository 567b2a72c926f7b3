import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Failure } from './failure.tsx';

type Props<T> = {
  query: UseQueryResult<T>;
  /** What is being read, for the failure's heading: “The runs could not be read”. */
  failed: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
};

/** Loading, failed or ready: draws all three. Data that was read once stays when a later read fails. */
export function QueryGate<T>({ query, failed, skeleton, children }: Props<T>) {
  if (query.data === undefined) {
    if (query.isError) return <Failure error={query.error} title={failed} onRetry={() => void query.refetch()} />;
    return skeleton ?? <SkeletonLines />;
  }
  return (
    <>
      {query.isError && (
        <Failure
          error={query.error}
          title={`${failed}; this is the last answer`}
          onRetry={() => void query.refetch()}
        />
      )}
      {children(query.data)}
    </>
  );
}
