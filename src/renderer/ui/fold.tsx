import type { ReactNode } from 'react';
import classes from './fold.module.css';

/** Detail that most people skip, one key away. */
export function Fold({ title, children, open = false }: { title: ReactNode; children: ReactNode; open?: boolean }) {
  return (
    <details className={classes.fold} open={open}>
      <summary className={classes.summary}>{title}</summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
