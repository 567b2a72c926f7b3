import { CopyButton } from './copy-button.tsx';
import classes from './raw-text.module.css';

/** Machine text as it is: bytes, logs, JSON, command lines. Scrolls by itself and can be copied whole. */
export function RawText({ text, label, wrap = false }: { text: string; label: string; wrap?: boolean }) {
  return (
    <div className={classes.frame}>
      <pre className={classes.raw} data-wrap={wrap || undefined} tabIndex={0} aria-label={label} role="region">
        {text}
      </pre>
      <div className={classes.copy}>
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}
