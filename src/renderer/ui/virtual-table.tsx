import { useVirtualizer } from '@tanstack/react-virtual';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import classes from './virtual-table.module.css';

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track, such as `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
};

/** By which column rows are sorted, and which way. */
export type Sorting = { readonly column: string; readonly descending: boolean };

type Props<Row> = {
  label: string;
  sorting?: Sorting;
  /** With it, the headings of these columns sort the table. The rows are sorted by whoever gives them. */
  onSort?: (column: string) => void;
  /** Columns that cannot be sorted by. */
  unsorted?: readonly string[];
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowLabel?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  rowHeight?: number;
  /** Height of the scrolling part; grows with the window when absent. */
  height?: number;
};

/** A table that draws only the rows in view: as quick with ten thousand as with one. Arrow keys walk, Enter opens. */
export function VirtualTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowLabel,
  onOpen,
  rowHeight = 44,
  height,
  sorting,
  onSort,
  unsorted = [],
}: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 1000, height: height ?? 600 },
  });
  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div
      className={classes.table}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      data-grow={height === undefined || undefined}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.headRow} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div
              key={column.id}
              role="columnheader"
              data-align={column.align}
              aria-sort={sorting?.column === column.id ? (sorting.descending ? 'descending' : 'ascending') : undefined}
            >
              {onSort && !unsorted.includes(column.id) ? (
                <button type="button" className={classes.sort} onClick={() => onSort(column.id)}>
                  {column.title}
                  {sorting?.column === column.id &&
                    (sorting.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
                </button>
              ) : (
                column.title
              )}
            </div>
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className={classes.scroller}
        style={height === undefined ? undefined : { height }}
        tabIndex={onOpen ? -1 : 0}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-label={rowLabel?.(row)}
                className={classes.row}
                data-opens={onOpen ? true : undefined}
                tabIndex={onOpen ? 0 : undefined}
                style={{ gridTemplateColumns: template, height: item.size, transform: `translateY(${item.start}px)` }}
                onClick={onOpen && (() => onOpen(row))}
                onKeyDown={onOpen && ((event) => walkRows(event, () => onOpen(row)))}
              >
                {columns.map((column) => (
                  <div key={column.id} role="cell" className={classes.cell} data-align={column.align}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function walkRows(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  const here = event.currentTarget;
  if (event.key === 'Enter') open();
  else if (event.key === 'ArrowDown') focus(here.nextElementSibling);
  else if (event.key === 'ArrowUp') focus(here.previousElementSibling);
  else return;
  event.preventDefault();
}

function focus(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}
