import type { BriefOutcome } from '#core/transactions/outcome.ts';
import { Chip } from '#renderer/ui/chip.tsx';

/** The end of a transaction in a word; while it has none, whether it is on its way or waits for signatures. */
export function OutcomeBadge({ outcome, missing = 0 }: { outcome: BriefOutcome | undefined; missing?: number }) {
  if (!outcome)
    return missing > 0 ? <Chip tone="warn">waits for {missing}</Chip> : <Chip tone="accent">on its way</Chip>;
  switch (outcome.kind) {
    case 'confirmed':
      return <Chip tone="good">confirmed</Chip>;
    case 'failed':
      return <Chip tone="bad">failed</Chip>;
    case 'expired':
      return <Chip tone="warn">expired</Chip>;
    case 'nonce-used':
      return <Chip tone="warn">nonce used</Chip>;
    case 'unknown':
      return <Chip tone="warn">may still land</Chip>;
  }
}
