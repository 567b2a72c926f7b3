import { safeText } from '#core/units/safe-text.ts';
import { Chip } from '#renderer/ui/chip.tsx';

/** Text somebody else wrote: kept apart from its surroundings, hidden characters shown and named. Empty text says so. */
export function Said({ text, empty = 'empty' }: { text: string; empty?: string }) {
  if (text === '') return <span className="muted">{empty}</span>;
  const { text: shown, hasHidden } = safeText(text);
  return (
    <>
      <bdi>{shown}</bdi>
      {hasHidden && (
        <>
          {' '}
          <Chip tone="warn">contains hidden characters</Chip>
        </>
      )}
    </>
  );
}
