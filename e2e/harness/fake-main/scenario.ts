/** What the faked main answers: everything, nothing, never, or with a failure. */
export type ScenarioState = 'full' | 'empty' | 'loading' | 'failing';

/** A world for one sheet or one test. */
export type Scenario = {
  readonly state: ScenarioState;
  /** Calls the state `loading` or `failing` is about, as `group.name`; empty: all of them. */
  readonly only: readonly string[];
  /** Absent: first start. */
  readonly door?: 'practice' | 'network' | 'offline';
  readonly theme: 'system' | 'light' | 'dark';
  /** Practice, a real cluster that answers, a genesis hash that contradicts the profile, or no answer. */
  readonly network: 'practice' | 'mainnet' | 'contradicting' | 'unreachable';
  /** The endpoints of a real cluster: one, two that answer, or two of which one is in trouble. */
  readonly endpoints: 'one' | 'two' | 'failing' | 'limited' | 'behind' | 'other-cluster';
  /** What is deployed on a real cluster: as before, seen for the first time, or one changed and one gone. */
  readonly programs: 'unchanged' | 'first-seen' | 'changed';
  /** How a sent transaction ends. */
  readonly ending: 'confirmed' | 'failed' | 'expired' | 'nonce-used' | 'unknown' | 'pending';
  /** Whether a review asks for a typed phrase. */
  readonly asksPhrase: boolean;
  /** Milliseconds until a transaction has ended. */
  readonly endsAfterMs: number;
  /** Committed account bytes, base64: a run in the middle of training, and one with every list full. */
  readonly accounts: { readonly training: string; readonly full: string };
};

/** The usual world; name only what differs. */
export function scenarioOf(parts: Partial<Scenario> & Pick<Scenario, 'accounts'>): Scenario {
  return {
    state: 'full',
    only: [],
    door: 'practice',
    theme: 'light',
    network: 'practice',
    endpoints: 'one',
    programs: 'unchanged',
    ending: 'confirmed',
    asksPhrase: false,
    endsAfterMs: 400,
    ...parts,
  };
}
