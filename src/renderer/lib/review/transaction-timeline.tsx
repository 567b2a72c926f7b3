import type { TimelineEntry, TransactionView } from '#core/transactions/journal-view.ts';
import { Timeline, type TimelineItem } from '#renderer/ui/timeline.tsx';
import { formatMoment } from '../durations.ts';
import { useLabels } from '../labels.ts';

const WORDS: Readonly<Record<TimelineEntry['state'], string>> = {
  reviewed: 'Reviewed',
  approved: 'Approved',
  signed: 'Signed',
  exported: 'Handed out',
  completed: 'Signatures added',
  sent: 'Sent',
  ended: 'Ended',
};
const ORDER = ['reviewed', 'approved', 'signed', 'completed', 'sent', 'ended'] as const;
const WAITS: Readonly<Record<(typeof ORDER)[number], string>> = {
  reviewed: '',
  approved: '',
  signed: 'The signer is asked',
  completed: 'Nothing is sent before',
  sent: 'Being sent',
  ended: 'Being confirmed: usually a few seconds',
};

/** A transaction's life so far, and what it waits for. */
export function TransactionTimeline({ transaction }: { transaction: TransactionView }) {
  const labels = useLabels();
  const { timeline, outcome, missing, slots } = transaction;
  const signed = slots.length - missing.length;
  const past: TimelineItem[] = timeline.map((entry) => ({
    title: titleOf(entry, transaction),
    detail: [formatMoment(entry.at), entry.state === 'completed' ? namesOf(entry.note, labels) : entry.note]
      .filter(Boolean)
      .join(' · '),
    state: entry.state === 'ended' ? endTone(transaction) : 'done',
  }));
  const seen = new Set(timeline.map(({ state }) => state));
  const ahead: TimelineItem[] = outcome
    ? []
    : ORDER.filter((state) => (state === 'completed' ? missing.length > 0 : !seen.has(state))).map((state, index) => ({
        title: aheadTitle(state, missing.length),
        detail: index === 0 ? (state === 'completed' ? `${signed} of ${slots.length} are there` : WAITS[state]) : '',
        state: index === 0 ? 'current' : 'ahead',
      }));
  return <Timeline label="Transaction timeline" items={[...past, ...ahead]} />;
}

function titleOf({ state }: TimelineEntry, { outcome, missing, timeline }: TransactionView): string {
  if (state === 'ended') return outcome ? END_WORDS[outcome.kind] : 'Ended';
  const isPartly = missing.length > 0 || timeline.some((entry) => entry.state === 'completed');
  return state === 'signed' && isPartly ? 'Signed in part' : WORDS[state];
}

const END_WORDS = {
  confirmed: 'Confirmed',
  failed: 'Failed',
  expired: 'Expired',
  'nonce-used': 'Nonce used by another',
  unknown: 'Not seen yet',
} as const;

function aheadTitle(state: (typeof ORDER)[number], missing: number): string {
  if (state === 'completed') return `Waits for ${missing} ${missing === 1 ? 'signature' : 'signatures'}`;
  return state === 'ended' ? 'Confirmed' : WORDS[state];
}

/** Main notes whose signatures came as addresses, joined by commas. */
function namesOf(note: string, labels: ReadonlyMap<string, string>): string {
  const names = note.split(', ').map((address) => labels.get(address) ?? shortened(address));
  return `by ${names.join(', ')}`;
}

function shortened(address: string): string {
  return address.length > 12 ? `${address.slice(0, 4)}…${address.slice(-5)}` : address;
}

function endTone({ outcome }: TransactionView): TimelineItem['state'] {
  if (outcome?.kind === 'confirmed') return 'good';
  return outcome?.kind === 'failed' ? 'bad' : 'warn';
}
