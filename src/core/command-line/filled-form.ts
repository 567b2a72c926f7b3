/** One thing a written amount may stand for. */
export type AmountMeaning = {
  /** The number as it was written: a plain decimal. */
  readonly text: string;
  /** Display units of the mint, or the whole native units that older commands took. */
  readonly unit: 'tokens' | 'native';
  /** Whether it is the whole amount, shared by all clients, or what each client gets. Only rates are ever per client. */
  readonly per: 'all' | 'client';
  /** Which command line reads it so: “run-manager, since December 2025”. */
  readonly source: string;
};

/** An amount of a command line. With two meanings none is chosen beforehand, and nothing is reviewed until one is. */
export type FilledAmount =
  | { readonly kind: 'clear'; readonly meaning: AmountMeaning }
  | { readonly kind: 'two-meanings'; readonly meanings: readonly [AmountMeaning, AmountMeaning] };

/**
 * What a form can start from: texts as the forms hold them, as far as they were given. They come from a pasted command, so
 * nothing about them is checked but the characters of a number; a text that was asked for and not given is absent.
 */
export type FilledForm =
  | {
      readonly kind: 'create-run';
      readonly runId?: string;
      readonly clientVersion?: string;
      readonly joinAuthority?: string;
      /** Whether a mint was asked for, be it known or not. */
      readonly isRewarded?: true;
      readonly mint?: string;
      readonly treasurerIndex?: string;
    }
  | {
      readonly kind: 'update-configuration';
      readonly runId: string;
      /** The app reads no path out of a command: the operator opens that file. */
      readonly configPath?: string;
      readonly restartFromStep?: string;
      readonly switchToHub?: true;
      readonly name?: string;
      readonly description?: string;
      readonly parameters?: string;
      readonly vocabulary?: string;
      readonly clientVersion?: string;
    }
  | { readonly kind: 'set-paused'; readonly runId: string; readonly paused: boolean }
  | {
      readonly kind: 'set-rates';
      readonly runId: string;
      readonly earning?: FilledAmount;
      readonly slashing?: FilledAmount;
    }
  | { readonly kind: 'top-up'; readonly runId: string; readonly amount?: FilledAmount }
  | { readonly kind: 'claim-rewards'; readonly runId: string }
  | {
      readonly kind: 'checkpoint';
      readonly runId: string;
      readonly repository?: string;
      readonly revision?: string;
    }
  | {
      readonly kind: 'tick';
      readonly runId: string;
      /** Milliseconds between two of them. */
      readonly everyMs?: string;
      /** Absent: until stopped. */
      readonly count?: string;
    }
  | { readonly kind: 'close-run'; readonly runId: string }
  /** `anyone` for the system program; the address is absent when a placeholder stood in its place. */
  | { readonly kind: 'allow-to-join'; readonly who: 'anyone' | 'user'; readonly address?: string }
  /** Several lines that each let one user in. */
  | { readonly kind: 'allow-many'; readonly users: readonly string[] }
  | {
      readonly kind: 'set-delegates';
      /** The join authority. */
      readonly grantor?: string;
      readonly added: readonly string[];
      /** Whether those that are on the list now go first. */
      readonly clears: boolean;
    }
  | {
      readonly kind: 'set-authorization-active';
      readonly who: 'anyone' | 'user';
      readonly address?: string;
      readonly active: boolean;
    }
  /** Authorizations of a join authority, those of one grantee when it is given. */
  | { readonly kind: 'list-authorizations'; readonly grantor?: string; readonly grantee?: string }
  | {
      readonly kind: 'can-join';
      readonly runId: string;
      /** The grantee the client comes in by; absent: the system program, which stands for everyone. */
      readonly grantee?: string;
      /** The client's key. */
      readonly address?: string;
    }
  | { readonly kind: 'dump-run'; readonly runId: string }
  | { readonly kind: 'dump-user'; readonly runId: string; readonly address?: string }
  | { readonly kind: 'list-runs'; readonly joinAuthority?: string };

/** What one form can start from. */
export type FilledOf<K extends FilledForm['kind']> = Extract<FilledForm, { kind: K }>;
