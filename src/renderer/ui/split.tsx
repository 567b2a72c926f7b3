import type { ReactNode } from 'react';
import classes from './split.module.css';

/** A form beside a panel that stays in view while the form scrolls. */
export function Split({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.split}>
      <div className="stack-wide">{main}</div>
      <aside className={classes.side}>{side}</aside>
    </div>
  );
}
