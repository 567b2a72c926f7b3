/** The parts of the signing core. Source: security bar §5. */
export const PARTS = ['codec', 'gate', 'summary', 'approval', 'signer', 'journal', 'sender'] as const;

/** A mistake somebody could make, and the test that must notice it. */
export type Defect = {
  readonly name: string;
  readonly part: (typeof PARTS)[number];
  /** From the root of the project. */
  readonly file: string;
  /** Text that stands exactly once in the file. */
  readonly right: string;
  /** What somebody could have written instead. */
  readonly wrong: string;
  readonly test: {
    readonly file: string;
    /** With the names of the groups around it, as Vitest prints it after `>`. */
    readonly name: string;
  };
};
