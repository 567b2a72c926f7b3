import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { NewPassphrase, NO_PASSPHRASE, passphraseProblem } from './new-passphrase.tsx';

type Props = { id: string; onEncrypted: (oldFileName: string) => void; onClose: () => void };

/** Encrypts a signer's keyfile into a new file. What was typed stays after a failure. */
export function EncryptForm({ id, onEncrypted, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(NO_PASSPHRASE);
  const encrypt = useMutation({
    mutationFn: () => client.signers.encryptKeyfile({ id, passphrase: new TextEncoder().encode(typed.first) }),
    onSuccess(answer) {
      if (answer.kind === 'cancelled') return;
      refresh(queries, 'signers');
      onEncrypted(answer.oldFileName);
    },
  });
  const problem = passphraseProblem(typed);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (problem === '') encrypt.mutate();
  }
  return (
    <form className="stack" aria-label="Encrypt the keyfile" onSubmit={submit}>
      <NewPassphrase typed={typed} onTyped={setTyped} />
      <p className="muted small">
        A new file is written in the format of age; “age --decrypt” opens it too. The old file stays as it is.
      </p>
      {encrypt.error && <Failure error={encrypt.error} title="The keyfile was not encrypted" />}
      <div className="row">
        <ActionButton type="submit" size="xs" loading={encrypt.isPending} reason={problem}>
          Choose a place and encrypt
        </ActionButton>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
