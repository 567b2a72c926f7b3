/**
 * Why a value of a configuration file is refused, in words that stay the same. Source: `why` in the configuration
 * vectors, after the program's own parser.
 */
export type ProblemKind =
  | 'toml-syntax'
  | 'missing'
  | 'invalid-type'
  | 'out-of-range'
  | 'invalid-length'
  | 'unknown-variant'
  | 'one-variant'
  | 'unknown-key';

/** Where something stands in the text, both counted from 1; columns in UTF-16 units, as editors count. */
export type Position = { readonly line: number; readonly column: number };

/** One reason why the file cannot be used. */
export type ConfigProblem = Position & {
  /** Key path, such as `config.min_clients`; empty for the file as a whole. */
  readonly path: string;
  readonly why: ProblemKind;
  /** What is wrong, with the value found, in one sentence. */
  readonly message: string;
  /** What to change, where that can be said. */
  readonly remedy?: string;
  /** What the value must be, such as “a whole number from 0 to 255”. */
  readonly expected?: string;
};

/** Something the chain accepts without a word, but the operator should know. */
export type ConfigWarning = Position & {
  readonly path: string;
  readonly why: string;
  readonly remedy?: string;
};
