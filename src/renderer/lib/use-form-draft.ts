import { useState } from 'react';

/** What is typed into one form. */
export type FormDraft<T> = {
  readonly typed: T;
  readonly type: (next: T) => void;
  /** Forgets it: what was typed is done, or given up. */
  readonly forget: () => void;
};

/**
 * Makes the hook of one kind of form. What is typed stays while the app runs, so a form can be left and come back to; it is
 * never written to disk. `key` names the thing the form is about: a run by the address of its account, which no other network
 * and no later run of the same id has.
 */
export function formDraft<T>() {
  const kept = new Map<string, T>();
  return function useFormDraft(key: string, start: T): FormDraft<T> {
    const [typed, setTyped] = useState<T>(() => kept.get(key) ?? start);
    return {
      typed,
      type(next) {
        kept.set(key, next);
        setTyped(next);
      },
      forget: () => void kept.delete(key),
    };
  };
}
