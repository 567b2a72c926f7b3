import { HelpfulButton } from '#renderer/lib/helpful-button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';

/** Says that a run must stand still first, with the button that pauses it; a pause that is pending is waited for. */
export function PauseFirst({
  runId,
  isPending,
  title,
  isUrgent,
}: {
  runId: string;
  isPending: boolean;
  title: string;
  /** What is typed cannot be sent before. */
  isUrgent: boolean;
}) {
  return (
    <Notice
      tone={isUrgent ? 'warn' : 'info'}
      title={title}
      actions={
        !isPending && (
          <HelpfulButton
            size="xs"
            action={{ label: 'Pause it first', place: { kind: 'set-paused', runId, paused: true } }}
          />
        )
      }
    >
      {isPending
        ? 'A pause is pending: it stands still once this round and the cooldown are over.'
        : 'What is typed here stays until you come back.'}
    </Notice>
  );
}
