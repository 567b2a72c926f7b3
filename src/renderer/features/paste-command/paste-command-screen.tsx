import { Autocomplete, Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { allowTogether } from '#core/command-line/allow-together.ts';
import { DROPPED, dropSecrets } from '#core/command-line/drop-secrets.ts';
import { type CommandReading, readCommandLine } from '#core/command-line/read-command-line.ts';
import { RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import { utf8Length } from '#core/operations/run-fields.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { useRuns } from '#renderer/lib/queries.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TogetherCard } from './together-card.tsx';
import { CommandCard } from './command-card.tsx';
import classes from './paste-command.module.css';
import { needsRunId } from './screen-of-form.ts';

/** A text as it may stand in the field, and how many secrets it has lost. */
type Pasted = { readonly text: string; readonly secrets: number };

/** Reads commands of the command line and opens the forms that do the same. Nothing of them is run. */
export function PasteCommandScreen({
  text = '',
  secrets: before = 0,
}: {
  text?: string | undefined;
  /** Taken out of the text before it came here. */
  secrets?: number | undefined;
}) {
  const [pasted, setPasted] = useState<Pasted>(() => without(text, before));
  const [runId, setRunId] = useState('');
  const runs = useRuns().data?.rows ?? [];
  const { reading, error } = attempt(pasted.text);
  const secrets = pasted.secrets + (reading?.secrets ?? 0);
  const lacksRun = reading?.commands.some(({ form }) => form && needsRunId(form) && form.runId === '') === true;
  return (
    <Page
      title="Paste a command"
      lead="Commands of run-manager, of the older psyche-solana-client, and the scripts before them. They are read, never run."
      width="decision"
    >
      <Panel
        title="Commands"
        aside={
          pasted.text !== '' && (
            <Button size="compact-xs" variant="default" onClick={() => setPasted({ text: '', secrets: 0 })}>
              Clear
            </Button>
          )
        }
      >
        <div className="stack">
          <Textarea
            aria-label="Commands to read"
            placeholder="run-manager set-paused --run-id atlas-7 --resume"
            rows={Math.min(Math.max(pasted.text.split('\n').length + 1, 5), 16)}
            resize="vertical"
            value={pasted.text}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setPasted(without(next, next === '' ? 0 : pasted.secrets));
            }}
            classNames={{ input: classes.text }}
            autoFocus
          />
          {lacksRun && (
            <Autocomplete
              label="Run"
              description="The text does not say which run it is about"
              placeholder="Run id"
              data={[...new Set(runs.map((row) => row.runId))]}
              limit={8}
              value={runId}
              onChange={setRunId}
              error={utf8Length(runId) > RUN_ID_MAX_BYTES ? 'The run id is too long' : undefined}
              classNames={{ input: 'mono' }}
            />
          )}
        </div>
      </Panel>
      {secrets > 0 && (
        <Notice
          tone="bad"
          title={secrets === 1 ? 'A secret was in the text and was dropped' : `${secrets} secrets were dropped`}
        >
          Keys, seeds and passwords are neither kept nor shown here. Whoever else saw that text may have it: the
          clipboard, a chat, the history of a shell. Move what it guards to another key if it was ever shared.
        </Notice>
      )}
      {error !== undefined && <Failure error={error} />}
      {reading && allowTogether(reading.commands).map((form) => <TogetherCard key={form.users.join()} form={form} />)}
      {reading?.commands.map((command) => (
        <CommandCard key={`${command.line} ${command.title}`} command={command} runId={runId} />
      ))}
      {reading !== undefined && reading.leftOut > 0 && (
        <Notice tone="warn" title={`${formatCount(reading.leftOut)} more commands are not read`}>
          Paste them by themselves.
        </Notice>
      )}
      {pasted.text.trim() === '' && <Examples />}
      {pasted.text.trim() !== '' && reading?.commands.length === 0 && (
        <Notice tone="info" title="There is no command in this text">
          Comments and variables alone do nothing.
        </Notice>
      )}
    </Page>
  );
}

function Examples() {
  return (
    <EmptyState title="What the command line does, this app does">
      <div className="stack">
        <p>
          Paste one command or a whole page of them. Each opens the form that does the same, filled in as far as the
          command says; what it does not say is asked there.
        </p>
        <ul className={`${classes.examples} mono small`}>
          <li>run-manager create-run --run-id atlas-7 --client-version latest</li>
          <li>cargo run --release --bin psyche-solana-client -- update-config …</li>
          <li>sh scripts/join-authorization-create.sh devnet join_authority.json 1111…</li>
        </ul>
      </div>
    </EmptyState>
  );
}

/** Takes secrets out before the field ever shows them. */
function without(text: string, before: number): Pasted {
  const { text: kept, dropped } = dropSecrets(text);
  return { text: kept.replaceAll(DROPPED, '[dropped]'), secrets: before + dropped };
}

function attempt(text: string): { reading?: CommandReading; error?: unknown } {
  try {
    return { reading: readCommandLine(text) };
  } catch (error) {
    return { error };
  }
}
