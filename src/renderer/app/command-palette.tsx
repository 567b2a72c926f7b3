import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh, useNetworks, useRuns } from '#renderer/lib/queries.ts';

/** Words people may know a place by: the chain's and the command line's names count too. */
const PLACES: readonly { id: string; label: string; description: string; keywords: string[]; screen: Screen }[] = [
  {
    id: 'runs',
    label: 'Runs',
    description: 'All runs of this network',
    keywords: ['list-runs', 'coordinator'],
    screen: { kind: 'runs' },
  },
  {
    id: 'create-run',
    label: 'Create run',
    description: 'A new training run, step by step',
    keywords: ['new', 'init_coordinator'],
    screen: { kind: 'create-run' },
  },
  {
    id: 'who-may-join',
    label: 'Who may join',
    description: 'Let anyone, or one user, in',
    keywords: ['authorization', 'join-authorization-create', 'grantor', 'grantee'],
    screen: { kind: 'who-may-join' },
  },
  {
    id: 'transactions',
    label: 'Transactions',
    description: 'The journal of everything signed here',
    keywords: ['history', 'journal', 'signature'],
    screen: { kind: 'transactions' },
  },
  {
    id: 'inspector',
    label: 'Inspector',
    description: 'Look into any account',
    keywords: ['address', 'decode', 'hex'],
    screen: { kind: 'inspector', text: '' },
  },
  {
    id: 'signers',
    label: 'Signers',
    description: 'Keyfiles, addresses, roles',
    keywords: ['keypair', 'wallet', 'ledger', 'key'],
    screen: { kind: 'signers' },
  },
  {
    id: 'networks',
    label: 'Networks',
    description: 'Add, test and switch networks',
    keywords: ['rpc', 'cluster', 'practice', 'config.yml'],
    screen: { kind: 'networks' },
  },
  {
    id: 'settings',
    label: 'Settings',
    description: 'Theme and version',
    keywords: ['dark', 'light', 'theme'],
    screen: { kind: 'settings' },
  },
];

/** Goes anywhere by typing: Ctrl or Cmd K. */
export function CommandPalette() {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const runs = useRuns().data?.rows ?? [];
  const networks = useNetworks().data;
  const activate = useMutation({
    mutationFn: (id: string) => client.networks.activate({ id }),
    onSettled: () => refresh(queries, 'networks', 'connection', 'runs', 'signers'),
  });
  const actions: SpotlightActionData[] = [
    ...PLACES.map(({ screen, ...words }) => ({ ...words, onClick: () => navigation.go(screen) })),
    ...runs.map(({ runId, instance, reading }) => ({
      id: instance,
      label: `Run ${runId}`,
      description: reading.kind === 'ok' ? reading.name : 'Not readable by this version',
      onClick: () => navigation.go({ kind: 'run', runId }),
    })),
    ...(networks?.profiles ?? []).map(({ id, name }) => ({
      id: `network ${id}`,
      label: `Switch to ${name}`,
      description: 'Network',
      keywords: ['network', 'connect'],
      onClick: () => activate.mutate(id),
    })),
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      limit={9}
      highlightQuery
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      nothingFound="Nothing found"
      searchProps={{ placeholder: 'Search screens, runs, networks', 'aria-label': 'Search screens, runs, networks' }}
    />
  );
}
