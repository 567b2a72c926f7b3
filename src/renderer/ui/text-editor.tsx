import { useRef } from 'react';
import classes from './text-editor.module.css';

/** A mark beside a line. Lines count from 1. */
export type LineMark = { readonly line: number; readonly level: 'bad' | 'warn'; readonly message: string };

/** Plain text with line numbers and marks; the text itself is an ordinary text area, so every habit works. */
export function TextEditor({
  label,
  value,
  onChange,
  marks,
  rows = 20,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  marks: readonly LineMark[];
  rows?: number;
}) {
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  const byLine = new Map(marks.toReversed().map((mark) => [mark.line, mark]));
  return (
    <div className={classes.editor}>
      <div ref={gutter} className={classes.gutter} aria-hidden>
        {Array.from({ length: lines }, (_, index) => {
          const mark = byLine.get(index + 1);
          return (
            <div key={index} className={classes.line} data-level={mark?.level} title={mark?.message}>
              {index + 1}
            </div>
          );
        })}
      </div>
      <textarea
        className={classes.text}
        aria-label={label}
        value={value}
        rows={rows}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** Puts the cursor at a place in the text area of an editor, counting from 1. */
export function jumpTo(area: HTMLTextAreaElement, line: number, column: number): void {
  const before = area.value.split('\n').slice(0, line - 1);
  const offset = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(offset, offset);
}
