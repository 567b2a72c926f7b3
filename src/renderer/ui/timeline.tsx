import type { ReactNode } from 'react';
import classes from './timeline.module.css';

export type TimelineItem = {
  readonly title: string;
  readonly detail: ReactNode;
  readonly state: 'done' | 'current' | 'ahead' | 'good' | 'bad' | 'warn';
};

/** Moments in order: what happened, what is happening, what comes. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol className={classes.timeline} aria-label={label}>
      {items.map((item, index) => (
        <li
          key={`${index} ${item.title}`}
          className={classes.item}
          data-state={item.state}
          aria-current={item.state === 'current' ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden />
          <div className={classes.text}>
            <span className={classes.title}>{item.title}</span>
            {item.detail && <span className="muted small break">{item.detail}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
