import { runStateWords } from './run-states.ts';
import classes from './run-state-badge.module.css';

/** A run's state: word, shape and colour, the same everywhere. */
export function RunStateBadge({ state, pendingPause = false }: { state: string; pendingPause?: boolean }) {
  const { word, means, tone } = runStateWords(state);
  return (
    <span className={classes.badge} title={`${means} (${state})`} style={{ color: `var(--state-${tone})` }}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden className={classes.shape}>
        {shapeOf(tone)}
      </svg>
      {word}
      {pendingPause && <span className={classes.pending}>pauses after this round</span>}
    </span>
  );
}

function shapeOf(tone: string) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 };
  switch (tone) {
    case 'waiting':
      return <circle cx="6" cy="6" r="4.6" {...line} />;
    case 'warmup':
      return <path d="M6 1.2 11 10.6H1Z" fill="currentColor" />;
    case 'training':
      return <circle cx="6" cy="6" r="5" fill="currentColor" />;
    case 'witness':
      return <path d="M6 0.6 11.4 6 6 11.4 0.6 6Z" fill="currentColor" />;
    case 'cooldown':
      return (
        <path
          d="M6 1a5 5 0 0 1 0 10Z M6 1a5 5 0 0 0 0 10"
          fill="currentColor"
          fillRule="nonzero"
          stroke="currentColor"
          strokeWidth="1"
          fillOpacity="0.45"
        />
      );
    case 'paused':
      return <path d="M2 1.5h3v9H2Z M7 1.5h3v9H7Z" fill="currentColor" />;
    case 'finished':
      return <path d="M1.5 1.5h9v9h-9Z" fill="currentColor" />;
    default:
      return <circle cx="6" cy="6" r="4.6" {...line} strokeDasharray="2.2 2" />;
  }
}
