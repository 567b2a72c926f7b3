import { Button } from '@mantine/core';
import { useState } from 'react';
import { Fold } from './fold.tsx';
import classes from './before-after.module.css';

export type Difference = { readonly label: string; readonly before: string; readonly after: string };

/** More than these are drawn only when asked for: a plan may change thousands. */
const MOST_SHOWN = 12;

/** What will differ, old beside new. Equal parts are folded away. */
export function BeforeAfter({
  differences,
  beforeTitle = 'Now',
  afterTitle = 'Afterwards',
}: {
  differences: readonly Difference[];
  beforeTitle?: string;
  afterTitle?: string;
}) {
  const changed = differences.filter(({ before, after }) => before !== after);
  const equal = differences.filter(({ before, after }) => before === after);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? changed : changed.slice(0, MOST_SHOWN);
  return (
    <div className="stack">
      {changed.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">{beforeTitle}</th>
              <th scope="col">{afterTitle}</th>
            </tr>
          </thead>
          <tbody>{shown.map(row)}</tbody>
        </table>
      )}
      {shown.length < changed.length && (
        <Button size="compact-sm" variant="default" onClick={() => setShowsAll(true)}>
          Show all {changed.length}
        </Button>
      )}
      {equal.length > 0 && (
        <Fold title={`${equal.length} unchanged`} open={changed.length === 0}>
          <table className={classes.table}>
            <tbody>{equal.map(row)}</tbody>
          </table>
        </Fold>
      )}
    </div>
  );
}

function row({ label, before, after }: Difference, index: number) {
  const differs = before !== after;
  return (
    <tr key={`${index} ${label}`}>
      <th scope="row" className={classes.label}>
        {label}
      </th>
      <td className={differs ? classes.before : undefined}>
        {before === '' ? <span className="muted">nothing</span> : <bdi>{before}</bdi>}
      </td>
      <td className={differs ? classes.after : undefined}>
        {after === '' ? <span className="muted">nothing</span> : <bdi>{after}</bdi>}
      </td>
    </tr>
  );
}
