import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import classes from './hex-view.module.css';

/** Bytes in a row, and the height of a row in pixels. */
const ROW_BYTES = 16;
const ROW_HEIGHT = 20;

export type ByteRange = { readonly start: number; readonly end: number };

/** Raw bytes, 16 a row. Only rows in view exist. Pointing at a byte reports it, a click picks it; a highlighted range is drawn and scrolled to. */
export function HexView({
  label,
  bytes,
  highlight,
  scrollTo,
  onPoint,
  onPick,
  height,
}: {
  label: string;
  bytes: Uint8Array;
  highlight: ByteRange | undefined;
  scrollTo: ByteRange | undefined;
  onPoint: (offset: number | undefined) => void;
  onPick: (offset: number) => void;
  height?: number;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = Math.ceil(bytes.length / ROW_BYTES);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    initialRect: { width: 600, height: height ?? 600 },
  });
  const target = scrollTo && Math.floor(scrollTo.start / ROW_BYTES);
  useEffect(() => {
    if (target !== undefined && target < count) virtual.scrollToIndex(target, { align: 'center' });
  }, [target, count, virtual]);
  return (
    <div
      ref={scroller}
      className={classes.hex}
      style={height === undefined ? undefined : { height }}
      tabIndex={0}
      role="region"
      aria-label={label}
      onMouseLeave={() => onPoint(undefined)}
      onClick={(event) => pick(event.target, onPick)}
      onMouseOver={(event) => onPoint(offsetOf(event.target))}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <HexRow
            key={index}
            bytes={bytes}
            row={index}
            top={start}
            from={clamp(highlight?.start, index)}
            to={clamp(highlight?.end, index)}
          />
        ))}
      </div>
    </div>
  );
}

const HexRow = memo(function HexRow({
  bytes,
  row,
  top,
  from,
  to,
}: {
  bytes: Uint8Array;
  row: number;
  top: number;
  from: number;
  to: number;
}) {
  const offset = row * ROW_BYTES;
  const slice = [...bytes.subarray(offset, offset + ROW_BYTES)];
  return (
    <div className={classes.row} style={{ transform: `translateY(${top}px)` }}>
      <span className={classes.offset}>{offset.toString(16).padStart(6, '0')}</span>
      <span className={classes.bytes}>
        {slice.map((byte, index) => (
          <span
            key={index}
            data-offset={offset + index}
            className={classes.byte}
            data-lit={(index >= from && index < to) || undefined}
            data-zero={byte === 0 || undefined}
          >
            {byte.toString(16).padStart(2, '0')}
          </span>
        ))}
      </span>
      <span className={classes.ascii}>
        {slice.map((byte, index) => (
          <span key={index} data-offset={offset + index} data-lit={(index >= from && index < to) || undefined}>
            {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
          </span>
        ))}
      </span>
    </div>
  );
});

/** Where a range begins or ends within a row: rows it does not touch get the same numbers again and are not drawn anew. */
function clamp(offset: number | undefined, row: number): number {
  return offset === undefined ? 0 : Math.min(ROW_BYTES, Math.max(0, offset - row * ROW_BYTES));
}

function pick(target: EventTarget, onPick: (offset: number) => void): void {
  const offset = offsetOf(target);
  if (offset !== undefined) onPick(offset);
}

function offsetOf(target: EventTarget): number | undefined {
  const text = target instanceof HTMLElement ? target.dataset['offset'] : undefined;
  return text === undefined ? undefined : Number(text);
}
