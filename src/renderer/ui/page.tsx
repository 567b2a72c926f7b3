import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

/** A screen: its heading, what can be done here, and the content. The heading takes the focus, so a screen reader says it. */
export function Page({
  title,
  lead,
  above,
  actions,
  width = 'full',
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
  /** One column for decisions, two for a form with its panel, everything for tables. */
  width?: 'decision' | 'form' | 'full';
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.header}>
        <div className={classes.titles}>
          {above}
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
