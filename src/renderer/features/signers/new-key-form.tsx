import { Button, Checkbox, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { NewPassphrase, NO_PASSPHRASE, passphraseProblem } from './new-passphrase.tsx';

/** @param onMade - given the words of the key, empty when they were not asked for */
type Props = { onMade: (words: string) => void; onClose: () => void };

/** Makes a key in a new file: encrypted unless the operator wants a plain one. */
export function NewKeyForm({ onMade, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [isPlain, setIsPlain] = useState(false);
  const [withWords, setWithWords] = useState(false);
  const [typed, setTyped] = useState(NO_PASSPHRASE);
  const make = useMutation({
    // The answer may hold the words: it is not kept behind the screen that shows them.
    gcTime: 0,
    async mutationFn() {
      const answer = await client.signers.createKey({
        withWords,
        ...(isPlain ? {} : { passphrase: new TextEncoder().encode(typed.first) }),
      });
      if (answer.kind === 'cancelled') return;
      refresh(queries, 'signers');
      onMade(new TextDecoder().decode(answer.words));
    },
  });
  const problem = isPlain ? '' : passphraseProblem(typed);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (problem === '') make.mutate();
  }
  return (
    <Panel title="New key">
      <form className="stack" aria-label="New key" onSubmit={submit}>
        <Radio.Group
          label="Its file"
          value={isPlain ? 'plain' : 'encrypted'}
          onChange={(value) => setIsPlain(value === 'plain')}
        >
          <div className="stack" style={{ gap: 6, marginTop: 6 }}>
            <Radio value="encrypted" label="Encrypted under a passphrase, asked for each time it signs" />
            <Radio value="plain" label="Plain, as solana-keygen writes it: who reads the file has the key" />
          </div>
        </Radio.Group>
        {!isPlain && <NewPassphrase typed={typed} onTyped={setTyped} />}
        <Checkbox
          label="Show me its twelve words for a backup on paper"
          description="They are shown once. Without them, the file is the only copy of the key"
          checked={withWords}
          onChange={(event) => setWithWords(event.currentTarget.checked)}
        />
        {make.error && <Failure error={make.error} title="No key was made" />}
        <div className="row">
          <ActionButton type="submit" loading={make.isPending} reason={problem}>
            Choose a place and make it
          </ActionButton>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Panel>
  );
}
