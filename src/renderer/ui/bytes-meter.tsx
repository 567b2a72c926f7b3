import classes from './bytes-meter.module.css';

/** A thin bar against the size limit of a transaction. */
export function BytesMeter({ label, bytes, limit }: { label: string; bytes: number; limit: number }) {
  const over = bytes > limit;
  return (
    <div className={classes.meter}>
      <div className={classes.words}>
        <span className="clip">{label}</span>
        <span className={over ? 'bad nowrap' : 'muted nowrap'}>
          {bytes.toLocaleString('en-US')} of {limit.toLocaleString('en-US')} bytes
        </span>
      </div>
      <div
        className={classes.track}
        role="meter"
        aria-label={`Size: ${label}`}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(bytes, limit)}
      >
        <div
          className={classes.fill}
          data-over={over || undefined}
          style={{ width: `${Math.min(100, (bytes / limit) * 100)}%` }}
        />
      </div>
    </div>
  );
}
