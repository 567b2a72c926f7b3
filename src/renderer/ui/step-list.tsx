import classes from './step-list.module.css';

export type StepItem = {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'current' | 'open';
  /** Its number, when the list is a part of a longer one. */
  readonly number?: number;
};

/** Where one is in a sequence. With `onGo`, every step can be gone to. */
export function StepList({
  label,
  steps,
  onGo,
}: {
  label: string;
  steps: readonly StepItem[];
  onGo?: (id: string) => void;
}) {
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.id} className={classes.step} data-state={step.state}>
          {onGo ? (
            <button
              type="button"
              className={classes.button}
              aria-current={step.state === 'current' ? 'step' : undefined}
              onClick={() => onGo(step.id)}
            >
              <StepWords step={step} number={step.number ?? index + 1} />
            </button>
          ) : (
            <div className={classes.button} data-plain aria-current={step.state === 'current' ? 'step' : undefined}>
              <StepWords step={step} number={step.number ?? index + 1} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function StepWords({ step, number }: { step: StepItem; number: number }) {
  return (
    <>
      <span className={classes.number} aria-hidden>
        {step.state === 'done' ? '✓' : number}
      </span>
      {step.title}
    </>
  );
}
