import Clock from 'lucide-react/icons/clock';
import Coins from 'lucide-react/icons/coins';
import Lock from 'lucide-react/icons/lock';
import Users from 'lucide-react/icons/users';
import Wallet from 'lucide-react/icons/wallet';
import type { Consequence } from '#core/operations/prepared.ts';
import { Said } from './said.tsx';
import classes from './consequences-list.module.css';

const SHAPES = { sol: Wallet, tokens: Coins, people: Users, time: Clock, final: Lock };
const WORDS: Readonly<Record<Consequence['about'], string>> = {
  sol: 'About SOL',
  tokens: 'About tokens',
  people: 'About people',
  time: 'About time',
  final: 'Cannot be taken back',
};

/** What signing will mean, one sentence each, with a sign for what it is about. */
export function ConsequencesList({ consequences }: { consequences: readonly Consequence[] }) {
  return (
    <ul className={classes.consequences} aria-label="Consequences">
      {consequences.map(({ about, text }, index) => {
        const Shape = SHAPES[about];
        return (
          <li key={`${index} ${text}`} className={classes.consequence} data-about={about}>
            <Shape size={15} className={classes.shape} role="img" aria-label={WORDS[about]} />
            <span className="break">
              <Said text={text} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
