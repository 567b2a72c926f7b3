import classes from './bytes-meter.module.css';

/** A thin bar against the size limit of a transaction. With `parts` it opens to what takes how much of it. */
export function BytesMeter({
  label,
  bytes,
  limit,
  parts = [],
}: {
  label: string;
  bytes: number;
  limit: number;
  parts?: readonly { readonly label: string; readonly bytes: number }[];
}) {
  const over = bytes > limit;
  const words = (
    <>
      <span className="clip">{label}</span>
      <span className={over ? 'bad nowrap' : 'muted nowrap'}>
        {bytes.toLocaleString('en-US')} of {limit.toLocaleString('en-US')} bytes
      </span>
    </>
  );
  const bar = (
    <div
      className={classes.track}
      role="meter"
      aria-label={`Size: ${label}`}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(bytes, limit)}
    >
      {(parts.length > 0 ? parts : [{ label, bytes }]).map((part, index) => (
        <div
          key={`${index} ${part.label}`}
          className={classes.fill}
          data-over={over || undefined}
          style={{ width: `${(part.bytes / Math.max(limit, bytes)) * 100}%` }}
        />
      ))}
    </div>
  );
  if (parts.length === 0) {
    return (
      <div className={classes.meter}>
        <div className={classes.words}>{words}</div>
        {bar}
      </div>
    );
  }
  return (
    <details className={classes.meter}>
      <summary className={classes.summary} title="What takes how much">
        <span className={classes.words}>{words}</span>
        {bar}
      </summary>
      <ul className={classes.parts} aria-label={`Parts of ${label}`}>
        {parts.map((part, index) => (
          <li key={`${index} ${part.label}`} className={classes.words}>
            <span className="clip muted">{part.label}</span>
            <span className="nowrap">{part.bytes.toLocaleString('en-US')} bytes</span>
          </li>
        ))}
        <li className={classes.words}>
          <span className="muted">{over ? 'Too much by' : 'Room left'}</span>
          <span className={over ? 'bad nowrap' : 'nowrap'}>
            {Math.abs(limit - bytes).toLocaleString('en-US')} bytes
          </span>
        </li>
      </ul>
    </details>
  );
}
