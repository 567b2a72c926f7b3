import type { FilledForm } from './filled-form.ts';

/** A flag of a command. */
export type FlagSpec = {
  /** Without the dashes, as `run-manager` spells it now. */
  readonly flag: string;
  /** What the app calls it. */
  readonly label: string;
  readonly takes: 'value' | 'many' | 'nothing';
  readonly short?: string;
  /** Aliases of today. */
  readonly aliases?: readonly string[];
  /** Spellings that are gone. */
  readonly older?: readonly string[];
  /** Whether the command line refuses to go without it. */
  readonly isRequired?: true;
  /** Whether a variable of its name in UPPER_SNAKE fills it. Source: PROTOCOL §10. */
  readonly hasVariable?: false;
};

/** A command of the command line. */
export type CommandSpec = {
  readonly name: string;
  readonly older?: readonly string[];
  /** The form that does it; absent when the app has none. Many users at once are several lines. */
  readonly form?: Exclude<FilledForm['kind'], 'allow-many'>;
  readonly flags: readonly FlagSpec[];
};

/** Of every command. Source: PROTOCOL §10, global rules. */
const GLOBAL: readonly FlagSpec[] = [
  { flag: 'rpc', label: 'RPC', takes: 'value' },
  { flag: 'ws-rpc', label: 'WebSocket', takes: 'value' },
  { flag: 'wallet-private-key-path', label: 'Signs with', takes: 'value', short: 'w' },
];

const RUN_ID: FlagSpec = { flag: 'run-id', label: 'Run id', takes: 'value', short: 'r', isRequired: true };
const INDEX: FlagSpec = { flag: 'treasurer-index', label: 'Treasurer index', takes: 'value' };
const CLIENT: FlagSpec = {
  flag: 'address',
  label: 'Client',
  takes: 'value',
  aliases: ['wallet', 'user'],
  isRequired: true,
};
const GRANTEE: FlagSpec = { flag: 'authorizer', label: 'Allowed user', takes: 'value' };
const GRANTOR: FlagSpec = { flag: 'join-authority', label: 'Join authority', takes: 'value', isRequired: true };
const METADATA: readonly FlagSpec[] = [
  { flag: 'name', label: 'Name', takes: 'value', hasVariable: false },
  { flag: 'description', label: 'Description', takes: 'value', hasVariable: false },
  { flag: 'num-parameters', label: 'Parameters', takes: 'value', hasVariable: false },
  { flag: 'vocab-size', label: 'Vocabulary', takes: 'value', hasVariable: false },
];

