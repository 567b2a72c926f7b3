import type { BriefOutcome } from '#core/transactions/outcome.ts';
import { Chip } from '#renderer/ui/chip.tsx';

/** The end of a transaction in a word; on its way while it has none. */
export function OutcomeBadge({ outcome }: { outcome: BriefOutcome | undefined }) {
  if (!outcome) return <Chip tone="accent">on its way</Chip>;
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
