import { TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { formatCount } from './durations.ts';
import { readAmount } from './token-amount.ts';
import classes from './token-amount-field.module.css';

type Props = {
  label: string;
  /** As typed: display units. The form owns it. */
  text: string;
  onChange: (text: string) => void;
  /** Of the mint, or `points` for a run without tokens. Absent while the mint is not known: nothing is read yet. */
  unit: { kind: 'tokens'; decimals: number | undefined } | { kind: 'points' };
  description?: ReactNode;
  /** A reason from outside the text itself, such as a balance. */
  error?: string | undefined;
};

/** An amount as a person writes it, with the native units it stands for below. What does not fit is refused, never rounded. */
export function TokenAmountField({ label, text, onChange, unit, description, error }: Props) {
  const id = useId();
  const decimals = unit.kind === 'points' ? 0 : unit.decimals;
  const reading = decimals === undefined ? { kind: 'none' as const } : readAmount(text, decimals);
  const problem = reading.kind === 'refused' ? reading.problem : error;
  return (
    <div className={classes.field}>
      <TextInput
        id={id}
        label={label}
        description={description}
        inputMode="decimal"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={problem}
        rightSection={<span className={classes.unit}>{unit.kind}</span>}
        rightSectionWidth={72}
        classNames={{ input: 'mono' }}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      <output htmlFor={id} className={classes.native}>
        {nativeWords(unit, reading.kind === 'amount' ? reading.native : undefined)}
      </output>
    </div>
  );
}

function nativeWords(unit: Props['unit'], native: bigint | undefined): string {
  if (unit.kind === 'points') return 'Points are whole numbers; no tokens stand behind them';
  if (unit.decimals === undefined) return 'Counted once the mint is known';
  if (native === undefined) return `${unit.decimals} ${unit.decimals === 1 ? 'digit' : 'digits'} after the point`;
  return `${formatCount(native)} native units`;
}
