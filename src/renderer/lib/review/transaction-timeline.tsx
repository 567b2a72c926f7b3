import type { TransactionView } from '#core/transactions/journal-view.ts';
import { Timeline, type TimelineItem } from '#renderer/ui/timeline.tsx';
import { formatMoment } from '../durations.ts';

const WORDS = { reviewed: 'Reviewed', approved: 'Approved', signed: 'Signed', sent: 'Sent', ended: 'Ended' };
const ORDER = ['reviewed', 'approved', 'signed', 'sent', 'ended'] as const;
const WAITS = {
  reviewed: '',
  approved: '',
  signed: 'The signer is asked',
  sent: 'Being sent',
  ended: 'Being confirmed: usually a few seconds',
};

/** A transaction's life so far, and what it waits for. */
export function TransactionTimeline({ transaction }: { transaction: TransactionView }) {
  const seen = new Set(transaction.timeline.map(({ state }) => state));
  const past: TimelineItem[] = transaction.timeline.map((entry) => ({
    title: entry.state === 'ended' ? endWord(transaction) : WORDS[entry.state],
    detail: [formatMoment(entry.at), entry.note].filter(Boolean).join(' · '),
    state: entry.state === 'ended' ? endTone(transaction) : 'done',
  }));
  const ahead: TimelineItem[] = transaction.outcome
    ? []
    : ORDER.filter((state) => !seen.has(state)).map((state, index) => ({
        title: state === 'ended' ? 'Confirmed' : WORDS[state],
        detail: index === 0 ? WAITS[state] : '',
        state: index === 0 ? 'current' : 'ahead',
      }));
  return <Timeline label="Transaction timeline" items={[...past, ...ahead]} />;
}

function endWord({ outcome }: TransactionView): string {
  if (!outcome) return 'Ended';
  return {
    confirmed: 'Confirmed',
    failed: 'Failed',
    expired: 'Expired',
    'nonce-used': 'Nonce used by another',
    unknown: 'Not seen yet',
  }[outcome.kind];
}

function endTone({ outcome }: TransactionView): TimelineItem['state'] {
  if (outcome?.kind === 'confirmed') return 'good';
  return outcome?.kind === 'failed' ? 'bad' : 'warn';
}
