import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from '#renderer/ui/notice.tsx';
import { isAppError } from '#core/errors/app-error.ts';
import { atlasIdOfAppError } from '#core/error-atlas/atlas-id.ts';
import { AtlasLink } from './atlas-link.tsx';
import { errorWords } from './error-words.ts';

/** What failed, why, and what to do: in place, with a way to try again. */
export function Failure({
  error,
  title,
  onRetry,
  children,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { happened, remedy, code } = errorWords(error);
  const entry = isAppError(error) ? atlasIdOfAppError(error.code, error.params) : undefined;
  return (
    <Notice
      tone="bad"
      title={title ?? happened}
      actions={
        (onRetry || children) && (
          <>
            {onRetry && (
              <Button size="xs" variant="default" onClick={onRetry}>
                Try again
              </Button>
            )}
            {children}
          </>
        )
      }
    >
      {title && <p>{sentence(happened)}</p>}
      {remedy && <p>{sentence(remedy)}</p>}
      <p className="muted small mono">{code}</p>
      {entry !== undefined && (
        <p>
          <AtlasLink entry={entry} />
        </p>
      )}
    </Notice>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
