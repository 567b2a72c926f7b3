import type { ReactNode } from 'react';
import classes from './facts.module.css';

export type Fact = { readonly label: ReactNode; readonly value: ReactNode; readonly key?: string };

/** Names and values, one under the other: short names by default, `wide` for a column of them, `even` for long ones. */
export function Facts({
  facts,
  wide = false,
  even = false,
}: {
  facts: readonly Fact[];
  wide?: boolean;
  even?: boolean;
}) {
  return (
    <dl className={classes.facts} data-wide={wide || undefined} data-even={even || undefined}>
      {facts.map((fact, index) => (
        <div key={fact.key ?? (typeof fact.label === 'string' ? fact.label : index)} className={classes.fact}>
          <dt className={classes.label}>{fact.label}</dt>
          <dd className={classes.value}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
