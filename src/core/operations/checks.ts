import type { Place } from './place.ts';
import type { Check } from './prepared.ts';

export function pass(title: string, reason = ''): Check {
  return { kind: 'pass', title, reason, remedy: '' };
}

export function warn(title: string, reason: string, remedy: string, field?: string): Check {
  return withField({ kind: 'warn', title, reason, remedy }, field);
}

export function fail(title: string, reason: string, remedy: string, field?: string): Check {
  return withField({ kind: 'fail', title, reason, remedy }, field);
}

/** The check with its remedy as a button. */
export function withAction(check: Check, label: string, place: Place): Check {
  return { ...check, action: { label, place } };
}

/** A first start sets the step to 1, and a run at its last step cannot start. Source: PROTOCOL.md §4.1 `set_paused`. */
export function firstStepChecks(totalSteps: number | undefined): Check[] {
  if (totalSteps !== 1) return [];
  const reason =
    'A first start begins at step 1, so with total_steps = 1 no step is left (CoordinatorErrorHalted 6015)';
  return [fail('Steps', reason, 'Set total_steps to at least 2', 'configText')];
}

function withField(check: Check, field: string | undefined): Check {
  return field === undefined ? check : { ...check, field };
}
