import type { TransactionInstruction } from '@solana/web3.js';
import { compareConfig, type ComparedRun, type ConfigDifference } from '#core/config/compare-config.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { changeRun } from '#core/programs/change-run.ts';
import type { Address } from '#core/solana/address.ts';
import { fail, fundsCheck, pass } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { chainMetadata, configurationChecks, configurationOf } from '../configuration-parts.ts';
import { defineOperation } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { indexOf, isHalted, ownerCheck, readRunFacts, type RunFacts } from '../run-facts.ts';
import { indexFlag } from '../token-text.ts';
import type { UpdateConfigurationInput } from './input.ts';

type UpdateFacts = RunFacts & { floorLamports: bigint };

/** Replaces what differs: metadata, configuration, model, client version. Source: PROTOCOL.md §4.1 `update`, §7. */
export const updateConfiguration = defineOperation<UpdateConfigurationInput, UpdateFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check(input, facts, context) {
    const { payer, authority } = context.signers;
    const steps = BigInt(this.plan(input, facts, context).length);
    return [
      ownerCheck(facts, authority),
      ...(input.configText === undefined ? [] : configurationChecks(input.configText)),
      ...stateChecks(input, facts),
      ...(this.changes(input, facts, context).length === 0 ? [nothingToSend(input)] : []),
      fundsCheck(facts.payerLamports, steps * (payer === authority ? 5000n : 10_000n), facts.floorLamports),
    ];
  },

  plan: (input, facts, context) =>
    packSteps(
      [
        ...(['metadata', 'configuration', 'client version'] as const).map((part) => ({
          title: `Update ${part}`,
          instructions: instructionsFor(part, input, facts, context.signers.authority),
        })),
      ],
      {
        payer: context.signers.payer,
        roles: { [context.signers.authority]: 'Main authority' },
        runId: input.runId,
        watch: [context.signers.payer],
      },
    ),

  changes: (input, { run }) =>
    differences(input, run).map(({ path, before, after }) => ({ label: path, before, after })),

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId, configText, metadata, clientVersion }, { ownership }) =>
    runManagerLine('update-config', 'main_authority.json', {
      'run-id': runId,
      ...indexFlag(runId, indexOf(ownership)),
      ...(configText === undefined ? {} : { 'config-path': 'config.toml' }),
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

/** What the input would change, in the order of the chain's fields. */
function differences(input: UpdateConfigurationInput, run: CoordinatorAccount): readonly ConfigDifference[] {
  const { metadata, client_version, coordinator } = run.state;
  const { config, model } = coordinator;
  return compareConfig({ config, model, metadata, client_version }, wantedOf(input));
}

function wantedOf({ configText, metadata, clientVersion }: UpdateConfigurationInput): ComparedRun {
  return {
    ...configurationOf(configText),
    ...(metadata && { metadata: chainMetadata(metadata) }),
    ...(clientVersion !== undefined && { client_version: clientVersion }),
  };
}

/** Which of the parts an update replaces as a whole do differ. */
function partsToSend(input: UpdateConfigurationInput, run: CoordinatorAccount): ComparedRun {
  const touched = new Set(differences(input, run).map(({ path }) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(wantedOf(input)).filter(([part]) => touched.has(part)));
}

function instructionsFor(
  part: 'metadata' | 'configuration' | 'client version',
  input: UpdateConfigurationInput,
  { place, run }: UpdateFacts,
  authority: Address,
): TransactionInstruction[] {
  const { metadata, config, model, client_version: version } = partsToSend(input, run);
  switch (part) {
    case 'metadata':
      return changeRun(place, authority, { ...(metadata && { metadata }) });
    case 'configuration':
      return changeRun(place, authority, { ...(config && { config }), ...(model && { model }) });
    case 'client version':
      return changeRun(place, authority, version === undefined ? {} : { clientVersion: version });
  }
}

function stateChecks(input: UpdateConfigurationInput, { run }: UpdateFacts): Check[] {
  const state = run.state.coordinator.run_state;
  const { metadata, config, model, client_version: version } = partsToSend(input, run);
  if (state === 'Finished' && (config || model || metadata)) {
    return [fail('State', 'The run is Finished: that is final (UpdateConfigFinished 6000)', 'Create a new run')];
  }
  if (!isHalted(state) && (config || model || version !== undefined)) {
    const reason = `The run is ${state}: configuration and client version change only while it does not run (UpdateConfigNotHalted 6001)`;
    return [fail('State', reason, 'Pause it first')];
  }
  return [pass('State', state)];
}

function nothingToSend({ configText }: UpdateConfigurationInput): Check {
  if (configText !== undefined && !configurationOf(configText)) {
    return fail(
      'Nothing can be sent yet',
      'The configuration file does not parse',
      'Correct the lines above',
      'configText',
    );
  }
  return fail('Nothing to send', 'Everything is on chain already as you have it here', 'Change something first');
}
