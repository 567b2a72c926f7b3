import type { ReactNode } from 'react';
import classes from './progress-bar.module.css';

/** How far something is, with the numbers beside the bar. */
export function ProgressBar({
  label,
  value,
  of,
  words,
}: {
  label: string;
  value: number;
  of: number;
  words: ReactNode;
}) {
  const share = of === 0 ? 0 : Math.min(1, value / of);
  return (
    <div className={classes.progress}>
      <div className={classes.words}>
        <span>{label}</span>
        <span className="muted">{words}</span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={Math.min(value, of)}
      >
        <div className={classes.fill} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
