import type { CommandNote, ReadCommand } from '#core/command-line/read-command.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { formWords } from './form-words.ts';
import classes from './paste-command.module.css';
import { needsRunId, placeOfForm } from './screen-of-form.ts';

const KINDS: Readonly<Record<CommandNote['kind'], { word: string; tone: 'plain' | 'accent' | 'warn' }>> = {
  choice: { word: 'choose', tone: 'warn' },
  unknown: { word: 'not understood', tone: 'warn' },
  missing: { word: 'missing', tone: 'warn' },
  'fill-in': { word: 'to type', tone: 'accent' },
  told: { word: 'note', tone: 'plain' },
};

/** Most pressing first. */
const ORDER: readonly CommandNote['kind'][] = ['choice', 'unknown', 'missing', 'fill-in', 'told'];

/** One command of the pasted text: what it does, what was understood of it, and the way to its form. */
export function CommandCard({ command, runId }: { command: ReadCommand; runId: string }) {
  const navigation = useNavigation();
  const { form, title, line, understood, notes } = command;
  const filled = form && needsRunId(form) && form.runId === '' ? { ...form, runId } : form;
  const place = filled && placeOfForm(filled);
  const lacksRun = filled !== undefined && needsRunId(filled) && filled.runId === '';
  return (
    <Panel
      title={form ? formWords(form) : 'Not read'}
      aside={
        <>
          line {line} · <span className="mono">{title}</span>
        </>
      }
    >
      <div className="stack">
        {understood.length > 0 && (
          <Facts
            wide
            facts={understood.map(({ label, text }) => ({
              label,
              value: (
                <span className={classes.value}>
                  <Said text={text} />
                </span>
              ),
            }))}
          />
        )}
        {notes.length > 0 && (
          <ul className={classes.notes}>
            {ORDER.flatMap((kind) => notes.filter((note) => note.kind === kind)).map(({ kind, text }, index) => (
              <li key={`${kind} ${index}`}>
                <Chip tone={KINDS[kind].tone}>{KINDS[kind].word}</Chip>
                <span>
                  <Said text={text} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {place && (
          <div className="row">
            <ActionButton
              reason={lacksRun ? 'Choose the run first' : ''}
              onClick={() => {
                if (!lacksRun) navigation.go(place.screen);
              }}
            >
              {place.button}
            </ActionButton>
          </div>
        )}
      </div>
    </Panel>
  );
}
