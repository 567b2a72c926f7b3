import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { changeRun, type OwnedPlace } from '#core/programs/change-run.ts';
import { createCoordinator } from '#core/programs/coordinator.ts';
import { transferChecked } from '#core/programs/token.ts';
import { createRewardedRun } from '#core/programs/treasurer.ts';
import { chainMetadata, configurationOf } from '../configuration-parts.ts';
import { defineOperation, type OperationContext, type Step } from '../define-operation.ts';
import { allowInstructions, describeWho, joinAuthorizationFor } from '../join-authorization.ts';
import { packSteps, type Bundle } from '../pack-steps.ts';
import { createRunChecks } from './create-run-checks.ts';
import { gatherCreateFacts, isConfigured, type CreateFacts, type ExistingRun } from './create-run-facts.ts';
import { differences, differingRates, isRenamed, isStarted } from './existing-run.ts';
import { stopsOf } from './create-run-stops.ts';
import type { Change } from '../prepared.ts';
import { amountText } from '../token-text.ts';
import { createRunCommand } from './create-run-command.ts';
import { createRunConsequences } from './create-run-consequences.ts';
import type { CreateRunInput } from './input.ts';
import { missingTopUp } from './rewards-checks.ts';

/**
 * Creates a run. As few approvals as possible: who may join, the run and its name; then its configuration, rates, start and
 * first top-up, where they fit. What the chain has already is left out, so an interrupted creation goes on where it stopped.
 */
export const createRun = defineOperation<CreateRunInput, CreateFacts>({
  gather: (input, context) => gatherCreateFacts(input, context),

  check: (input, facts, context) =>
    createRunChecks(input, facts, context, planCreate(input, facts, context).length === 0),

  plan: planCreate,

  changes: (input, facts) => [
    ...(facts.existing ? [] : [{ label: `Run “${input.runId}”`, before: 'Does not exist', after: 'Created' }]),
    ...(facts.authorization.state === 'active'
      ? []
      : [{ label: 'May join', before: 'Nobody', after: describeWho(input.whoMayJoin) }]),
    ...configurationChanges(input, facts),
    ...rewardsChanges(input, facts),
    {
      label: 'State',
      before: facts.existing ? RUN_STATE_TEXTS[facts.existing.run.state.coordinator.run_state] : 'Does not exist',
      after:
        facts.existing && isStarted(facts.existing)
          ? RUN_STATE_TEXTS[facts.existing.run.state.coordinator.run_state]
          : RUN_STATE_TEXTS[input.start ? 'WaitingForMembers' : 'Uninitialized'],
    },
  ],

  consequences: createRunConsequences,

  rent: ({ rewards }, facts) => ({
    lamports: facts.missing.authorization + facts.missing.run,
    note: rewards
      ? 'Never comes back, but for the authorization: a run with rewards cannot be closed'
      : 'Comes back when the run and the authorization are closed',
  }),

  command: createRunCommand,
});

function planCreate(input: CreateRunInput, facts: CreateFacts, context: OperationContext): Step[] {
  const { signers, programs, freshAccount } = context;
  const { existing, rewards, instance, seeded, missing } = facts;
  if (stopsOf(input, facts, context).length > 0) return [];
  const authorization = joinAuthorizationFor(input.whoMayJoin, signers.joinAuthority, programs);
  const treasurerRun = existing ? treasurerRunOf(existing) : rewards?.treasurerRun;
  const place: OwnedPlace = {
    instance,
    account: existing?.account ?? seeded?.address ?? freshAccount,
    programs,
    treasurerRun,
  };
  const packing = {
    signers,
    roles: rolesOf(input, context),
    runId: input.runId,
    watch: [signers.payer, place.account],
  };
  const allow: Bundle = {
    title: `Let ${input.whoMayJoin.kind === 'anyone' ? 'anyone' : 'one user'} join`,
    instructions: allowInstructions(authorization, facts.authorization.state, signers.payer, programs),
    costLamports: missing.authorization,
  };
  return [
    ...packSteps([allow, ...creation(input, facts, context, place)], packing),
    ...packSteps([configuration(input, facts, context, place), topUpBundle(input, facts)], {
      ...packing,
      watch: [...packing.watch, ...(rewards?.source ? [rewards.source.address, rewards.vault] : [])],
    }),
  ];
}

