import { groupsOfFour } from '../grouped.ts';
import classes from './message-hash.module.css';

/** The hash of the message to sign, in groups of four, exactly as a Ledger prints it. */
export function MessageHash({ hash }: { hash: string }) {
  return (
    <span className={classes.hash} aria-label={`Message hash ${hash}`} role="img">
      {groupsOfFour(hash).map((group, index) => (
        <span key={index}>{group} </span>
      ))}
    </span>
  );
}