/** Every command and flag, and what they were called before. Source: PROTOCOL §10, §13. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'create-run',
    form: 'create-run',
    flags: [
      RUN_ID,
      { flag: 'client-version', label: 'Client version', takes: 'value', short: 'c', isRequired: true },
      INDEX,
      { flag: 'treasurer-collateral-mint', label: 'Mint of the reward token', takes: 'value' },
      { flag: 'join-authority', label: 'Join authority', takes: 'value', hasVariable: false },
    ],
  },
  { name: 'close-run', form: 'close-run', flags: [RUN_ID] },
  {
    name: 'update-config',
    form: 'update-configuration',
    flags: [
      RUN_ID,
      INDEX,
      { flag: 'config-path', label: 'Configuration file', takes: 'value' },
      { flag: 'restart-from-step', label: 'Restart from step', takes: 'value' },
      { flag: 'switch-to-hub', label: 'Switch to Hub', takes: 'nothing' },
      ...METADATA,
      { flag: 'client-version', label: 'Client version', takes: 'value' },
    ],
  },
  {
    name: 'set-paused',
    form: 'set-paused',
    flags: [RUN_ID, INDEX, { flag: 'resume', label: 'Start or resume', takes: 'nothing' }],
  },
  {
    name: 'set-future-epoch-rates',
    form: 'set-rates',
    flags: [
      RUN_ID,
      INDEX,
      {
        flag: 'earning-rate-total-shared',
        label: 'Reward per epoch',
        takes: 'value',
        older: ['earning-rate'],
      },
      {
        flag: 'slashing-rate-per-client',
        label: 'Penalty per client',
        takes: 'value',
        older: ['slashing-rate'],
      },
    ],
  },
  {
    name: 'checkpoint',
    form: 'checkpoint',
    flags: [
      RUN_ID,
      { flag: 'repo', label: 'Repository', takes: 'value', isRequired: true },
      { flag: 'revision', label: 'Revision', takes: 'value' },
    ],
  },
  {
    name: 'tick',
    form: 'tick',
    flags: [
      RUN_ID,
      { flag: 'ms-interval', label: 'Milliseconds between two', takes: 'value' },
      { flag: 'count', label: 'How often', takes: 'value' },
    ],
  },
  { name: 'json-dump-run', older: ['json-info-dump', 'info'], form: 'dump-run', flags: [RUN_ID, INDEX] },
  { name: 'json-dump-user', form: 'dump-user', flags: [RUN_ID, INDEX, CLIENT] },
  { name: 'join-authorization-create', form: 'allow-to-join', flags: [{ ...GRANTEE, isRequired: true }] },
  { name: 'join-authorization-read', form: 'list-authorizations', flags: [GRANTOR, GRANTEE] },
  {
    name: 'join-authorization-delegate',
    form: 'set-delegates',
    flags: [
      GRANTOR,
      { flag: 'delegates-clear', label: 'Clears the delegates first', takes: 'nothing' },
      { flag: 'delegates-added', label: 'Delegates', takes: 'many', aliases: ['delegate-added'] },
    ],
  },
  {
    name: 'join-authorization-delete',
    form: 'set-authorization-active',
    flags: [{ ...GRANTEE, isRequired: true }],
  },
  { name: 'treasurer-claim-rewards', form: 'claim-rewards', flags: [RUN_ID, INDEX] },
  {
    name: 'treasurer-top-up-rewards',
    form: 'top-up',
    flags: [RUN_ID, INDEX, { flag: 'collateral-amount', label: 'Amount', takes: 'value', isRequired: true }],
  },
  { name: 'can-join', form: 'can-join', flags: [RUN_ID, GRANTEE, CLIENT] },
  {
    name: 'list-runs',
    form: 'list-runs',
    flags: [
      { flag: 'env-file', label: 'Variables from', takes: 'value' },
      { flag: 'coordinator-program-id', label: 'Coordinator program', takes: 'value' },
      { ...GRANTEE, label: 'Join authority', hasVariable: false },
    ],
  },
  { name: 'download-results', flags: [RUN_ID] },
  { name: 'upload-data', flags: [RUN_ID] },
  { name: 'train', flags: [RUN_ID] },
  { name: 'predownload', flags: [] },
];

/** A script of the repository, as the command it stands for and what its places mean. */
export type ScriptSpec = {
  readonly name: string;
  readonly command: string;
  /** Flags by place; the last takes the rest when `takesRest`. */
  readonly places: readonly string[];
  readonly takesRest?: true;
  /** How many of the places must be filled. */
  readonly required: number;
};

/** Scripts that came before the commands. Source: PROTOCOL §13 and the scripts' own usage lines. */
export const SCRIPTS: readonly ScriptSpec[] = [
  {
    name: 'join-authorization-create.sh',
    command: 'join-authorization-create',
    places: ['rpc', 'wallet-private-key-path', 'authorizer'],
    required: 3,
  },
  {
    name: 'join-authorization-set-delegates.sh',
    command: 'join-authorization-delegate',
    places: ['rpc', 'join-authority', 'wallet-private-key-path', 'delegates-added'],
    takesRest: true,
    required: 3,
  },
  {
    name: 'treasurer-run-top-up.sh',
    command: 'treasurer-top-up-rewards',
    places: ['rpc', 'wallet-private-key-path', 'run-id', 'collateral-amount'],
    required: 4,
  },
  {
    name: 'set-paused.sh',
    command: 'set-paused',
    places: ['run-id', 'paused', 'wallet-private-key-path', 'rpc', 'ws-rpc'],
    required: 0,
  },
];

/** Binaries of now and before. */
export const PROGRAMS = ['run-manager', 'psyche-solana-client'] as const;

export type ProgramName = (typeof PROGRAMS)[number];

/** The command of a name, of today or before. */
export function commandNamed(name: string): CommandSpec | undefined {
  return COMMANDS.find((command) => command.name === name || command.older?.includes(name));
}

/** The flags of a command with those that every command takes. */
export function flagsOf(command: CommandSpec): readonly FlagSpec[] {
  return [...command.flags, ...GLOBAL];
}
