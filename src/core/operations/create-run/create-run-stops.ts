import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { fail } from '../checks.ts';
import { readingChecks } from '../configuration-parts.ts';
import type { OperationContext } from '../define-operation.ts';
import type { Check } from '../prepared.ts';
import { foreignTreasurer } from '../run-facts.ts';
import { decimalsChecks } from '../token-checks.ts';
import { isOwnAccount, type CreateFacts } from './create-run-facts.ts';
import { differsFrom, isStarted } from './existing-run.ts';
import type { CreateRunInput } from './input.ts';

/**
 * Why nothing at all is sent: part of the request cannot be, or the run that has the id is not the one asked for. The chain
 * would take what is left, so these are the app's own refusals, and with one of them the plan is empty.
 */
export function stopsOf(input: CreateRunInput, facts: CreateFacts, context: OperationContext): Check[] {
  return [
    ...(facts.existing ? idStops(input, facts, context) : []),
    ...rewardsStops(input, facts),
    ...(input.configText === undefined ? [] : readingChecks(input.configText).filter(({ kind }) => kind === 'fail')),
  ];
}

function idStops(input: CreateRunInput, facts: CreateFacts, context: OperationContext): Check[] {
  const { existing } = facts;
  const { runId, rewards } = input;
  if (!existing) return [];
  if (existing.ownership.kind === 'foreign-treasurer') return [foreignTreasurer(existing.ownership.treasurerRun)];
  if (existing.mainAuthority !== context.signers.authority) {
    return [fail('Run id is taken', `“${runId}” belongs to ${existing.mainAuthority}`, 'Choose another id', 'runId')];
  }
  if (existing.joinAuthority !== context.signers.joinAuthority) {
    return [
      fail(
        'Join authority',
        `The run exists and its join authority is ${existing.joinAuthority}; that cannot be changed`,
        'Choose that key as join authority',
        'joinAuthority',
      ),
    ];
  }
  // A launch is interrupted before its last transaction too: then only the top-up is missing.
  const isLaunched = rewards?.topUp !== undefined && !differsFrom(existing, input) && isOwnAccount(facts, context);
  if (isStarted(existing) && !isLaunched) {
    const { run_state: state } = existing.run.state.coordinator;
    const reason = `“${runId}” is your own run and was started already (${state})`;
    return [fail('Run id is taken', reason, 'Open it, or choose another id', 'runId')];
  }
  return isOwnAccount(facts, context) ? [] : [strangersRun(existing.account)];
}

/** Nobody needs an authority's signature to create a run in its name. Source: PROTOCOL.md §4.1 `init_coordinator`. */
function strangersRun(account: Address): Check {
  return fail(
    'Run id is taken',
    `A run with this id names your keys, but this app did not create its account ${account}: anybody can create a run in somebody’s name`,
    'Choose another id. If you created it with another program, look at every value of it in the inspector first',
    'runId',
  );
}

function rewardsStops({ rewards: wanted }: CreateRunInput, { existing, rewards }: CreateFacts): Check[] {
  if (!wanted || !rewards) {
    if (existing?.ownership.kind !== 'treasurer') return [];
    const reason = 'The run exists and has a treasury; here it is asked for without rewards';
    return [fail('Rewards', reason, 'Ask for it with rewards in the same mint, or choose another id', 'runId')];
  }
  return [
    ...decimalsChecks(rewards.mint, wanted.decimals, 'rewards.mint'),
    ...(existing ? treasuryStops(wanted.mint, existing.ownership, rewards.treasurerRun) : []),
    ...(wanted.topUp?.upTo === 0n
      ? [fail('Amount', 'Nothing would be sent', 'Type an amount above zero, or leave it out', 'rewards.topUp')]
      : []),
  ];
}

function treasuryStops(
  wantedMint: Address,
  ownership: NonNullable<CreateFacts['existing']>['ownership'],
  treasurerRun: Address,
): Check[] {
  if (ownership.kind === 'foreign-treasurer') return [];
  if (ownership.kind === 'plain') {
    const reason = 'The run exists without a treasury, and none can be added';
    return [fail('Rewards', reason, 'Choose another id for a run with rewards', 'runId')];
  }
  const mint = addressFromBytes(ownership.value.collateral_mint);
  if (mint !== wantedMint) {
    const reason = `The run exists and pays ${mint}; that cannot be changed`;
    return [fail('Mint', reason, 'Choose that mint', 'rewards.mint')];
  }
  if (ownership.treasurerRun === treasurerRun) return [];
  const reason = `The run exists under index ${ownership.value.index}`;
  return [fail('Treasurer index', reason, 'Choose that index', 'rewards.treasurerIndex')];
}
