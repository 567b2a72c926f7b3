import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Check } from '#core/operations/prepared.ts';
import { Said } from './said.tsx';
import classes from './checks-list.module.css';

const SHAPES = { pass: CircleCheck, warn: TriangleAlert, fail: CircleX };
const WORDS = { pass: 'passes', warn: 'warning', fail: 'fails' };

/** Rules that could refuse an operation. What fails comes first, with its values and what to do. */
export function ChecksList({ checks }: { checks: readonly Check[] }) {
  const order = { fail: 0, warn: 1, pass: 2 };
  return (
    <ul className={classes.checks} aria-label="Checks">
      {checks
        .toSorted((one, other) => order[one.kind] - order[other.kind])
        .map((check, index) => {
          const Shape = SHAPES[check.kind];
          return (
            <li key={`${index} ${check.title}`} className={classes.check} data-kind={check.kind}>
              <Shape size={15} className={classes.shape} role="img" aria-label={WORDS[check.kind]} />
              <div className={classes.words}>
                <span>{check.title}</span>
                {check.reason && (
                  <span className="muted small break">
                    <Said text={check.reason} />
                  </span>
                )}
                {check.remedy && check.kind !== 'pass' && <span className="small break">{check.remedy}</span>}
              </div>
            </li>
          );
        })}
    </ul>
  );
}
