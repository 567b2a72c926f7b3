import type { Address } from '#core/solana/address.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, firstStepChecks, fundsCheck, pass, warn } from '../checks.ts';
import { configurationChecks, configurationOf, ruleChecks } from '../configuration-parts.ts';
import type { OperationContext } from '../define-operation.ts';
import type { Check } from '../prepared.ts';
import { foreignTreasurer } from '../run-facts.ts';
import { utf8Length } from '../run-fields.ts';
import { isConfigured, isOwnAccount, type CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput } from './input.ts';
import { rewardsChecks } from './rewards-checks.ts';

/** Every rule that could refuse the creation. Source: PROTOCOL.md §2, §4.1 `init_coordinator`, §7. */
export function createRunChecks(
  input: CreateRunInput,
  facts: CreateFacts,
  context: OperationContext,
  { signatures, differs }: { signatures: number; differs: boolean },
): Check[] {
  return [
    ...idChecks(input, facts, context, differs),
    ...rewardsChecks(input, facts),
    ...(input.configText === undefined ? missingConfiguration(input, facts) : configurationChecks(input.configText)),
    ...(input.start ? firstStepChecks(totalSteps(input, facts)) : []),
    ...(signatures === 0 ? [fail('Nothing to do', 'The run exists already just as you have it here', 'Open it')] : []),
    fundsCheck(
      facts.payerLamports,
      neededLamports(facts) + 5000n * BigInt(signatures),
      facts.rent.empty,
      context.signers.payer,
    ),
  ];
}

/** Rent of everything the plan still creates, lamports. */
export function neededLamports({ existing, authorization, rent, rewards }: CreateFacts): bigint {
  const treasury = rewards ? rewards.rent.run + rewards.rent.vault : 0n;
  const run = existing ? 0n : rent.account + rent.instance + treasury;
  return run + (authorization === 'missing' ? rent.authorization : 0n);
}

function idChecks(
  { runId, rewards }: CreateRunInput,
  facts: CreateFacts,
  context: OperationContext,
  differs: boolean,
): Check[] {
  const { existing, instance } = facts;
  const { signers } = context;
  const size = `${utf8Length(runId)} of 32 bytes`;
  if (!existing) {
    const free = pass('Run id is free', `${size}, at ${instance}`);
    const empty = warn('Run id is empty', 'The chain takes it, people will not find it', 'Choose a name', 'runId');
    return [runId === '' ? empty : free, ...seedChecks(facts)];
  }
  if (existing.ownership.kind === 'foreign-treasurer') return [foreignTreasurer(existing.ownership.treasurerRun)];
  if (existing.mainAuthority !== signers.authority) {
    return [fail('Run id is taken', `“${runId}” belongs to ${existing.mainAuthority}`, 'Choose another id', 'runId')];
  }
  if (existing.joinAuthority !== signers.joinAuthority) {
    return [
      fail(
        'Join authority',
        `The run exists and its join authority is ${existing.joinAuthority}; that cannot be changed`,
        'Choose that key as join authority',
        'joinAuthority',
      ),
    ];
  }
  const state = existing.run.state.coordinator.run_state;
  // A launch is interrupted before its last transaction too: then only the top-up is missing.
  const isLaunched = rewards?.topUp !== undefined && !differs && isOwnAccount(facts, context);
  if (state !== 'Uninitialized' && !isLaunched) {
    return [
      fail(
        'Run id is taken',
        `“${runId}” is your own run and was started already (${state})`,
        'Open it, or choose another id',
        'runId',
      ),
    ];
  }
  if (!isOwnAccount(facts, context)) return [strangersRun(existing.account)];
  const reason = 'You created this run before; only what is missing is sent';
  return [warn('Run id is yours already', reason, 'Go on, or choose another id', 'runId')];
}

/** The system program makes no account where anything is already, not even a single lamport. */
function seedChecks({ seeded }: CreateFacts): Check[] {
  if (!seeded) return [];
  const { address, found } = seeded;
  if (!found) return [pass('Account address is free', `${address}, derived from the main authority and the seed`)];
  return [
    fail(
      'Account address is taken',
      `${address} exists already and holds ${formatSol(found.lamports)} SOL (already in use, Custom 0)`,
      'Choose another seed',
      'accountSeed',
    ),
  ];
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

function missingConfiguration({ start }: CreateRunInput, { existing }: CreateFacts): Check[] {
  if (existing && isConfigured(existing)) return ruleChecks(existing.run.state.coordinator);
  if (!start)
    return [
      warn(
        'No configuration',
        'The run is created without one and cannot be started yet',
        'Add a file, or configure it later on its page',
      ),
    ];
  return [
    fail(
      'No configuration',
      'A run without configuration cannot start (ConfigSanityCheckFailed 6004)',
      'Add a configuration file',
      'configText',
    ),
  ];
}

/** Of the file, else of the chain; `undefined` while there is neither. */
function totalSteps({ configText }: CreateRunInput, { existing }: CreateFacts): number | undefined {
  return (configurationOf(configText) ?? existing?.run.state.coordinator)?.config.total_steps;
}
