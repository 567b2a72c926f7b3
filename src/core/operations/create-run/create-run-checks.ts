import { formatSol } from '#core/units/lamports.ts';
import { fail, firstStepChecks, pass, warn } from '../checks.ts';
import { adviceChecks, configurationOf, readingChecks, ruleChecks } from '../configuration-parts.ts';
import type { OperationContext } from '../define-operation.ts';
import type { Check } from '../prepared.ts';
import { utf8Length } from '../run-fields.ts';
import { isConfigured, type CreateFacts } from './create-run-facts.ts';
import { stopsOf } from './create-run-stops.ts';
import { differences, isStarted } from './existing-run.ts';
import type { CreateRunInput } from './input.ts';
import { rewardsChecks } from './rewards-checks.ts';

/**
 * Every rule that could refuse the creation. Source: PROTOCOL.md §2, §4.1 `init_coordinator`, §7.
 *
 * @param isEmpty - nothing would be sent
 */
export function createRunChecks(
  input: CreateRunInput,
  facts: CreateFacts,
  context: OperationContext,
  isEmpty: boolean,
): Check[] {
  const stops = stopsOf(input, facts, context);
  const isDone = isEmpty && stops.length === 0;
  return [
    ...stops,
    ...idChecks(input, facts, stops.length > 0),
    ...rewardsChecks(input, facts),
    ...(input.configText === undefined
      ? missingConfiguration(input, facts)
      : fileChecks(input.configText, input, facts)),
    ...(starts(input, facts) ? firstStepChecks(totalSteps(input, facts)) : []),
    ...(isDone ? [fail('Nothing to do', 'The run exists already just as you have it here', 'Open it')] : []),
  ];
}

function idChecks({ runId }: CreateRunInput, facts: CreateFacts, isStopped: boolean): Check[] {
  const { existing, instance } = facts;
  if (!existing) {
    const free = pass('Run id is free', `${utf8Length(runId)} of 32 bytes, at ${instance}`);
    const empty = warn('Run id is empty', 'The chain takes it, people will not find it', 'Choose a name', 'runId');
    return [runId === '' ? empty : free, ...seedChecks(facts)];
  }
  if (isStopped) return [];
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

/** The program looks at the rules when a configuration is stored and when the run starts. */
function fileChecks(text: string, input: CreateRunInput, facts: CreateFacts): Check[] {
  const wanted = configurationOf(text);
  const { existing } = facts;
  const warnings = readingChecks(text).filter(({ kind }) => kind !== 'fail');
  if (!wanted) return warnings;
  const isLookedAt = starts(input, facts) || !existing || differences(existing, wanted).length > 0;
  return [...(isLookedAt ? ruleChecks(wanted) : adviceChecks(wanted)), ...warnings];
}

function missingConfiguration(input: CreateRunInput, facts: CreateFacts): Check[] {
  const { existing } = facts;
  if (existing && isConfigured(existing)) {
    const { coordinator } = existing.run.state;
    return starts(input, facts) ? ruleChecks(coordinator) : adviceChecks(coordinator);
  }
  if (!starts(input, facts))
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

/** A run that was started once is not started by this. */
function starts({ start }: CreateRunInput, { existing }: CreateFacts): boolean {
  return start && !(existing && isStarted(existing));
}

/** Of the file, else of the chain; `undefined` while there is neither. */
function totalSteps({ configText }: CreateRunInput, { existing }: CreateFacts): number | undefined {
  return (configurationOf(configText) ?? existing?.run.state.coordinator)?.config.total_steps;
}
