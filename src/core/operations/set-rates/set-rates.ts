import { runwayOf, shareOf, sharingClients } from '#core/rewards/treasury.ts';
import { changeRun } from '#core/programs/change-run.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Change, Check, Consequence } from '../prepared.ts';
import { isHalted, ownerCheck, type RunFacts } from '../run-facts.ts';
import { countText } from '../time-text.ts';
import { decimalsChecks, mintChecks } from '../token-checks.ts';
import { amountText, cliAmount, indexFlag, ROUNDING_NOTE, runwayText } from '../token-text.ts';
import { readRunAndTreasury, type Treasury } from '../treasury-facts.ts';
import type { SetRatesInput } from './input.ts';

type RatesFacts = RunFacts & Facts & { treasury: Treasury | undefined };

/**
 * Sets what epochs pay from the next one on, through the treasurer or, for points without tokens, the coordinator. Source:
 * PROTOCOL.md §4.1 `set_future_epoch_rates`, §4.2 `run_update`, §9.1.
 */
export const setRates = defineOperation<SetRatesInput, RatesFacts>({
  async gather({ runId, treasurerIndex }, { chain, programs, signers }) {
    const [{ facts, read }, floorLamports] = await Promise.all([
      readRunAndTreasury({ runId, treasurerIndex }, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, slot: read?.treasury.slot ?? facts.slot, floorLamports, treasury: read?.treasury };
  },

  check: (input, facts, { signers }) => [
    ownerCheck(facts, signers.authority),
    ...moneyChecks(input, facts),
    ...rateChecks(input, facts),
  ],

  plan: (input, facts, { signers }) =>
    packSteps(
      [
        {
          title: `Set the rates of run “${input.runId}”`,
          instructions:
            hasChanges(input, facts) && unitChecks(input, facts).length === 0
              ? changeRun(facts.place, signers.authority, {
                  rates: { earning: input.earning, slashing: input.slashing },
                })
              : [],
        },
      ],
      {
        signers,
        roles: { [signers.authority]: 'Main authority' },
        runId: input.runId,
        watch: [signers.payer],
      },
    ),

  changes: ratesChanges,

  consequences: (input, facts) => (hasChanges(input, facts) ? ratesConsequences(facts) : []),

  rent: () => ({ lamports: 0n, note: '' }),

  command({ runId, earning, slashing }, { treasury }) {
    if (treasury?.mint.kind !== 'mint') return '# run-manager sets rates only on runs with a treasury';
    const { decimals } = treasury.mint;
    const reward = earning === undefined ? undefined : cliAmount(earning, decimals);
    const penalty = slashing === undefined ? undefined : cliAmount(slashing, decimals);
    const line = runManagerLine('set-future-epoch-rates', 'main_authority.json', {
      'run-id': runId,
      ...indexFlag(runId, treasury.value.index),
      ...(reward && { 'earning-rate-total-shared': reward.text }),
      ...(penalty && { 'slashing-rate-per-client': penalty.text }),
    });
    return reward?.isExact === false || penalty?.isExact === false ? `${ROUNDING_NOTE}\n${line}` : line;
  },
});

function ratesConsequences({ run, treasury }: RatesFacts): Consequence[] {
  const { run_state: state } = run.state.coordinator;
  const { count, basis } = sharingClients(run);
  const isRunning = state !== 'WaitingForMembers' && !isHalted(state);
  return [
    {
      about: 'time',
      text: isRunning
        ? 'In force from the warmup of the next epoch on; the epoch that runs is paid with the old rates'
        : 'In force from the warmup of the next epoch on; until then they can be changed again',
    },
    ...(basis === 'minimum'
      ? []
      : [{ about: 'people' as const, text: `${countText(count, 'client')} would share it today` }]),
    ...(treasury
      ? [{ about: 'tokens' as const, text: 'No token moves now: clients earn points and claim them from the vault' }]
      : []),
  ];
}

/** Rates once the input is in force. */
function ratesAfter(input: SetRatesInput, { run }: RatesFacts) {
  const future = run.state.clients_state.future_epoch_rates;
  return {
    earning: input.earning ?? future.earning_rate_total_shared,
    slashing: input.slashing ?? future.slashing_rate_per_client,
    before: { earning: future.earning_rate_total_shared, slashing: future.slashing_rate_per_client },
  };
}

function hasChanges(input: SetRatesInput, facts: RatesFacts): boolean {
  const { earning, slashing, before } = ratesAfter(input, facts);
  return earning !== before.earning || slashing !== before.slashing;
}

function decimalsOf({ treasury }: RatesFacts): number | undefined {
  return treasury?.mint.kind === 'mint' ? treasury.mint.decimals : undefined;
}

/** Numbers typed for something else than they would count here: the chain takes any, so nothing is planned. */
function unitChecks({ decimals }: SetRatesInput, { treasury, ownership }: RatesFacts): Check[] {
  const remedy = 'Open the form again and type the rates anew';
  if (treasury) {
    const reason = 'The form counted in points, but this run pays tokens';
    if (decimals === undefined) return [fail('Decimals', reason, remedy, 'earning')];
    return decimalsChecks(treasury.mint, decimals, 'earning');
  }
  if (ownership.kind === 'foreign-treasurer' || decimals === undefined) return [];
  return [fail('Decimals', 'The form counted in tokens, but this run has no treasury', remedy, 'earning')];
}

function moneyChecks(input: SetRatesInput, facts: RatesFacts): Check[] {
  const { treasury, ownership } = facts;
  const wrong = unitChecks(input, facts);
  if (treasury) return [...(input.decimals === undefined ? [] : mintChecks(treasury.mint, 'earning')), ...wrong];
  if (wrong.length > 0 || ownership.kind === 'foreign-treasurer') return wrong;
  const reason = 'This run has no treasury: clients earn points that stand for no tokens and can never be claimed';
  return [warn('Points without tokens', reason, 'For tokens create a run with rewards')];
}

function rateChecks(input: SetRatesInput, facts: RatesFacts): Check[] {
  const { earning, slashing } = ratesAfter(input, facts);
  const { run, treasury } = facts;
  const { count } = sharingClients(run);
  const decimals = decimalsOf(facts);
  if (!hasChanges(input, facts)) {
    return [fail('Nothing to send', 'The run has these rates already', 'Change a rate first', 'earning')];
  }
  const runway = treasury && runwayOf(treasury.amounts.surplus, earning, undefined);
  return [
    effectCheck(facts),
    ...(earning === 0n ? [warn('Reward', 'Clients will earn nothing', 'Set a reward', 'earning')] : []),
    ...(earning > 0n && earning < BigInt(count)
      ? [warn('Reward', `Divided by ${count} clients nobody gets a whole unit`, 'Set a larger reward', 'earning')]
      : []),
    ...(slashing > 0n
      ? [
          warn(
            'Penalty',
            'It is stored, but the program never applies it: nobody loses points',
            'Know this',
            'slashing',
          ),
        ]
      : []),
    ...(runway?.epochs === 0n && treasury
      ? [
          warn(
            'Treasury',
            `It does not cover one epoch: ${amountText(treasury.amounts.funded, decimals)} in the vault, ${amountText(treasury.amounts.owed, decimals)} owed already. Clients earn all the same and wait for their tokens`,
            'Top it up',
            'earning',
          ),
        ].map((check) => withAction(check, 'Top up', { kind: 'top-up', runId: input.runId }))
      : []),
  ];
}

function effectCheck({ run }: RatesFacts): Check {
  const { run_state: state } = run.state.coordinator;
  if (state === 'Finished') {
    return warn('Takes effect', 'The run is Finished: no epoch follows', 'There is nothing left to reward');
  }
  return pass('Takes effect', 'With the warmup of the next epoch; an epoch that runs keeps its rates');
}

function ratesChanges(input: SetRatesInput, facts: RatesFacts): Change[] {
  const { earning, slashing, before } = ratesAfter(input, facts);
  const { run, treasury } = facts;
  const decimals = decimalsOf(facts);
  const { count, basis } = sharingClients(run);
  const clients = `${count} ${count === 1 ? 'client' : 'clients'}${basis === 'minimum' ? ', the least that start' : ''}`;
  const text = (native: bigint) => amountText(native, decimals);
  const lasts = (rate: bigint) =>
    treasury ? runwayText(runwayOf(treasury.amounts.surplus, rate, run.state.coordinator.config)) : '';
  return [
    { label: 'Reward per epoch, shared', before: text(before.earning), after: text(earning) },
    {
      label: `Reward per client and epoch, with ${clients}`,
      before: text(shareOf(before.earning, 0n, count).perClient),
      after: text(shareOf(earning, 0n, count).perClient),
    },
    { label: 'Penalty per client', before: text(before.slashing), after: text(slashing) },
    ...(treasury ? [{ label: 'Treasury lasts', before: lasts(before.earning), after: lasts(earning) }] : []),
  ].filter((change) => change.before !== change.after);
}
