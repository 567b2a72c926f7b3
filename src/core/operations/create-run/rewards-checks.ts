import { fail, pass, warn } from '../checks.ts';
import type { Check } from '../prepared.ts';
import { mintChecks, sourceChecks, vaultChecks } from '../token-checks.ts';
import { amountText } from '../token-text.ts';
import type { CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput } from './input.ts';

/** Every rule about rewards that could refuse the creation, and what cannot be undone. Source: PROTOCOL.md §4.2 `run_create`. */
export function rewardsChecks(input: CreateRunInput, facts: CreateFacts): Check[] {
  const { rewards: wanted } = input;
  const { existing, rewards } = facts;
  if (!wanted || !rewards) return [];
  return [
    ...mintChecks(rewards.mint, 'rewards.mint'),
    ...(existing ? [] : newTreasuryChecks(input, facts)),
    ...rateChecks(input, facts),
    ...topUpChecks(input, facts),
  ];
}

/** Native units the launch still has to pay into the vault. What clients have claimed since counts as paid. */
export function missingTopUp({ rewards: wanted }: CreateRunInput, { existing, rewards }: CreateFacts): bigint {
  if (!wanted?.topUp || !rewards) return 0n;
  const ownership = existing?.ownership;
  const claimed = ownership?.kind === 'treasurer' ? ownership.value.total_claimed_collateral_amount : 0n;
  const missing = wanted.topUp.upTo - (existing ? (rewards.vaultTokens?.amount ?? 0n) + claimed : 0n);
  return missing > 0n ? missing : 0n;
}

function newTreasuryChecks({ rewards: wanted }: CreateRunInput, { rewards }: CreateFacts): Check[] {
  if (!wanted || !rewards) return [];
  const taken = rewards.isIndexTaken
    ? [
        fail(
          'Treasurer index',
          `Index ${rewards.index} is taken: ${rewards.treasurerRun} exists (already in use, Custom 0)`,
          'Choose another index',
          'rewards.treasurerIndex',
        ),
      ]
    : [];
  const vault =
    rewards.isVaultTaken && !rewards.isIndexTaken
      ? [
          fail(
            'Vault',
            `Somebody has made the vault ${rewards.vault} already: the program makes it itself and refuses one that exists`,
            'Choose another treasurer index: it leads to another vault',
            'rewards.treasurerIndex',
          ),
        ]
      : [];
  const chosen =
    wanted.treasurerIndex === undefined
      ? [pass('Treasurer index', `${rewards.index}, derived from the run id`)]
      : [
          warn(
            'Treasurer index',
            `${rewards.index} is chosen by hand: no other tool can derive it from the run id`,
            'Write it down; run-manager needs it in every command',
            'rewards.treasurerIndex',
          ),
        ];
  return [
    ...(taken.length > 0 ? taken : chosen),
    ...vault,
    warn(
      'Locked for good',
      'A run with rewards can never be closed: the SOL locked in its accounts does not come back, nor do tokens nobody earns',
      'Create a plain run if you want the SOL back one day',
    ),
  ];
}

function rateChecks({ rewards: wanted, start }: CreateRunInput, facts: CreateFacts): Check[] {
  if (!wanted) return [];
  const current = facts.existing?.run.state.clients_state.future_epoch_rates.earning_rate_total_shared ?? 0n;
  const earning = wanted.earning ?? current;
  return [
    ...(start && earning === 0n
      ? [warn('Reward', 'Without a rate clients earn nothing', 'Set a reward per epoch', 'rewards.earning')]
      : []),
    ...((wanted.slashing ?? 0n) > 0n
      ? [
          warn(
            'Penalty',
            'It is stored, but the program never applies it: nobody loses points',
            'Know this',
            'rewards.slashing',
          ),
        ]
      : []),
  ];
}

function topUpChecks(input: CreateRunInput, facts: CreateFacts): Check[] {
  const { rewards: wanted } = input;
  const source = facts.rewards?.source;
  if (!wanted?.topUp || !source) {
    const isEmpty = (facts.rewards?.vaultTokens?.amount ?? 0n) === 0n || !facts.existing;
    return wanted && input.start && isEmpty
      ? [warn('Treasury', 'The vault is empty: what clients earn cannot be claimed yet', 'Top it up', 'rewards.topUp')]
      : [];
  }
  if (wanted.topUp.upTo === 0n) return [];
  const missing = missingTopUp(input, facts);
  if (missing === 0n)
    return [pass('Treasury', `Filled up to ${amountText(wanted.topUp.upTo, wanted.decimals)} already`)];
  return [
    ...(facts.existing && facts.rewards ? vaultChecks(facts.rewards) : []),
    ...sourceChecks(source, missing, wanted.decimals, 'rewards.topUp'),
    warn(
      'No way back',
      'Nobody can take tokens out of a vault again, except clients who claim what they earned',
      'Send only what these clients are to get',
      'rewards.topUp',
    ),
  ];
}
