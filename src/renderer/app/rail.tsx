import { Tooltip } from '@mantine/core';
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import Boxes from 'lucide-react/icons/boxes';
import KeyRound from 'lucide-react/icons/key-round';
import Network from 'lucide-react/icons/network';
import PanelLeft from 'lucide-react/icons/panel-left';
import ScanSearch from 'lucide-react/icons/scan-search';
import SettingsIcon from 'lucide-react/icons/settings';
import SquareTerminal from 'lucide-react/icons/square-terminal';
import UserCheck from 'lucide-react/icons/user-check';
import { useState } from 'react';
import { type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import classes from './rail.module.css';

type Place = {
  readonly label: string;
  readonly screen: Screen;
  readonly kinds: readonly Screen['kind'][];
  readonly Icon: typeof Boxes;
};

const PLACES: readonly Place[] = [
  {
    label: 'Runs',
    screen: { kind: 'runs' },
    kinds: [
      'runs',
      'run',
      'create-run',
      'update-configuration',
      'set-paused',
      'close-run',
      'tick',
      'checkpoint',
      'set-rates',
      'top-up',
      'claim-rewards',
    ],
    Icon: Boxes,
  },
  {
    label: 'Who may join',
    screen: { kind: 'authorizations' },
    kinds: [
      'authorizations',
      'authorization',
      'who-may-join',
      'set-delegates',
      'set-authorization-active',
      'close-authorization',
      'can-join',
      'join-kit',
    ],
    Icon: UserCheck,
  },
  {
    label: 'Transactions',
    screen: { kind: 'transactions' },
    kinds: ['transactions', 'transaction'],
    Icon: ArrowLeftRight,
  },
  { label: 'Inspector', screen: { kind: 'inspector', text: '' }, kinds: ['inspector'], Icon: ScanSearch },
  {
    label: 'Signers',
    screen: { kind: 'signers' },
    kinds: ['signers', 'nonce-accounts', 'create-nonce-accounts', 'change-nonce'],
    Icon: KeyRound,
  },
  { label: 'Networks', screen: { kind: 'networks' }, kinds: ['networks'], Icon: Network },
];

const SETTINGS: Place = { label: 'Settings', screen: { kind: 'settings' }, kinds: ['settings'], Icon: SettingsIcon };

const PASTE: Place = {
  label: 'Paste a command',
  screen: { kind: 'paste-command' },
  kinds: ['paste-command'],
  Icon: SquareTerminal,
};

/** The places of the app. Collapses to icons. */
export function Rail() {
  const [collapsed, setCollapsed] = useState(false);
  return (
    <nav className={classes.rail} aria-label="Main" data-collapsed={collapsed || undefined}>
      <ul className={classes.places}>
        {PLACES.map((place) => (
          <PlaceButton key={place.label} place={place} collapsed={collapsed} />
        ))}
      </ul>
      <ul className={classes.places}>
        <PlaceButton place={PASTE} collapsed={collapsed} />
        <PlaceButton place={SETTINGS} collapsed={collapsed} />
        <li>
          <button
            type="button"
            className={classes.place}
            aria-label={collapsed ? 'Expand the rail' : 'Collapse the rail'}
            aria-expanded={!collapsed}
            onClick={() => setCollapsed(!collapsed)}
          >
            <PanelLeft size={17} aria-hidden />
            {!collapsed && <span>Collapse</span>}
          </button>
        </li>
      </ul>
    </nav>
  );
}

function PlaceButton({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const navigation = useNavigation();
  const isHere = place.kinds.includes(navigation.screen.kind);
  return (
    <li>
      <Tooltip label={place.label} position="right" disabled={!collapsed}>
        <button
          type="button"
          className={classes.place}
          aria-label={place.label}
          aria-current={isHere ? 'page' : undefined}
          onClick={() => navigation.go(place.screen)}
        >
          <place.Icon size={17} aria-hidden />
          {!collapsed && <span>{place.label}</span>}
        </button>
      </Tooltip>
    </li>
  );
}
