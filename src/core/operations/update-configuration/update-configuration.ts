import { changeRun } from '#core/programs/change-run.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts, type OperationContext, type Step } from '../define-operation.ts';
import { type Bundle, fitsOne, packSteps } from '../pack-steps.ts';
import type { Consequence } from '../prepared.ts';
import { indexOf, ownerCheck, readRunFacts, type RunFacts } from '../run-facts.ts';
import { countText } from '../time-text.ts';
import { indexFlag } from '../token-text.ts';
import type { UpdateConfigurationInput } from './input.ts';
import { updateChecks } from './update-checks.ts';
import { differencesOf, partsToSend, type UpdateParts } from './update-parts.ts';

type UpdateFacts = RunFacts & Facts;

/** Replaces what differs: metadata, configuration, model, progress, client version. Source: PROTOCOL.md §4.1 `update`, §7, §10. */
export const updateConfiguration = defineOperation<UpdateConfigurationInput, UpdateFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check: (input, facts, { signers }) => [ownerCheck(facts, signers.authority), ...updateChecks(input, facts)],

  plan: planUpdate,

  changes: (input, { run }) =>
    differencesOf(input, run).map(({ path, before, after }) => ({ label: path, before, after })),

  consequences: updateConsequences,

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId, configText, metadata, clientVersion, restartFromStep, switchToHub }, { ownership }) =>
    runManagerLine('update-config', 'main_authority.json', {
      'run-id': runId,
      ...indexFlag(runId, indexOf(ownership)),
      ...(configText === undefined ? {} : { 'config-path': 'config.toml' }),
      ...(restartFromStep === undefined ? {} : { 'restart-from-step': String(restartFromStep) }),
      ...(switchToHub ? { 'switch-to-hub': true as const } : {}),
      ...(metadata === undefined
        ? {}
        : {
            name: metadata.name,
            description: metadata.description,
            'num-parameters': metadata.parameters.toString(),
            'vocab-size': metadata.vocabulary.toString(),
          }),
      ...(clientVersion === undefined ? {} : { 'client-version': clientVersion }),
    }),
});

/**
 * One transaction with everything in one instruction where it fits. Else the metadata goes first and alone: no rule reads it,
 * so the run between the two is the one before with other texts. Configuration, model and progress stay together, because the
 * cold start rule looks at the pair and the data index follows from it; with the client version they always fit.
 */
function planUpdate(
  input: UpdateConfigurationInput,
  { place, run }: UpdateFacts,
  { signers }: OperationContext,
): Step[] {
  const { payer, authority } = signers;
  const parts = partsToSend(input, run);
  const bundleOf = (some: UpdateParts): Bundle => ({
    title: titleOf(some),
    instructions: changeRun(place, authority, some),
  });
  const whole = bundleOf(parts);
  const { metadata, ...rest } = parts;
  const isSplit = metadata !== undefined && !fitsOne(whole.instructions, signers);
  return packSteps(isSplit ? [bundleOf({ metadata }), bundleOf(rest)] : [whole], {
    signers,
    roles: { [authority]: 'Main authority' },
    runId: input.runId,
    watch: [payer],
  });
}

const PART_WORDS = {
  metadata: 'metadata',
  config: 'configuration',
  model: 'model',
  progress: 'progress',
  clientVersion: 'client version',
} as const satisfies Record<keyof UpdateParts, string>;

function titleOf(parts: UpdateParts): string {
  const words = Object.entries(PART_WORDS).flatMap(([part, word]) => (part in parts ? [word] : []));
  const last = words.pop() ?? '';
  return `Update ${words.length === 0 ? last : `${words.join(', ')} and ${last}`}`;
}

function updateConsequences(input: UpdateConfigurationInput, { run }: UpdateFacts): Consequence[] {
  const { metadata, config, model, progress, clientVersion } = partsToSend(input, run);
  const { coordinator, clients_state: clients } = run.state;
  const isNew = coordinator.run_state === 'Uninitialized';
  const known = clients.clients.length;
  const waits = `It counts from the next ${isNew ? 'start' : 'resume'} on`;
  const people =
    known === 0 || isNew ? [] : [`then every client must join again; the run knows ${countText(known, 'client')}`];
  return [
    ...(config || model || progress ? [{ about: 'time' as const, text: [waits, ...people].join('; ') }] : []),
    ...(progress && !isNew && progress.step < coordinator.progress.step
      ? [
          {
            about: 'final' as const,
            text: `Steps ${progress.step} to ${coordinator.progress.step} are trained again; points that were earned for them stay`,
          },
        ]
      : []),
    ...(clientVersion === undefined
      ? []
      : [
          {
            about: 'people' as const,
            text:
              clientVersion === 'test'
                ? 'With the version “test” clients no longer compare theirs: any may take part'
                : `Clients with another version than “${clientVersion}” no longer take part until they are updated`,
          },
        ]),
    ...(metadata && !config && !model && !progress && clientVersion === undefined
      ? [{ about: 'people' as const, text: 'Only what people read changes; clients do not notice' }]
      : []),
  ];
}
