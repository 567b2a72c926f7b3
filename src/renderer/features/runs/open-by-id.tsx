import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

/** Opens a run by its id: works where a provider refuses to list them. */
export function OpenById({ onOpen }: { onOpen: (runId: string) => void }) {
  const [runId, setRunId] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (runId !== '') onOpen(runId);
  }
  return (
    <form className="row" onSubmit={submit}>
      <TextInput
        aria-label="Run id to open"
        placeholder="Run id"
        value={runId}
        onChange={(event) => setRunId(event.currentTarget.value)}
        w={180}
      />
      <Button type="submit" variant="default">
        Open by id
      </Button>
    </form>
  );
}
