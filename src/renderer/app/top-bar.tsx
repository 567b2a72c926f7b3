import { ActionIcon, Kbd, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import Search from 'lucide-react/icons/search';
import type { Connection } from '#core/networks/connection.ts';
import { formatCount, formatSeconds } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { NetworkBadge } from '#renderer/lib/network-badge.tsx';
import { useConnection, useSigners } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { useNow } from '#renderer/lib/use-now.ts';
import { defaultChoice } from '#renderer/lib/signers-fields.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import classes from './top-bar.module.css';

/** Always in view: which network, how fresh its answers are, who pays. */
export function TopBar() {
  const navigation = useNavigation();
  const connection = useConnection().data;
  return (
    <header className={classes.bar}>
      <div className={classes.side}>
        <ActionIcon aria-label="Back" disabled={!navigation.canGoBack} onClick={navigation.back}>
          <ArrowLeft size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Forward" disabled={!navigation.canGoForward} onClick={navigation.forward}>
          <ArrowRight size={16} />
        </ActionIcon>
        {connection && <ConnectionState connection={connection} />}
      </div>
      <div className={classes.side}>
        <ActiveSigner />
        <UnstyledButton className={classes.palette} onClick={spotlight.open}>
          <Search size={14} aria-hidden />
          <span>Search or go to</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </UnstyledButton>
      </div>
    </header>
  );
}

function ConnectionState({ connection }: { connection: Connection }) {
  const now = useNow();
  switch (connection.kind) {
    case 'offline':
      return <NetworkBadge name="Offline" cluster="none" />;
    case 'connecting':
      return (
        <>
          <NetworkBadge name={connection.profileName} cluster="none" />
          <span className="muted">connecting</span>
        </>
      );
    case 'unreachable':
      return (
        <>
          <NetworkBadge name={connection.profileName} cluster="none" />
          <Chip tone="bad">cannot be reached</Chip>
        </>
      );
    case 'online': {
      const age = (now - connection.answeredAt) / 1_000;
      return (
        <>
          <NetworkBadge
            name={connection.profileName}
            cluster={connection.cluster}
            title={`Genesis hash ${connection.genesisHash}`}
          />
          {connection.contradicts && <Chip tone="bad">the genesis hash is of {connection.contradicts}</Chip>}
          {connection.endpoints.some(({ state }) => state.kind === 'other-cluster') && (
            <Chip tone="bad">an endpoint is on another cluster</Chip>
          )}
          {connection.unencrypted && connection.cluster !== 'practice' && <Chip tone="warn">unencrypted</Chip>}
          <span className={classes.slot} aria-label="Slot and age of the last answer">
            slot {formatCount(connection.slot)}{' '}
            <span className={age > 15 ? 'warn' : undefined}>· {age < 3 ? 'now' : `${formatSeconds(age)} ago`}</span>
          </span>
        </>
      );
    }
  }
}

function ActiveSigner() {
  const navigation = useNavigation();
  const signers = useSigners().data;
  if (!signers) return null;
  const { payer } = defaultChoice(signers.signers, signers.roles);
  const active = signers.signers.find(({ address }) => address === payer);
  const balance = signers.balances[payer];
  return (
    <UnstyledButton
      className={classes.signer}

      onClick={() => navigation.go({ kind: 'signers' })}
    >
      {active ? (
        <>
          <VisuallyHidden>Active signer:</VisuallyHidden>
          <span className="clip">
            <Said text={active.label} />
          </span>
          {balance !== undefined && <Sol lamports={balance} />}
        </>
      ) : (
        <span className="muted">No signer yet</span>
      )}
    </UnstyledButton>
  );
}
