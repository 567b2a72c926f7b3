import { formatSol } from '#core/units/lamports.ts';
import { formatCount } from './durations.ts';

/** An amount of SOL, exact; lamports on hover or, with `native`, beside it. */
export function Sol({
  lamports,
  native = false,
  signed = false,
}: {
  lamports: bigint;
  native?: boolean;
  signed?: boolean;
}) {
  const plus = signed && lamports > 0n ? '+' : '';
  const tone = signed && lamports !== 0n ? (lamports > 0n ? 'good' : 'bad') : '';
  return (
    <span className={`nowrap ${tone}`} title={`${formatCount(lamports)} lamports`}>
      <span className="mono">
        {plus}
        {formatSol(lamports)}
      </span>{' '}
      SOL
      {native && <span className="muted small"> ({formatCount(lamports)} lamports)</span>}
    </span>
  );
}
