import { Said } from '#renderer/lib/said.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import type { LineFinding } from '#core/authorizations/parse-users.ts';
import classes from './authorizations.module.css';

/** More lines than these only repeat themselves: the rest is counted. */
const MOST_SHOWN = 100;

/** What is wrong or doubtful, by line; the line's number leads to it. What cannot be taken comes first. */
export function FindingsList({ findings, onGo }: { findings: readonly LineFinding[]; onGo: (line: number) => void }) {
  if (findings.length === 0) return null;
  const sorted = findings.toSorted((one, other) => Number(other.level === 'bad') - Number(one.level === 'bad'));
  return (
    <ul className={classes.findings} aria-label="Findings by line">
      {sorted.slice(0, MOST_SHOWN).map(({ line, level, message, remedy }, index) => (
        <li key={`${index} ${line}`} className={classes.finding}>
          <div className="row">
            <button type="button" className="link small" onClick={() => onGo(line)}>
              Line {line}
            </button>
            <Chip tone={level}>{level === 'bad' ? 'cannot be read' : 'look at it'}</Chip>
          </div>
          <p className="break small">
            <Said text={message} />
          </p>
          {remedy && (
            <p className="muted break small">
              <Said text={remedy} />
            </p>
          )}
        </li>
      ))}
      {findings.length > MOST_SHOWN && (
        <li className={classes.finding}>
          <span className="muted small">and {findings.length - MOST_SHOWN} more</span>
        </li>
      )}
    </ul>
  );
}
