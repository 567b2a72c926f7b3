import { compareConfig, type ComparedRun, type ConfigDifference } from '#core/config/compare-config.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import {
  createCoordinator,
  setPaused,
  update,
  updateClientVersion,
  type RunPlace,
} from '#core/programs/coordinator.ts';
import { runManagerLine } from '../command-line.ts';
import { chainMetadata, configurationOf } from '../configuration-parts.ts';
import { defineOperation, type OperationContext, type Step } from '../define-operation.ts';
import { allowInstructions, describeWho, joinAuthorizationFor } from '../join-authorization.ts';
import { packSteps, type Bundle } from '../pack-steps.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createRunChecks, neededLamports } from './create-run-checks.ts';
import { gatherCreateFacts, isConfigured, type CreateFacts, type ExistingRun } from './create-run-facts.ts';
import type { Change } from '../prepared.ts';
import type { CreateRunInput } from './input.ts';

/**
 * Creates a run without rewards. Two transactions at most: who may join, the run and its name; then its configuration and
 * start. What the chain has already is left out, so an interrupted creation goes on where it stopped.
 */
export const createRun = defineOperation<CreateRunInput, CreateFacts>({
  gather: (input, context) => gatherCreateFacts(input, context),

  check: (input, facts, context) =>
    createRunChecks(input, facts, context, countSignatures(planCreate(input, facts, context))),

  plan: planCreate,

  changes: (input, facts) => [
    ...(facts.existing ? [] : [{ label: `Run “${input.runId}”`, before: 'Does not exist', after: 'Created' }]),
    ...(facts.authorization === 'active'
      ? []
      : [{ label: 'May join', before: 'Nobody', after: describeWho(input.whoMayJoin) }]),
    ...configurationChanges(input, facts),
    {
      label: 'State',
      before: facts.existing ? RUN_STATE_TEXTS[facts.existing.run.state.coordinator.run_state] : 'Does not exist',
      after: RUN_STATE_TEXTS[input.start ? 'WaitingForMembers' : 'Uninitialized'],
    },
  ],

  rent: (_input, facts) => ({
    lamports: neededLamports(facts),
    note: 'Comes back when the run and the authorization are closed',
  }),

  command: ({ runId, whoMayJoin, clientVersion, metadata, configText, start }, _facts, { signers }) =>
    [
      runManagerLine('join-authorization-create', 'join_authority.json', {
        authorizer: whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
      }),
      runManagerLine('create-run', 'main_authority.json', {
        'run-id': runId,
        'client-version': clientVersion,
        'join-authority': signers.joinAuthority,
      }),
      runManagerLine('update-config', 'main_authority.json', {
        'run-id': runId,
        ...(configText === undefined ? {} : { 'config-path': 'config.toml' }),
        name: metadata.name,
        description: metadata.description,
        'num-parameters': metadata.parameters.toString(),
        'vocab-size': metadata.vocabulary.toString(),
      }),
      ...(start ? [runManagerLine('set-paused', 'main_authority.json', { 'run-id': runId, resume: true })] : []),
    ].join('\n'),
});

function planCreate(input: CreateRunInput, facts: CreateFacts, context: OperationContext): Step[] {
  const { signers, programs, freshAccount } = context;
  const authorization = joinAuthorizationFor(input.whoMayJoin, signers.joinAuthority, programs);
  const place: RunPlace = { instance: facts.instance, account: facts.existing?.account ?? freshAccount, programs };
  const packing = {
    payer: signers.payer,
    roles: rolesOf(context),
    runId: input.runId,
    watch: [signers.payer, place.account],
  };
  const allow: Bundle = {
    title: `Let ${input.whoMayJoin.kind === 'anyone' ? 'anyone' : 'one user'} join`,
    instructions: allowInstructions(authorization, facts.authorization, signers.payer, programs),
  };
  return [
    ...packSteps([allow, ...creation(input, facts, context, place)], packing),
    ...packSteps([configuration(input, facts, context, place)], packing),
  ];
}

function creation(
  input: CreateRunInput,
  { existing, rent }: CreateFacts,
  { signers }: OperationContext,
  place: RunPlace,
): Bundle[] {
  const blank = { name: '', description: '', num_parameters: 0n, vocab_size: 0n };
  const metadata = chainMetadata(input.metadata);
  const renamed = compareConfig({ metadata: existing?.run.state.metadata ?? blank }, { metadata }).length > 0;
  const create = {
    title: `Create run “${input.runId}”`,
    instructions: createCoordinator(place, {
      payer: signers.payer,
      mainAuthority: signers.authority,
      joinAuthority: signers.joinAuthority,
      runId: input.runId,
      clientVersion: input.clientVersion,
      rentLamports: rent.account,
    }),
  };
  const name = {
    title: 'Name it',
    instructions: renamed ? [update(place, signers.authority, { metadata })] : [],
  };
  return existing ? [name] : [create, name];
}

/** A new run takes the file as it is; of one that exists, what differs is shown value by value. */
function configurationChanges({ configText, clientVersion }: CreateRunInput, { existing }: CreateFacts): Change[] {
  const wanted = configurationOf(configText);
  if (!existing) return wanted ? [{ label: 'Configuration', before: 'None', after: 'As in the file' }] : [];
  if (!isConfigured(existing) && wanted) return [{ label: 'Configuration', before: 'None', after: 'As in the file' }];
  return differences(existing, { ...wanted, client_version: clientVersion }).map(({ path, before, after }) => ({
    label: path,
    before,
    after,
  }));
}

function configuration(
  { configText, clientVersion, start }: CreateRunInput,
  { existing }: CreateFacts,
  { signers }: OperationContext,
  place: RunPlace,
): Bundle {
  const wanted = configurationOf(configText);
  const configures = wanted && (!existing || differences(existing, wanted).length > 0);
  const changesVersion = existing && differences(existing, { client_version: clientVersion }).length > 0;
  const starts = start && (wanted || existing);
  const words = [...(configures || changesVersion ? ['configure'] : []), ...(starts ? ['start'] : [])].join(' and ');
  return {
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)} the run`,
    instructions: [
      ...(configures ? [update(place, signers.authority, wanted)] : []),
      ...(changesVersion ? [updateClientVersion(place, signers.authority, clientVersion)] : []),
      ...(starts ? [setPaused(place, signers.authority, false)] : []),
    ],
  };
}

function differences({ run }: ExistingRun, wanted: ComparedRun): readonly ConfigDifference[] {
  const { config, model } = run.state.coordinator;
  return compareConfig({ config, model, client_version: run.state.client_version }, wanted);
}

function rolesOf({ signers, freshAccount }: OperationContext): Record<string, string> {
  return {
    [freshAccount]: 'New account of the run',
    [signers.joinAuthority]: 'Join authority',
    [signers.authority]: signers.authority === signers.joinAuthority ? 'Main and join authority' : 'Main authority',
  };
}

function countSignatures(steps: readonly Step[]): number {
  return steps.reduce((sum, { signers }) => sum + signers.length, 0);
}
