import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TestReport } from './test-report.tsx';
import classes from './network-list.module.css';

/** Every profile, with the one in use marked. */
export function NetworkList({
  profiles,
  activeId,
  onEdit,
}: {
  profiles: readonly NetworkProfile[];
  activeId: string | undefined;
  onEdit: (profile: NetworkProfile) => void;
}) {
  return (
    <Panel title="Profiles" flush>
      <ul aria-label="Networks">
        {profiles.map((profile) => (
          <NetworkLine
            key={profile.id}
            profile={profile}
            isActive={profile.id === activeId}
            onEdit={() => onEdit(profile)}
          />
        ))}
      </ul>
    </Panel>
  );
}

function NetworkLine({
  profile,
  isActive,
  onEdit,
}: {
  profile: NetworkProfile;
  isActive: boolean;
  onEdit: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const activate = useMutation({
    mutationFn: () => client.networks.activate({ id: profile.id }),
    onSettled: () =>
      refresh(queries, 'networks', 'connection', 'practice', 'runs', 'run', 'signers', 'prepare', 'look'),
  });
  const test = useMutation({ mutationFn: () => client.networks.test(profile) });
  const isPractice = profile.kind === 'practice';
  return (
    <li className={classes.line} aria-label={`Network ${profile.name}`}>
      <div className={classes.top}>
        <div className={classes.words}>
          <div className="row">
            <strong>
              <Said text={profile.name} />
            </strong>
            {isActive && <Chip tone="accent">in use</Chip>}
            {profile.allowUnencrypted && <Chip tone="warn">unencrypted</Chip>}
          </div>
          <span className="muted small mono clip">
            {isPractice ? 'a Solana network inside this app; costs nothing' : profile.rpcUrl}
          </span>
          {profile.moreRpcUrls?.map((url) => (
            <span key={url} className="muted small mono clip">
              {url}
            </span>
          ))}
        </div>
        <div className={classes.actions}>
          {isPractice ? (
            <Button size="xs" variant="subtle" color="gray" onClick={onEdit} aria-label={`Fees on ${profile.name}`}>
              Fees
            </Button>
          ) : (
            <>
              <Button size="xs" variant="subtle" color="gray" onClick={onEdit} aria-label={`Edit ${profile.name}`}>
                Edit
              </Button>
              <Button
                size="xs"
                variant="default"
                loading={test.isPending}
                onClick={() => test.mutate()}
                aria-label={`Test ${profile.name}`}
              >
                Test
              </Button>
            </>
          )}
          <Button
            size="xs"
            variant={isActive ? 'default' : 'filled'}
            loading={activate.isPending}
            onClick={() => activate.mutate()}
            aria-label={`${isActive ? 'Reconnect' : 'Switch to it:'} ${profile.name}`}
          >
            {isActive ? 'Reconnect' : 'Switch to it'}
          </Button>
        </div>
      </div>
      {activate.error && (
        <Failure
          error={activate.error}
          title={`“${profile.name}” could not be reached`}
          onRetry={() => activate.mutate()}
        />
      )}
      {test.error && <Failure error={test.error} title="The test could not be made" />}
      {test.data && <TestReport test={test.data} />}
    </li>
  );
}