function creation(
  input: CreateRunInput,
  { existing, accountRent, missing, rewards, seeded }: CreateFacts,
  { signers }: OperationContext,
  place: OwnedPlace,
): Bundle[] {
  const metadata = chainMetadata(input.metadata);
  const run = {
    payer: signers.payer,
    mainAuthority: signers.authority,
    joinAuthority: signers.joinAuthority,
    runId: input.runId,
    clientVersion: input.clientVersion,
    rentLamports: accountRent,
    seed: seeded?.seed,
  };
  const name = {
    title: 'Name it',
    instructions: isRenamed(input, existing) ? changeRun(place, signers.authority, { metadata }) : [],
  };
  if (existing) return [name];
  const create = rewards
    ? {
        title: `Create run “${input.runId}” with rewards`,
        instructions: createRewardedRun(
          { ...place, treasurerRun: rewards.treasurerRun },
          { ...run, index: rewards.index, mint: rewards.mint.address, vault: rewards.vault },
        ),
      }
    : { title: `Create run “${input.runId}”`, instructions: createCoordinator(place, run) };
  return [{ ...create, costLamports: missing.run }, name];
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
  input: CreateRunInput,
  { existing }: CreateFacts,
  { signers }: OperationContext,
  place: OwnedPlace,
): Bundle {
  const { configText, clientVersion } = input;
  const wanted = configurationOf(configText);
  const isDone = existing !== undefined && isStarted(existing);
  const configures = wanted && (!existing || differences(existing, wanted).length > 0);
  const changesVersion = existing && differences(existing, { client_version: clientVersion }).length > 0;
  const rates = differingRates(input, existing);
  const starts = input.start;
  const words = [
    ...(configures || changesVersion ? ['configure'] : []),
    ...(rates ? ['reward'] : []),
    ...(starts ? ['start'] : []),
  ];
  const last = words.pop() ?? '';
  const verbs = words.length === 0 ? last : `${words.join(', ')} and ${last}`;
  return {
    title: `${verbs.charAt(0).toUpperCase()}${verbs.slice(1)} the run`,
    instructions: isDone
      ? []
      : changeRun(place, signers.authority, {
          ...(configures && wanted),
          ...(changesVersion && { clientVersion }),
          ...(rates && { rates }),
          ...(starts && { paused: false }),
        }),
  };
}

function topUpBundle(input: CreateRunInput, facts: CreateFacts): Bundle {
  const amount = missingTopUp(input, facts);
  const { rewards } = facts;
  return {
    title: 'Top up its treasury',
    instructions:
      amount === 0n || !rewards?.source || !input.rewards
        ? []
        : [
            transferChecked({
              source: rewards.source.address,
              mint: rewards.mint.address,
              destination: rewards.vault,
              owner: rewards.source.funder,
              amount,
              decimals: input.rewards.decimals,
            }),
          ],
  };
}

function treasurerRunOf({ ownership }: ExistingRun) {
  return ownership.kind === 'treasurer' ? ownership.treasurerRun : undefined;
}

function rewardsChanges(input: CreateRunInput, facts: CreateFacts): Change[] {
  const { rewards: wanted } = input;
  if (!wanted) return [];
  const text = (native: bigint) => amountText(native, wanted.decimals);
  const { existing, rewards } = facts;
  const rates = differingRates(input, existing);
  const now = existing?.run.state.clients_state.future_epoch_rates;
  const inVault = existing ? (rewards?.vaultTokens?.amount ?? 0n) : 0n;
  const missing = missingTopUp(input, facts);
  return [
    ...(existing ? [] : [{ label: 'Rewards', before: 'None', after: `Paid in ${wanted.mint}` }]),
    ...(rates?.earning === undefined
      ? []
      : [
          {
            label: 'Reward per epoch, shared',
            before: text(now?.earning_rate_total_shared ?? 0n),
            after: text(rates.earning),
          },
        ]),
    ...(rates?.slashing === undefined
      ? []
      : [
          {
            label: 'Penalty per client',
            before: text(now?.slashing_rate_per_client ?? 0n),
            after: text(rates.slashing),
          },
        ]),
    ...(missing === 0n ? [] : [{ label: 'Vault', before: text(inVault), after: text(inVault + missing) }]),
  ];
}

function rolesOf({ rewards }: CreateRunInput, { signers, freshAccount }: OperationContext): Record<string, string> {
  return {
    ...(rewards?.topUp && { [rewards.topUp.funder]: 'Funder' }),
    [freshAccount]: 'New account of the run',
    [signers.joinAuthority]: 'Join authority',
    [signers.authority]: signers.authority === signers.joinAuthority ? 'Main and join authority' : 'Main authority',
  };
}
