import { Button, TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { ATLAS, ATLAS_GROUPS } from '#core/error-atlas/atlas.ts';
import type { AtlasEntry } from '#core/error-atlas/atlas-entry.ts';
import { searchAtlas } from '#core/error-atlas/search-atlas.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './atlas-list.module.css';
import { codeText } from './code-text.ts';

/** Every code, by program; what is typed narrows it. Enter opens the best, the arrow keys walk through the list. */
export function AtlasList({ start, runId }: { start: string; runId: string | undefined }) {
  const navigation = useNavigation();
  const [query, setQuery] = useState(start);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = searchAtlas(useDeferredValue(query));
  const groups = groupsOf(found);

  function open({ id }: AtlasEntry) {
    navigation.go({ kind: 'error-atlas', code: id, ...(runId === undefined ? {} : { runId }) });
  }

  function walk(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    if (at + by < 0) field.current?.focus();
    else rows[at + by]?.focus();
  }

  return (
    <Page
      title="Error atlas"
      lead="What each error code means, when it happens, and what to do. The same number means different things in different programs."
      width="form"
    >
      <div onKeyDown={walk} className="stack">
        <div className={classes.search}>
          <TextInput
            ref={field}
            aria-label="Search errors"
            placeholder="Code, name or words: 6004, 0x1774, ConstraintRaw, too many requests"
            leftSection={<Search size={14} aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [best] = searchAtlas(query);
              if (event.key === 'Enter' && query.trim() !== '' && best) open(best);
            }}
            className={classes.field}
          />
          <span className="muted small" role="status">
            {found.length === ATLAS.length ? `${ATLAS.length} errors` : `${found.length} of ${ATLAS.length} errors`}
          </span>
        </div>
        {found.length === 0 ? (
          <EmptyState
            title="No error is called that"
            actions={
              <Button variant="default" onClick={() => setQuery('')}>
                Show all errors
              </Button>
            }
          >
            Try the number alone, decimal as in 6004 or hexadecimal as logs print it, 0x1774; a part of the name, such
            as Sanity; or one word of what you were doing, such as claim, resume or delegates. Fewer words find more.
          </EmptyState>
        ) : (
          <div ref={list} className="stack">
            {groups.map(({ title, entries }) => (
              <Panel key={title} title={title} aside={String(entries.length)} flush>
                <ul className={classes.rows}>
                  {entries.map((entry) => (
                    <li key={entry.id}>
                      <button type="button" className={classes.row} onClick={() => open(entry)}>
                        <span className={classes.code}>{codeText(entry)}</span>
                        <span className={classes.words}>
                          <span className={classes.name}>
                            {entry.name} {entry.isNeverGiven && <Chip>never given</Chip>}
                          </span>
                          <span className={classes.what}>{entry.what ?? entry.causes[0].when}</span>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </Panel>
            ))}
          </div>
        )}
      </div>
    </Page>
  );
}

/** Found entries by program; the program of the best find comes first. */
function groupsOf(found: readonly AtlasEntry[]): readonly { title: string; entries: readonly AtlasEntry[] }[] {
  return [...new Set(found.map(({ group }) => group))].map((group) => ({
    title: ATLAS_GROUPS.find((each) => each.group === group)?.title ?? group,
    entries: found.filter((entry) => entry.group === group),
  }));
}
