import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isAppError } from '#core/errors/app-error.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';

/** A transaction in base64, pasted or opened from a file. */
export function HandedTextField({
  text,
  onText,
  autoFocus = false,
}: {
  text: string;
  onText: (text: string) => void;
  autoFocus?: boolean;
}) {
  const client = useClient();
  const [fileName, setFileName] = useState('');
  const open = useMutation({
    mutationFn: () => client.transactions.openHanded({}),
    onSuccess(answer) {
      if (answer.kind !== 'opened') return;
      setFileName(answer.fileName);
      onText(answer.text);
    },
  });
  return (
    <div className="stack">
      <Textarea
        label="Transaction in base64"
        description="What you were sent, signed or not. Nothing is signed or sent by looking at it."
        placeholder="AQAAAA…"
        rows={5}
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoFocus={autoFocus}
        classNames={{ input: 'mono' }}
        onChange={(event) => {
          setFileName('');
          onText(event.currentTarget.value);
        }}
      />
      <div className="row">
        <Button size="xs" variant="default" loading={open.isPending} onClick={() => open.mutate()}>
          Open a file
        </Button>
        {fileName !== '' && (
          <span role="status" className="muted small">
            From {fileName}
          </span>
        )}
      </div>
      {open.error && <Failure error={open.error} title="The file was not opened" onRetry={() => open.mutate()} />}
    </div>
  );
}

/** Why a text could not be looked at. Trying again is offered only where the text itself is not what is wrong. */
export function HandedFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const isAboutText = isAppError(error) && /^(handed|message|transaction)\//.test(error.code);
  return <Failure error={error} {...(isAboutText ? {} : { onRetry })} />;
}
