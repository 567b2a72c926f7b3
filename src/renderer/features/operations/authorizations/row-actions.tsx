import { Button } from '@mantine/core';
import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Navigation, Screen } from '#renderer/lib/navigation.tsx';
import { closingWords } from './authorization-words.ts';
import classes from './authorizations.module.css';

type Act = { readonly label: string; readonly about: string; readonly screen: Screen };

/** What can be done with an authorization by the keys at hand, short enough for a row. */
export function RowActions({
  row,
  clusterTime,
  who,
  navigation,
}: {
  row: AuthorizationRow;
  clusterTime: number;
  /** The grantee in words, so that each button has a name of its own. */
  who: string;
  navigation: Navigation;
}) {
  return (
    <span className={classes.acts}>
      {actsOf(row).map(({ label, about, screen }) => (
        <Button
          key={label}
          size="compact-xs"
          variant="default"
          aria-label={`${about} ${who}`}
          onClick={(event) => {
            event.stopPropagation();
            navigation.go(screen);
          }}
        >
          {label}
        </Button>
      ))}
      {row.mineToGrant && row.closing.kind === 'from' && (
        <span className="muted small nowrap" title={closingWords(row.closing, clusterTime)}>
          closes from {dayOf(row.closing.unixTime)}
        </span>
      )}
    </span>
  );
}

/** Actions of an authorization, the usual one first. */
export function actsOf(row: AuthorizationRow): readonly Act[] {
  const { grantor, grantee } = row;
  const acts: Act[] = [];
  if (row.mineToGrant) {
    acts.push({
      label: row.active ? 'Deactivate' : 'Reactivate',
      about: row.active ? 'Deactivate the authorization of' : 'Reactivate the authorization of',
      screen: { kind: 'set-authorization-active', grantor, grantee, active: !row.active },
    });
  }
  if (row.mineToGrant && row.closing.kind === 'now') {
    acts.push({
      label: 'Close',
      about: 'Close the authorization of',
      screen: { kind: 'close-authorization', grantor, grantee },
    });
  }
  if (row.mineToUse && grantee !== SYSTEM_PROGRAM) {
    acts.push({
      label: 'Delegates',
      about: 'Set the delegates of',
      screen: { kind: 'set-delegates', grantor, grantee },
    });
  }
  if (row.active) {
    acts.push({
      label: 'Join kit',
      about: 'Join kit for',
      screen: { kind: 'join-kit', runId: row.runs[0] ?? '', grantee },
    });
  }
  return acts;
}

/** Day and month: rows show no more than that. */
function dayOf(unixTime: number): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(unixTime * 1_000);
}
