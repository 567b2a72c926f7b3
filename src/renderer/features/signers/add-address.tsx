import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { parseAddress } from '#core/solana/address.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';

/** Remembers an address whose key is elsewhere. */
export function AddAddress() {
  const client = useClient();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [label, setLabel] = useState('');
  const add = useMutation({
    mutationFn: async () => client.signers.addAddress({ address: parseAddress(text), label: label.trim() }),
    onSuccess() {
      setText('');
      setLabel('');
      refresh(queries, 'signers');
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== '' && label.trim() !== '') add.mutate();
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Address"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        classNames={{ input: 'mono' }}
      />
      <TextInput label="Name" maxLength={64} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
      {add.error && <Failure error={add.error} />}
      <ActionButton
        type="submit"
        variant="default"
        loading={add.isPending}
        reason={text.trim() === '' || label.trim() === '' ? 'Type an address and a name' : ''}
      >
        Add address
      </ActionButton>
    </form>
  );
}
