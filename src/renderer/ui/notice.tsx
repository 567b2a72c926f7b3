import type { ReactNode } from 'react';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import classes from './notice.module.css';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

/** A message where it belongs. Bad and warning ones are announced. */
export function Notice({
  tone,
  title,
  children,
  actions,
}: {
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleX }[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        {children && <div className={classes.body}>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
