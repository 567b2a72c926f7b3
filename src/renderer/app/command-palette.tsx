import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DROPPED, dropSecrets } from '#core/command-line/drop-secrets.ts';
import { looksLikeCommand } from '#core/command-line/looks-like-command.ts';
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
    id: 'authorizations',
    label: 'Who may join',
    description: 'Authorizations: who gave them, to whom, for which runs',
    keywords: ['authorization', 'join-authorization-read', 'join-authorization-delete', 'grantor', 'grantee', 'revoke'],
    screen: { kind: 'authorizations' },
  },
  {
    id: 'who-may-join',
    label: 'Let someone join',
    description: 'Anyone, one user, or a list of them',
    keywords: ['authorization', 'join-authorization-create', 'allow', 'admit', 'grantor', 'grantee'],
    screen: { kind: 'who-may-join' },
  },
  {
    id: 'set-delegates',
    label: 'Set delegates',
    description: 'Keys that may join in the name of a user',
    keywords: ['join-authorization-delegate', 'delegates-added', 'delegates-clear', 'grantee'],
    screen: { kind: 'set-delegates', grantor: '', grantee: '' },
  },
  {
    id: 'can-join',
    label: 'Can it join?',
    description: 'Every rule between a key and a run',
    keywords: ['can-join', 'authorization', 'checklist'],
    screen: { kind: 'can-join', runId: '' },
  },
  {
    id: 'join-kit',
    label: 'Join kit',
    description: 'What a user needs to join a run',
    keywords: ['invite', 'env', 'AUTHORIZER', 'RUN_ID'],
    screen: { kind: 'join-kit', runId: '', grantee: '' },
  },
  {
    id: 'nonce-accounts',
    label: 'Nonce accounts',
    description: 'Create, advance, fund, hand over, empty and close them',
    keywords: ['durable nonce', 'create-nonce-account', 'new-nonce', 'withdraw-from-nonce-account', 'offline'],
    screen: { kind: 'nonce-accounts' },
  },
  {
    id: 'transactions',
    label: 'Transactions',
    description: 'The journal of everything signed here',
    keywords: ['history', 'journal', 'signature'],
    screen: { kind: 'transactions' },
  },
  {
    id: 'open-transaction',
    label: 'Open a transaction',
    description: 'One that somebody sent you: add its signatures, or review and sign it',
    keywords: ['import', 'paste', 'base64', 'signature', 'partially signed', 'multisig', 'offline'],
    screen: { kind: 'open-transaction' },
  },
  {
    id: 'inspector',
    label: 'Inspector',
    description: 'Look into any account',
    keywords: ['address', 'decode', 'hex'],
    screen: { kind: 'inspector', text: '' },
  },
  {
    id: 'paste-command',
    label: 'Paste a command',
    description: 'Fills the form that does what a command line does',
    keywords: ['run-manager', 'psyche-solana-client', 'cli', 'terminal', 'script', 'cargo run'],
    screen: { kind: 'paste-command' },
  },
  {
    id: 'error-atlas',
    label: 'Error atlas',
    description: 'What an error code means, and what to do',
    keywords: ['error', 'code', 'custom program error', '0x', '6000', '2003', '-32002', 'failed'],
    screen: { kind: 'error-atlas' },
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

/** What can be done with the run that is open. */
const RUN_PLACES: readonly { id: string; label: string; keywords: string[]; screenOf: (runId: string) => Screen }[] = [
  {
    id: 'run-update-configuration',
    label: 'Update its configuration',
    keywords: ['update-config', 'metadata', 'client version', 'restart-from-step', 'switch-to-hub'],
    screenOf: (runId) => ({ kind: 'update-configuration', runId }),
  },
  {
    id: 'run-pause',
    label: 'Pause it',
    keywords: ['set-paused'],
    screenOf: (runId) => ({ kind: 'set-paused', runId, paused: true }),
  },
  {
    id: 'run-resume',
    label: 'Start or resume it',
    keywords: ['set-paused', '--resume'],
    screenOf: (runId) => ({ kind: 'set-paused', runId, paused: false }),
  },
  { id: 'run-tick', label: 'Tick it', keywords: ['advance state'], screenOf: (runId) => ({ kind: 'tick', runId }) },
  {
    id: 'run-checkpoint',
    label: 'Record a checkpoint of it',
    keywords: ['checkpoint', 'hub', 'gcs'],
    screenOf: (runId) => ({ kind: 'checkpoint', runId }),
  },
  {
    id: 'run-set-rates',
    label: 'Set its rates',
    keywords: ['set-future-epoch-rates', 'rewards'],
    screenOf: (runId) => ({ kind: 'set-rates', runId }),
  },
  {
    id: 'run-close',
    label: 'Close it',
    keywords: ['close-run', 'refund', 'free_coordinator'],
    screenOf: (runId) => ({ kind: 'close-run', runId }),
  },
];

/** Goes anywhere by typing: Ctrl or Cmd K. */
export function CommandPalette() {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const [query, setQuery] = useState('');
  /** How many keys were taken out of what was pasted. */
  const [secrets, setSecrets] = useState(0);
  const runs = useRuns().data?.rows;
  const networks = useNetworks().data;
  const activate = useMutation({
    mutationFn: (id: string) => client.networks.activate({ id }),
    onSettled: () => refresh(queries, 'networks', 'connection', 'runs', 'signers'),
  });
  const { go, screen: here } = navigation;
  // Ten thousand runs are many: their entries are made when the list changes, not at every key.
  const runActions = useMemo(
    () =>
      (runs ?? []).map(({ runId, instance, reading }) => ({
        id: instance,
        label: `Run ${runId}`,
        description: reading.kind === 'ok' ? reading.name : 'Not readable by this version',
        onClick: () => go({ kind: 'run', runId }),
      })),
    [runs, go],
  );
  const runHere = 'runId' in here ? here.runId : '';
  const actions: SpotlightActionData[] = [
    ...(runHere === ''
      ? []
      : RUN_PLACES.map(({ screenOf, ...words }) => ({
          ...words,
          description: `Run ${runHere}`,
          onClick: () => go(screenOf(runHere)),
        }))),
    ...(looksLikeCommand(query)
      ? [
          {
            id: 'read-command',
            label: 'Read this command',
            description: 'Opens the form that does the same',
            keywords: [query],
            // A field of one line takes the ends of lines away and leaves the marks that continued them.
            onClick: () => navigation.go({ kind: 'paste-command', text: query.replaceAll(/\\\s+/g, ' '), secrets }),
          },
        ]
      : []),
    ...PLACES.map(({ screen, ...words }) => ({ ...words, onClick: () => navigation.go(screen) })),
    ...runActions,
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
      query={query}
      onQueryChange={(next) => {
        const { text, dropped } = dropSecrets(next);
        setQuery(text.replaceAll(DROPPED, '[dropped]'));
        setSecrets(next === '' ? 0 : secrets + dropped);
      }}
      // The description of the chosen line is paler by default than can be read on its colour.
      styles={{ actionDescription: { opacity: 1 } }}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      nothingFound="Nothing found"
      searchProps={{ placeholder: 'Search screens, runs, networks', 'aria-label': 'Search screens, runs, networks' }}
    />
  );
}
