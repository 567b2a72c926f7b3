import type { ReactNode } from 'react';
import classes from './fold.module.css';

/** Detail that most people skip, one key away. */
export function Fold({
  title,
  children,
  open = false,
  onToggle,
}: {
  title: ReactNode;
  children: ReactNode;
  open?: boolean;
  /** Told when it opens and closes, for content that is only worth drawing while it is open. */
  onToggle?: (isOpen: boolean) => void;
}) {
  return (
    <details
      className={classes.fold}
      open={open}
      onToggle={onToggle && ((event) => event.target === event.currentTarget && onToggle(event.currentTarget.open))}
    >
      <summary className={classes.summary}>{title}</summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
