import type { LandedDetails } from '#core/transactions/journal-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Sol } from '#renderer/lib/sol.tsx';
import { formatTokens } from '#renderer/lib/token-amount.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './transactions.module.css';

type Landed = Extract<LandedDetails, { kind: 'landed' }>;

/** Every account whose SOL or tokens changed, by how much and to what, as the network recorded it. */
export function ChangesPanel({ landed: { balances, tokens } }: { landed: Landed }) {
  return (
    <Panel title="Balance changes" aside="as the network recorded them">
      {balances.length === 0 && tokens.length === 0 ? (
        <p className="muted">No account it names changed.</p>
      ) : (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className={classes.amount}>
                Change
              </th>
              <th scope="col" className={classes.amount}>
                Afterwards
              </th>
            </tr>
          </thead>
          <tbody>
            {balances.map(({ address, before, after }) => (
              <tr key={address}>
                <td>
                  <AddressLine address={address} />
                </td>
                <td className={classes.amount}>
                  <Sol lamports={after - before} signed />
                </td>
                <td className={classes.amount}>
                  <Sol lamports={after} />
                </td>
              </tr>
            ))}
            {tokens.map(({ account, owner, mint, decimals, before, after }) => (
              <tr key={`token ${account}`}>
                <td>
                  <AddressLine address={account} role="token account" />
                  <div className="muted small">
                    {owner !== undefined && (
                      <>
                        of <AddressLine address={owner} />{' '}
                      </>
                    )}
                    mint <AddressLine address={mint} />
                  </div>
                </td>
                <td className={classes.amount}>
                  <TokenDelta change={after - before} decimals={decimals} />
                </td>
                <td className={`${classes.amount} mono`}>{formatTokens(after, decimals)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function TokenDelta({ change, decimals }: { change: bigint; decimals: number }) {
  const size = change < 0n ? -change : change;
  return (
    <span className={`nowrap ${change > 0n ? 'good' : 'bad'}`} title={`${formatCount(size)} native units`}>
      <span className="mono">
        {change > 0n ? '+' : '-'}
        {formatTokens(size, decimals)}
      </span>{' '}
      tokens
    </span>
  );
}
