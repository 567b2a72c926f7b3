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
    <div className={`stack ${classes.frame}`}>
      {changed.length > 0 && (
        <table role="table" className={classes.table}>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                Value
              </th>
              <th role="columnheader" scope="col">
                {beforeTitle}
              </th>
              <th role="columnheader" scope="col">
                {afterTitle}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">{shown.map(row)}</tbody>
        </table>
      )}
      {shown.length < changed.length && (
        <Button size="compact-sm" variant="default" onClick={() => setShowsAll(true)}>
          Show all {changed.length}
        </Button>
      )}
      {equal.length > 0 && (
        <Fold title={`${equal.length} unchanged`} open={changed.length === 0}>
          <table role="table" className={classes.table}>
            <tbody role="rowgroup">{equal.map(row)}</tbody>
          </table>
        </Fold>
      )}
    </div>
  );
}

function row({ label, before, after }: Difference, index: number) {
  const differs = before !== after;
  return (
    // Laid out as a grid where there is little room: the roles keep it a table.
    <tr role="row" key={`${index} ${label}`}>
      <th role="rowheader" scope="row" className={classes.label}>
        {label}
      </th>
      <td role="cell" className={differs ? classes.before : undefined}>
        {before === '' ? <span className="muted">nothing</span> : <bdi>{before}</bdi>}
      </td>
      <td role="cell" className={differs ? classes.after : undefined}>
        {after === '' ? <span className="muted">nothing</span> : <bdi>{after}</bdi>}
      </td>
    </tr>
  );
}
