import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { FieldNode } from '#core/codec/field-node.ts';
import { fieldText } from '#core/codec/field-text.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { type FieldRow, hasParts, visibleFields } from './fields.ts';
import classes from './field-tree.module.css';

const ROW_HEIGHT = 26;

type Props = {
  fields: readonly FieldNode[];
  open: ReadonlySet<string>;
  onOpen: (open: ReadonlySet<string>) => void;
  litPath: string | undefined;
  /** Path to bring into view. */
  goTo: string;
  onPoint: (field: FieldNode | undefined) => void;
  onPick: (field: FieldNode) => void;
};

/** Decoded fields as a tree that opens lazily. Arrow keys open, close and walk. */
export function FieldTree({ fields, open, onOpen, litPath, goTo, onPoint, onPick }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleFields(fields, open), [fields, open]);
  const lit = litRow(rows, litPath);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 600, height: 520 },
  });
  const target = goTo === '' ? -1 : rows.findIndex(({ field }) => field.path === goTo);
  useEffect(() => {
    if (target >= 0) virtual.scrollToIndex(target, { align: 'center' });
  }, [target, virtual]);

  function toggle({ field, isOpen }: FieldRow) {
    const next = new Set(open);
    if (isOpen) next.delete(field.path);
    else next.add(field.path);
    onOpen(next);
  }
  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      aria-label="Decoded fields"
      onMouseLeave={() => onPoint(undefined)}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={row.field.path}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={hasParts(row.field) ? row.isOpen : undefined}
              aria-selected={row.field.path === goTo}
              tabIndex={index === 0 || row.field.path === goTo ? 0 : -1}
              className={classes.row}
              data-lit={row.field.path === lit || undefined}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 12 + row.depth * 16 }}
              onMouseEnter={() => onPoint(row.field)}
              onFocus={() => onPoint(row.field)}
              onClick={() => {
                onPick(row.field);
                if (hasParts(row.field)) toggle(row);
              }}
              onKeyDown={(event) => onKey(event, row, () => toggle(row))}
            >
              <span className={classes.mark} aria-hidden>
                {hasParts(row.field) ? (row.isOpen ? '▾' : '▸') : ''}
              </span>
              <span className={classes.name}>{row.field.name}</span>
              <FieldValue field={row.field} />
              <span className={classes.type}>{row.field.type}</span>
              <span className={classes.copy}>
                <CopyButton text={row.field.path} label={`Copy path ${row.field.path}`} />
                {fieldText(row.field) !== '' && (
                  <CopyButton text={fieldText(row.field)} label={`Copy value of ${row.field.path}`} />
                )}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function FieldValue({ field }: { field: FieldNode }) {
  const navigation = useNavigation();
  const text = fieldText(field);
  if (text === '')
    return <span className={classes.value}>{hasParts(field) ? '' : <span className="muted">empty</span>}</span>;
  if (field.value instanceof Uint8Array && /\bpubkey\b/.test(field.type)) {
    return (
      <button
        type="button"
        tabIndex={-1}
        className={`link ${classes.value}`}
        onClick={(event) => {
          event.stopPropagation();
          navigation.go({ kind: 'inspector', text });
        }}
      >
        {text}
      </button>
    );
  }
  return (
    <span className={classes.value}>
      <Said text={text} />
    </span>
  );
}

/** The innermost row in view that holds the pointed field. */
function litRow(rows: readonly FieldRow[], path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return rows.findLast(
    ({ field }) => path === field.path || path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}[`),
  )?.field.path;
}

function onKey(event: KeyboardEvent<HTMLElement>, row: FieldRow, toggle: () => void): void {
  if (event.target !== event.currentTarget) return;
  const here = event.currentTarget;
  const wants = { ArrowRight: hasParts(row.field) && !row.isOpen, ArrowLeft: row.isOpen, Enter: hasParts(row.field) };
  if (event.key in wants) {
    if (wants[event.key as keyof typeof wants]) toggle();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = event.key === 'ArrowDown' ? here.nextElementSibling : here.previousElementSibling;
    if (next instanceof HTMLElement) next.focus();
  } else return;
  event.preventDefault();
}
