import { fail, fundsCheck, pass, warn } from '../checks.ts';
import { configurationChecks } from '../configuration-parts.ts';
import type { OperationContext } from '../define-operation.ts';
import type { Check } from '../prepared.ts';
import { utf8Length } from '../run-fields.ts';
import type { CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput } from './input.ts';

/** Every rule that could refuse the creation. Source: PROTOCOL.md §2, §4.1 `init_coordinator`, §7. */
export function createRunChecks(
  input: CreateRunInput,
  facts: CreateFacts,
  { signers }: OperationContext,
  signatures: number,
): Check[] {
  return [
    ...idChecks(input, facts, signers.authority, signers.joinAuthority),
    ...(input.configText === undefined ? missingConfiguration(input) : configurationChecks(input.configText)),
    ...(signatures === 0 ? [fail('Nothing to do', 'The run exists already just as you have it here', 'Open it')] : []),
    fundsCheck(facts.payerLamports, neededLamports(facts) + 5000n * BigInt(signatures), facts.rent.empty),
  ];
}

/** Rent of everything the plan still creates, lamports. */
export function neededLamports({ existing, authorization, rent }: CreateFacts): bigint {
  return (existing ? 0n : rent.account + rent.instance) + (authorization === 'missing' ? rent.authorization : 0n);
}

function idChecks(
  { runId }: CreateRunInput,
  { existing, instance }: CreateFacts,
  authority: string,
  joinAuthority: string,
): Check[] {
  const size = `${utf8Length(runId)} of 32 bytes`;
  if (!existing) {
    const free = pass('Run id is free', `${size}, at ${instance}`);
    return runId === ''
      ? [warn('Run id is empty', 'The chain takes it, people will not find it', 'Choose a name', 'runId')]
      : [free];
  }
  if (existing.mainAuthority !== authority) {
    return [fail('Run id is taken', `“${runId}” belongs to ${existing.mainAuthority}`, 'Choose another id', 'runId')];
  }
  if (existing.joinAuthority !== joinAuthority) {
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
  if (state !== 'Uninitialized') {
    return [
      fail(
        'Run id is taken',
        `“${runId}” is your own run and was started already (${state})`,
        'Open it, or choose another id',
        'runId',
      ),
    ];
  }
  return [
    warn(
      'Run id is yours already',
      'You created this run before; only what is missing is sent',
      'Go on, or choose another id',
      'runId',
    ),
  ];
}

function missingConfiguration({ start }: CreateRunInput): Check[] {
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
