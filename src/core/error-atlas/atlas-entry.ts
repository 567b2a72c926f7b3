/** Whose codes an entry belongs to. `anchor`: the framework of the three Psyche programs. */
export type AtlasGroup =
  | 'coordinator'
  | 'treasurer'
  | 'authorizer'
  | 'anchor'
  | 'system'
  | 'token'
  | 'associated-token'
  | 'transaction'
  | 'instruction'
  | 'rpc'
  | 'http';

/** A place of the app that helps with a cause; those of a run need its id. */
export type Help =
  | 'run'
  | 'update-configuration'
  | 'pause'
  | 'resume'
  | 'set-rates'
  | 'top-up'
  | 'close-run'
  | 'tick'
  | 'can-join'
  | 'create-run'
  | 'who-may-join'
  | 'authorizations'
  | 'signers'
  | 'networks';

/** Decoded arguments of the instruction that failed: the value at a path's end, such as `config.epoch_time`. */
export type Args = {
  readonly text: (pathEnd: string) => string | undefined;
  readonly int: (pathEnd: string) => bigint | undefined;
};

/** One reason for a code, and how to know that it is this one. Texts are unique over the whole atlas. */
export type Cause = {
  /** What was the case. */
  readonly when: string;
  /** Which value, account or screen shows it. */
  readonly check: string;
  readonly remedy: string;
  /** Only these instructions give the code for this reason; absent: each that can give the code. */
  readonly from?: readonly string[];
  /** Only when one of these called that instruction; empty: only when it stands in the transaction itself. */
  readonly via?: readonly string[];
  /** Only when Anchor's log blames one of these accounts. */
  readonly accounts?: readonly string[];
  /** A log line the program writes for this reason and for no other. */
  readonly log?: RegExp;
  /** Whether the arguments show it; `undefined` when they cannot tell. */
  readonly holds?: (args: Args) => boolean | undefined;
  readonly help?: Help;
};

/** What is written down about one code; name and message come from the tables of the programs. */
export type CodeWords = {
  /** In one sentence what all causes have in common. Absent with a single cause. */
  readonly what?: string;
  /** How to find out which cause it is. Absent with a single cause. */
  readonly tell?: string;
  readonly causes: readonly [Cause, ...Cause[]];
  /** The instructions that can give the code, when no cause names them. */
  readonly from?: readonly string[];
  /** Listed in the program, and given by no instruction (test/unreachable-codes.md). */
  readonly isNeverGiven?: true;
};

/** One error, as the atlas shows it. */
export type AtlasEntry = CodeWords & {
  /** Stable, such as `coordinator-6004`; the app's link to the entry. */
  readonly id: string;
  readonly group: AtlasGroup;
  /** Absent for errors a cluster calls by name only. */
  readonly code?: number;
  /** `0x…` as logs print it; absent without a code or for a negative one. */
  readonly hex?: string;
  /** In the source of whoever reports it. */
  readonly name: string;
  /** The program's or node's own words; empty when it has none. */
  readonly message: string;
  /** Instructions that can give it; empty when any can, or when it is about no instruction. */
  readonly instructions: readonly string[];
};

/** A code with a single cause. */
export function one(
  when: string,
  check: string,
  remedy: string,
  more: Omit<Cause, 'when' | 'check' | 'remedy'> = {},
): CodeWords {
  return { causes: [{ when, check, remedy, ...more }] };
}

/** A code of a single cause that no instruction gives. */
export function never(when: string, check: string, remedy: string): CodeWords {
  return { ...one(when, check, remedy), isNeverGiven: true };
}

/** A code that stands for several reasons. */
export function several(what: string, tell: string, causes: CodeWords['causes'], from?: readonly string[]): CodeWords {
  return { what, tell, causes, ...(from === undefined ? {} : { from }) };
}

/** Instructions that only the main authority of a run may send. */
export const BY_OWNER = ['update', 'update_client_version', 'set_future_epoch_rates', 'set_paused', 'free_coordinator'];

/** A code with its name and the words of whoever sends it. */
export type NamedWords = CodeWords & { readonly name: string; readonly message: string };

export function named(name: string, message: string, words: CodeWords): NamedWords {
  return { name, message, ...words };
}
