import { Button, Menu } from '@mantine/core';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { Place } from '#core/operations/place.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { isHalted } from '#renderer/lib/run-states.ts';

type Screen = Exclude<Place, { kind: 'field' } | { kind: 'faucet' }>;
type Entry = { readonly label: string; readonly screen: Screen };

/** What is shown of a run's data under its heading. */
export type Dumping = 'none' | 'run' | 'user';

/** Everything that can be done with a run: the usual acts as buttons, all others in a menu. */
export function RunActions({
  runId,
  state,
  isRewarded,
  user,
  dumping,
  onDump,
}: {
  runId: string;
  /** Absent for an account that this version cannot read: then nothing can be written to it. */
  state: string | undefined;
  isRewarded: boolean;
  /** One of the operator's own clients, when there is one. */
  user: string;
  dumping: Dumping;
  onDump: (what: Dumping) => void;
}) {
  const navigation = useNavigation();
  const halted = state !== undefined && isHalted(state);
  return (
    <>
      <Button
        variant="default"
        onClick={() => onDump(dumping === 'run' ? 'none' : 'run')}
        aria-expanded={dumping === 'run'}
      >
        {dumping === 'run' ? 'Close dump' : 'Dump'}
      </Button>
      {state !== undefined && (
        <>
          <Button variant="default" onClick={() => navigation.go({ kind: 'update-configuration', runId })}>
            Update configuration
          </Button>
          {state !== 'Finished' && (
            <Button
              variant={halted ? 'filled' : 'default'}
              onClick={() => navigation.go({ kind: 'set-paused', runId, paused: !halted })}
            >
              {halted ? (state === 'Uninitialized' ? 'Start' : 'Resume') : 'Pause'}
            </Button>
          )}
        </>
      )}
      <Menu position="bottom-end" width={230} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {state !== undefined &&
            groupsOf(runId, isRewarded, user).map(({ title, entries }) => (
              <div key={title} role="presentation">
                <Menu.Label>{title}</Menu.Label>
                {entries.map(({ label, screen }) => (
                  <Menu.Item key={label} onClick={() => navigation.go(screen)}>
                    {label}
                  </Menu.Item>
                ))}
              </div>
            ))}
          <Menu.Label>Data</Menu.Label>
          <Menu.Item onClick={() => onDump('run')}>Dump the run</Menu.Item>
          <Menu.Item onClick={() => onDump('user')}>Dump a user</Menu.Item>
          {state !== undefined && (
            <>
              <Menu.Divider />
              <Menu.Item className="bad" onClick={() => navigation.go({ kind: 'close-run', runId })}>
                Close the run
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function groupsOf(runId: string, isRewarded: boolean, user: string): readonly { title: string; entries: Entry[] }[] {
  return [
    {
      title: 'Progress',
      entries: [
        { label: 'Tick', screen: { kind: 'tick', runId } },
        { label: 'Record a checkpoint', screen: { kind: 'checkpoint', runId } },
      ],
    },
    {
      title: 'Who may join',
      entries: [
        { label: 'Let users in', screen: { kind: 'who-may-join' } },
        { label: 'Can a key join?', screen: { kind: 'can-join', runId } },
      ],
    },
    {
      title: 'Rewards',
      entries: [
        { label: 'Set rates', screen: { kind: 'set-rates', runId } },
        ...(isRewarded
          ? ([
              { label: 'Top up', screen: { kind: 'top-up', runId } },
              { label: 'Claim rewards', screen: { kind: 'claim-rewards', runId, user } },
            ] as const)
          : []),
      ],
    },
  ];
}
