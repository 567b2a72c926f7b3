import type { RewardShare, SharingClients } from '#core/rewards/treasury-view.ts';
import { sharingWords } from '#renderer/lib/reward-words.ts';
import { Tokens } from '#renderer/lib/tokens.tsx';
import classes from './rates-table.module.css';

/** What the epoch that runs pays, and what the next ones will. Points without `decimals`. */
export function RatesTable({
  current,
  future,
  sharing,
  decimals,
}: {
  current: RewardShare;
  future: RewardShare;
  sharing: SharingClients;
  decimals: number | undefined;
}) {
  const rows = [
    { label: 'Reward per epoch, shared', pick: ({ earning }: RewardShare) => earning },
    { label: `For each of ${sharingWords(sharing)}`, pick: ({ perClient }: RewardShare) => perClient },
    { label: 'Penalty per client (never applied)', pick: ({ slashing }: RewardShare) => slashing },
  ];
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Rates</th>
          <th scope="col" className="number">
            This epoch
          </th>
          <th scope="col" className="number">
            Next epochs
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, pick }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="number">
              <Tokens amount={pick(current)} decimals={decimals} />
            </td>
            <td className="number" data-differs={pick(current) !== pick(future) || undefined}>
              <Tokens amount={pick(future)} decimals={decimals} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
