import type { FilledOf } from './filled-form.ts';
import type { ReadCommand } from './read-command.ts';

/**
 * Lines that let different users in and say the same in everything else, such as the key that signs → one form for all of
 * them. A line alone, and one without the address of its user, stays as it is.
 */
export function allowTogether(commands: readonly ReadCommand[]): readonly FilledOf<'allow-many'>[] {
  const users = new Map<string, Set<string>>();
  for (const { form, understood } of commands) {
    if (form?.kind !== 'allow-to-join' || form.who !== 'user' || form.address === undefined) continue;
    const { address } = form;
    const rest = JSON.stringify(understood.filter(({ text }) => text !== address));
    users.set(rest, (users.get(rest) ?? new Set()).add(address));
  }
  return [...users.values()]
    .filter(({ size }) => size > 1)
    .map((together) => ({ kind: 'allow-many', users: [...together] }));
}
