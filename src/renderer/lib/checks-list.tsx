import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { HelpfulAction } from '#core/operations/place.ts';
import type { Check } from '#core/operations/prepared.ts';
import { Fold } from '#renderer/ui/fold.tsx';
import { useHasField } from './field-place.tsx';
import { HelpfulButton } from './helpful-button.tsx';
import { Said } from './said.tsx';
import classes from './checks-list.module.css';

const SHAPES = { pass: CircleCheck, warn: TriangleAlert, fail: CircleX };
const WORDS = { pass: 'passes', warn: 'warning', fail: 'fails' };
const ORDER = { fail: 0, warn: 1, pass: 2 };

/** Passing rules beyond this many are folded away while others need attention. */
const MOST_PASSES_SHOWN = 3;

/**
 * Rules that could refuse an operation. What fails comes first, with its values, what to do, and a button where one helps.
 *
 * @param folds - whether many passing ones may be folded away
 * @param besideForm - whether the fields that a remedy may lead to are on screen
 */
export function ChecksList({
  checks,
  besideForm = false,
  folds = true,
}: {
  checks: readonly Check[];
  besideForm?: boolean;
  folds?: boolean;
}) {
  const sorted = checks.toSorted((one, other) => ORDER[one.kind] - ORDER[other.kind]);
  const passes = sorted.filter(({ kind }) => kind === 'pass');
  const isFolded = folds && passes.length > MOST_PASSES_SHOWN && passes.length < checks.length;
  const shown = isFolded ? sorted.filter(({ kind }) => kind !== 'pass') : sorted;
  return (
    <div className="stack">
      <ul className={classes.checks} aria-label="Checks">
        {shown.map((check, index) => (
          <CheckLine key={`${index} ${check.title}`} check={check} besideForm={besideForm} />
        ))}
      </ul>
      {isFolded && (
        <Fold title={`${passes.length} more pass`}>
          <ul className={classes.checks} aria-label="Checks that pass">
            {passes.map((check, index) => (
              <CheckLine key={`${index} ${check.title}`} check={check} besideForm={besideForm} />
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

function CheckLine({ check, besideForm }: { check: Check; besideForm: boolean }) {
  const Shape = SHAPES[check.kind];
  const isInForm = useHasField(check.field) && besideForm;
  const action = check.kind === 'pass' ? undefined : helpFor(check, besideForm, isInForm);
  return (
    <li className={classes.check} data-kind={check.kind}>
      <Shape size={15} className={classes.shape} role="img" aria-label={WORDS[check.kind]} />
      <div className={classes.words}>
        <span>{check.title}</span>
        {check.reason && (
          <span className="muted small break">
            <Said text={check.reason} />
          </span>
        )}
        {check.remedy && check.kind !== 'pass' && <span className="small break">{check.remedy}</span>}
        {action && (
          <span className={classes.help}>
            <HelpfulButton action={action} />
          </span>
        )}
      </div>
    </li>
  );
}

/** The check's own button; without one, the way to its field when that is on screen. */
function helpFor({ action, field }: Check, besideForm: boolean, isInForm: boolean): HelpfulAction | undefined {
  if (action) return besideForm || action.place.kind !== 'field' ? action : undefined;
  if (field === undefined || !isInForm) return undefined;
  return { label: 'Go to the field', place: { kind: 'field', field } };
}
