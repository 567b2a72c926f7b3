import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** An encrypted keyfile that was chosen and waits for its passphrase. */
export type LockedKeyfile = { readonly handle: string; readonly fileName: string };

/** Asks once for the passphrase of a chosen keyfile, to learn its address. */
export function UnlockForm({ file, onClose }: { file: LockedKeyfile; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const unlock = useMutation({
    mutationFn: () =>
      client.signers.unlockKeyfile({ handle: file.handle, passphrase: new TextEncoder().encode(typed) }),
    onSuccess() {
      refresh(queries, 'signers');
      onClose();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== '') unlock.mutate();
  }
  return (
    <Panel title="Add an encrypted keyfile">
      <form className="stack" aria-label="Add an encrypted keyfile" onSubmit={submit}>
        <p>
          <span className="mono">
            <Said text={file.fileName} />
          </span>{' '}
          is encrypted. Its passphrase is needed once now, to learn its address, and then each time it signs.
        </p>
        <PasswordInput
          label="Passphrase"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {unlock.error && <Failure error={unlock.error} />}
        <div className="row">
          <ActionButton type="submit" loading={unlock.isPending} reason={typed === '' ? 'Type its passphrase' : ''}>
            Open and add
          </ActionButton>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Panel>
  );
}
