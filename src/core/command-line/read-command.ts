import type { FilledForm } from './filled-form.ts';

/** Something to know about a command before its form is opened. */
export type CommandNote = {
  /**
   * `unknown` was not understood and is left out; `missing` the command line would refuse to go without; `fill-in` stood for a
   * value and is to be typed; `choice` has two meanings; `told` is only worth knowing.
   */
  readonly kind: 'unknown' | 'missing' | 'fill-in' | 'choice' | 'told';
  readonly text: string;
};

/** One command of a pasted text. Every text in it may be shown; none holds a secret or more of a URL than its origin. */
export type ReadCommand = {
  /** Counted from 1. */
  readonly line: number;
  /** As it was called: `psyche-solana-client create-run`. */
  readonly title: string;
  /** Absent when no form of the app does it. */
  readonly form: FilledForm | undefined;
  readonly understood: readonly { readonly label: string; readonly text: string }[];
  readonly notes: readonly CommandNote[];
};
