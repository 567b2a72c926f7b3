import { Button } from '@mantine/core';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { formatCount, formatSeconds } from './durations.ts';
import { useNow } from './use-now.ts';

/** When the chain was read, and the button that reads it again. */
export function ReadAge({
  slot,
  readAt,
  isReading,
  onRead,
}: {
  slot: bigint;
  /** Milliseconds since 1970. */
  readAt: number;
  isReading: boolean;
  onRead: () => void;
}) {
  const age = Math.max(0, (useNow() - readAt) / 1_000);
  return (
    <div className="row">
      <span className="muted small">
        Read at slot {formatCount(slot)}, {age < 1 ? 'just now' : `${formatSeconds(age)} ago`}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<RotateCw size={12} aria-hidden />}
        aria-disabled={isReading || undefined}
        onClick={() => isReading || onRead()}
      >
        Read again
      </Button>
    </div>
  );
}
