import { TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { formatCount } from './durations.ts';
import { readAmount } from './token-amount.ts';
import classes from './token-amount-field.module.css';

/** Digits of SOL after the point. Source: Solana SDK, `LAMPORTS_PER_SOL`. */
const SOL_DECIMALS = 9;

type Props = { label: string; text: string; onChange: (text: string) => void; description?: ReactNode };

/** SOL as a person writes it, with the lamports it stands for below. What does not fit is refused, never rounded. */
export function SolField({ label, text, onChange, description }: Props) {
  const id = useId();
  const reading = readAmount(text, SOL_DECIMALS);
  return (
    <div className={classes.field}>
      <TextInput
        id={id}
        label={label}
        description={description}
        inputMode="decimal"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={reading.kind === 'refused' ? reading.problem : undefined}
        rightSection={<span className={classes.unit}>SOL</span>}
        rightSectionWidth={56}
        classNames={{ input: 'mono' }}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      <output htmlFor={id} className={classes.native}>
        {reading.kind === 'amount' ? `${formatCount(reading.native)} lamports` : '9 digits after the point'}
      </output>
    </div>
  );
}

/** Typed SOL in lamports; `undefined` when nothing readable or nothing at all is typed. */
export function lamportsIn(text: string): bigint | undefined {
  const reading = readAmount(text, SOL_DECIMALS);
  return reading.kind === 'amount' && reading.native > 0n ? reading.native : undefined;
}
