import { Skeleton } from '@mantine/core';

/** Grey lines where text is about to appear, in about its size. */
export function SkeletonLines({
  lines = 4,
  height = 16,
  label = 'Loading',
}: {
  lines?: number;
  height?: number;
  label?: string;
}) {
  return (
    <div className="stack" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${94 - ((line * 17) % 40)}%`} radius={4} />
      ))}
    </div>
  );
}
