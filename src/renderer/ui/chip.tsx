import type { ReactNode } from 'react';
import classes from './chip.module.css';

/** A short word about the thing beside it. */
export function Chip({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'accent' | 'good' | 'warn' | 'bad';
  children: ReactNode;
}) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  );
}
