import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { parseAddress } from '#core/solana/address.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { addressError } from '../address-error.ts';
import classes from './nonces.module.css';

/** Writes the address of a nonce account down, so that it is listed on this network. */
export function RememberNonce() {
  const client = useClient();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const remember = useMutation({
    mutationFn: () => client.nonces.remember({ address: parseAddress(text) }),
    onSuccess() {
      setText('');
      refresh(queries, 'nonces');
    },
  });
  const problem = text === '' ? undefined : addressError(text);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text !== '' && problem === undefined) remember.mutate();
  }
  return (
    <form className="stack" onSubmit={submit}>
      <div className={classes.remember}>
        <TextInput
          label="Nonce account that is not listed"
          placeholder="base58, 32 bytes"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem}
          classNames={{ input: 'mono' }}
          w={460}
        />
        <ActionButton
          type="submit"
          variant="default"
          loading={remember.isPending}
          reason={text === '' ? 'Type an address' : problem === undefined ? '' : 'This is no address'}
        >
          Add it to the list
        </ActionButton>
      </div>
      {remember.error && <Failure error={remember.error} title="The address was not written down" />}
    </form>
  );
}
