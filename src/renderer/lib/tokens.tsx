import { formatCount } from './durations.ts';
import { formatTokens } from './token-amount.ts';

/** An amount of the reward token, exact; native units on hover or, with `native`, beside it. Points without `decimals`. */
export function Tokens({
  amount,
  decimals,
  native = false,
}: {
  /** Native units. */
  amount: bigint;
  decimals: number | undefined;
  native?: boolean;
}) {
  if (decimals === undefined) {
    return (
      <span className="nowrap">
        <span className="mono">{formatCount(amount)}</span> {amount === 1n ? 'point' : 'points'}
      </span>
    );
  }
  return (
    <>
      <span className="nowrap" title={`${formatCount(amount)} native units`}>
        <span className="mono">{formatTokens(amount, decimals)}</span> tokens
      </span>
      {native && <span className="muted small"> ({formatCount(amount)} native)</span>}
    </>
  );
}
