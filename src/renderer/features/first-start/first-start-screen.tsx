import { useMutation, useQueryClient } from '@tanstack/react-query';
import CloudOff from 'lucide-react/icons/cloud-off';
import FlaskConical from 'lucide-react/icons/flask-conical';
import Globe from 'lucide-react/icons/globe';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import classes from './first-start-screen.module.css';

const DOORS: readonly { door: Door; title: string; Icon: typeof Globe; says: string; note: string }[] = [
  {
    door: 'practice',
    title: 'Practice',
    Icon: FlaskConical,
    says: 'A Solana network inside this app, with a funded key and a run ready to create. Nothing is real, nothing costs anything.',
    note: 'Press Enter to start',
  },
  {
    door: 'network',
    title: 'Connect to my network',
    Icon: Globe,
    says: 'Mainnet, devnet or your own RPC node. Your command line configuration can be imported.',
    note: 'Next: choose the network',
  },
  {
    door: 'offline',
    title: 'This machine stays offline',
    Icon: CloudOff,
    says: 'No connection is ever opened. Look, decode and prepare here; another machine sends.',
    note: 'Can be changed under Networks',
  },
];

export type Door = 'practice' | 'network' | 'offline';

/** Three doors. No socket opens before one is chosen; practice is one key press away. */
export function FirstStartScreen({ onChosen }: { onChosen: (door: Door) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: (door: Door) => client.app.chooseDoor({ door }),
    onSuccess(_status, door) {
      onChosen(door);
      refresh(queries, 'app', 'networks', 'connection', 'signers', 'practice');
    },
  });
  return (
    <main className={classes.screen}>
      <div className={classes.words}>
        <h1 className={classes.title}>Psyche Run Console</h1>
        <p className="muted">
          Create, configure and follow training runs on the Psyche network. Where do you want to work?
        </p>
      </div>
      <div className={classes.doors}>
        {DOORS.map(({ door, title, Icon, says, note }) => (
          <button
            key={door}
            type="button"
            className={classes.door}
            data-door={door}
            autoFocus={door === 'practice'}
            aria-busy={choose.isPending && choose.variables === door}
            onClick={() => choose.isPending || choose.mutate(door)}
          >
            <Icon size={22} aria-hidden />
            <span className={classes.name}>{title}</span>
            <span className={classes.says}>{says}</span>
            <span className={classes.note}>{choose.isPending && choose.variables === door ? 'Opening…' : note}</span>
          </button>
        ))}
      </div>
      {choose.error && (
        <Failure
          error={choose.error}
          title="That door did not open"
          onRetry={() => choose.variables && choose.mutate(choose.variables)}
        />
      )}
    </main>
  );
}
