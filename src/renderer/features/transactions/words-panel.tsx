import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { LABEL_MAX, NOTE_MAX } from '#core/journal/annotation.ts';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './transactions.module.css';

/** The operator's own words about a transaction: a short label for lists, a note for everything else. */
export function WordsPanel({ view }: { view: TransactionView }) {
  const [isOpen, setOpen] = useState(false);
  const isEmpty = view.label === '' && view.note === '';
  return (
    <Panel
      title="Label and note"
      aside={
        !isOpen && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {isEmpty ? 'Add' : 'Change'}
          </Button>
        )
      }
    >
      {isOpen ? (
        <WordsForm view={view} onDone={() => setOpen(false)} />
      ) : isEmpty ? (
        <p className="muted small">
          Nothing written yet. A label shows in the list and in the books; both are found by the search.
        </p>
      ) : (
        <div className="stack">
          {view.label !== '' && (
            <strong>
              <Said text={view.label} />
            </strong>
          )}
          {view.note !== '' && (
            <div className={classes.note}>
              {view.note.split('\n').map((line, index) => (
                <p key={index}>{line === '' ? '\u00A0' : <Said text={line} />}</p>
              ))}
            </div>
          )}
        </div>
      )}
    </Panel>
  );
}

function WordsForm({
  view: { id, label: before, note: noteBefore },
  onDone,
}: {
  view: TransactionView;
  onDone: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const [label, setLabel] = useState(before);
  const [note, setNote] = useState(noteBefore);
  const save = useMutation({
    mutationFn: () => client.transactions.annotate({ id, label, note }),
    onSuccess() {
      refresh(queries, 'transactions', 'transaction');
      onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Label"
        description={`One line, at most ${LABEL_MAX} characters`}
        maxLength={LABEL_MAX}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label="Note"
        description={`${note.length} of ${NOTE_MAX} characters`}
        maxLength={NOTE_MAX}
        rows={5}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p className="muted small">
        Kept in the journal and in its exports. What it said before stays in the journal’s records.
      </p>
      {save.error && <Failure error={save.error} title="The words were not kept" />}
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          Keep
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
