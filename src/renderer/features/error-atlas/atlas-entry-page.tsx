import { Button } from '@mantine/core';
import { ATLAS, ATLAS_GROUPS } from '#core/error-atlas/atlas.ts';
import type { AtlasEntry, Cause } from '#core/error-atlas/atlas-entry.ts';
import { helpfulAction } from '#core/error-atlas/helpful-action.ts';
import { HelpfulButton } from '#renderer/lib/helpful-button.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './atlas-entry-page.module.css';
import { codeText } from './code-text.ts';

/** One error in full: what it means here, each reason it can have, how to tell it, and what to do. */
export function AtlasEntryPage({ entry, runId }: { entry: AtlasEntry; runId: string | undefined }) {
  const navigation = useNavigation();
  const { name, message, what, tell, causes, instructions, isNeverGiven } = entry;
  const number = codeText(entry);
  const namesakes = ATLAS.filter(({ id, code }) => code !== undefined && code === entry.code && id !== entry.id);
  return (
    <Page
      title={<span className="break">{name}</span>}
      above={
        <div className="row">
          <Chip tone="accent">{titleOf(entry)}</Chip>
          {number !== '' && <span className="mono muted">{number}</span>}
          {isNeverGiven && <Chip tone="warn">never given by the known programs</Chip>}
        </div>
      }
      actions={
        <Button variant="default" onClick={() => navigation.go({ kind: 'error-atlas' })}>
          All errors
        </Button>
      }
      width="decision"
    >
      <div className="stack">
        {what !== undefined && (
          <Panel title="When it happens">
            <div className={classes.part}>
              <p>{what}.</p>
              <p>
                <strong>How to tell which:</strong> {tell}.
              </p>
            </div>
          </Panel>
        )}
        <Panel title={causes.length === 1 ? 'Why, and what to do' : `${causes.length} reasons`} flush>
          <ol className={classes.causes} data-single={causes.length === 1 || undefined}>
            {causes.map((cause) => (
              <CauseItem key={cause.when} cause={cause} runId={runId} />
            ))}
          </ol>
        </Panel>
        <Panel title="Names">
          <Facts
            wide
            facts={[
              { label: 'Reported by', value: titleOf(entry) },
              ...(message === '' ? [] : [{ label: 'In its own words', value: message }]),
              ...(instructions.length === 0 ? [] : [{ label: 'Given by', value: <Names names={instructions} /> }]),
              { label: 'Atlas id', value: <span className="mono">{entry.id}</span> },
            ]}
          />
        </Panel>
        {namesakes.length > 0 && (
          <Panel title="The same number elsewhere">
            <ul className={classes.namesakes}>
              {namesakes.map((other) => (
                <li key={other.id}>
                  <button
                    type="button"
                    className="link"
                    onClick={() => navigation.go({ kind: 'error-atlas', code: other.id })}
                  >
                    {titleOf(other)}: {other.name}
                  </button>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </Page>
  );
}

/** One reason: what was the case, where it shows, what to do about it. */
function CauseItem({ cause, runId }: { cause: Cause; runId: string | undefined }) {
  const { when, check, remedy, from = [], via = [], accounts = [], help } = cause;
  const action = help === undefined ? undefined : helpfulAction(help, runId);
  return (
    <li className={classes.cause}>
      <p className={classes.when}>{when}.</p>
      <dl className={classes.facts}>
        <dt>Check</dt>
        <dd>{check}.</dd>
        <dt>Do</dt>
        <dd>
          {remedy}.
          {action && (
            <span className={classes.help}>
              <HelpfulButton action={action} />
            </span>
          )}
        </dd>
        {from.length > 0 && (
          <>
            <dt>In</dt>
            <dd>
              <Names names={from} />
              {via.length > 0 && (
                <>
                  {' '}
                  called by <Names names={via} />
                </>
              )}
            </dd>
          </>
        )}
        {accounts.length > 0 && (
          <>
            <dt>Account</dt>
            <dd>
              <Names names={accounts} />
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return <span className="mono small break">{names.join(', ')}</span>;
}

function titleOf({ group }: AtlasEntry): string {
  return ATLAS_GROUPS.find((each) => each.group === group)?.title ?? group;
}
