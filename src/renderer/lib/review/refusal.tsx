import type { Failure } from '#core/transactions/failure.ts';
import { Fold } from '#renderer/ui/fold.tsx';
import { AtlasLink } from '../atlas-link.tsx';
import { HelpfulButton } from '../helpful-button.tsx';
import { Said } from '../said.tsx';
import classes from './refusal.module.css';

/** Why the cluster refused: the cause in context, the check that fired, what to look at, what to do, and where to read more. */
export function Refusal({ failure }: { failure: Failure }) {
  const { cause, check, remedy, name, code, program, account, instructionIndex, possible, action, entry } = failure;
  const runId = action && 'runId' in action.place ? action.place.runId : undefined;
  return (
    <div className={classes.refusal}>
      <p>
        <Said text={cause} />.
      </p>
      <p className="small">
        Error: <Said text={name} />
        {code !== undefined && ` (${code})`}
        {account !== undefined && (
          <>
            {' '}
            on the account <Said text={account} />
          </>
        )}
        {instructionIndex !== undefined && `, instruction ${instructionIndex + 1}`}
      </p>
      {program !== undefined && (
        <p className="mono small break">
          <Said text={program} />
        </p>
      )}
      {check !== undefined && <p className="small">Look at: {check}.</p>}
      <p>
        <strong>{possible === undefined ? 'What to do:' : 'How to tell:'}</strong> {remedy}.
      </p>
      {possible !== undefined && (
        <Fold title={`${possible.length} possible reasons`}>
          <ol className={classes.reasons}>
            {possible.map((reason) => (
              <li key={reason.cause}>
                <p>{reason.cause}.</p>
                <p className="muted small">Look at: {reason.check}.</p>
                <p className="small">{reason.remedy}.</p>
              </li>
            ))}
          </ol>
        </Fold>
      )}
      {(action !== undefined || entry !== undefined) && (
        <div className="row">
          {action && <HelpfulButton action={action} />}
          {entry !== undefined && <AtlasLink entry={entry} runId={runId} />}
        </div>
      )}
    </div>
  );
}
