import { Tokens } from '#renderer/lib/tokens.tsx';
import { amountWords } from '#renderer/lib/token-amount.ts';
import classes from './treasury-bar.module.css';

/** Parts of the bar; integers, so that amounts above 2⁵³ keep their proportions. */
const PARTS = 1_000n;

/** What is in the vault against what clients have earned: covered, missing, or left for epochs to come. Native units. */
export function TreasuryBar({
  funded,
  owed,
  missing,
  surplus,
  decimals,
}: {
  funded: bigint;
  owed: bigint;
  missing: bigint;
  surplus: bigint;
  decimals: number;
}) {
  const whole = funded > owed ? funded : owed;
  const share = (amount: bigint) => (whole === 0n ? 0 : Number((amount * PARTS) / whole) / 10);
  const parts = [
    { kind: 'owed', word: 'owed and covered', amount: owed - missing },
    { kind: 'missing', word: 'owed and missing', amount: missing },
    { kind: 'surplus', word: 'for epochs to come', amount: surplus },
  ].filter(({ amount }) => amount > 0n);
  return (
    <div className={classes.frame}>
      <div
        className={classes.bar}
        role="img"
        aria-label={
          parts.length === 0
            ? 'The vault is empty and nothing is owed'
            : `Of the treasury: ${parts.map(({ word, amount }) => `${amountWords(amount, decimals)} ${word}`).join(', ')}`
        }
      >
        {parts.map(({ kind, amount }) => (
          <div key={kind} className={classes.part} data-kind={kind} style={{ width: `${share(amount)}%` }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map(({ kind, word, amount }) => (
          <li key={kind}>
            <span className={classes.mark} data-kind={kind} aria-hidden />
            <Tokens amount={amount} decimals={decimals} /> <span className="muted">{word}</span>
          </li>
        ))}
        {parts.length === 0 && <li className="muted">The vault is empty, and nothing is owed yet</li>}
      </ul>
    </div>
  );
}
