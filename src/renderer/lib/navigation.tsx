import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer } from 'react';
import type { FilledForm } from '#core/command-line/filled-form.ts';

type Filled<K extends FilledForm['kind']> = Extract<FilledForm, { kind: K }>;
type FilledAllow = Filled<'allow-to-join'> | Filled<'allow-many'>;
type FilledList = Filled<'list-authorizations'>;
type FilledDelegates = Filled<'set-delegates'>;
type FilledCanJoin = Filled<'can-join'>;

/** What can be done with one nonce account. */
export type NonceAct = 'fund' | 'advance' | 'authorize' | 'withdraw' | 'close';

/** Every place in the app, with what it needs to be drawn. A value of this type is the app's deep link. */
export type Screen =
  | { kind: 'runs' }
  | { kind: 'run'; runId: string; filled?: Filled<'dump-run'> | Filled<'dump-user'> }
  | { kind: 'create-run'; filled?: Filled<'create-run'> }
  | { kind: 'update-configuration'; runId: string; filled?: Filled<'update-configuration'> }
  | { kind: 'set-paused'; runId: string; paused: boolean; filled?: Filled<'set-paused'> }
  | { kind: 'close-run'; runId: string; filled?: Filled<'close-run'> }
  | { kind: 'tick'; runId: string; filled?: Filled<'tick'> }
  | { kind: 'checkpoint'; runId: string; filled?: Filled<'checkpoint'> }
  | { kind: 'set-rates'; runId: string; filled?: Filled<'set-rates'> }
  | { kind: 'top-up'; runId: string; filled?: Filled<'top-up'> }
  | { kind: 'claim-rewards'; runId: string; user: string }
  | { kind: 'who-may-join'; filled?: FilledAllow }
  | { kind: 'authorizations'; filled?: FilledList }
  | { kind: 'authorization'; grantor: string; grantee: string }
  | { kind: 'set-delegates'; grantor: string; grantee: string; filled?: FilledDelegates }
  | { kind: 'set-authorization-active'; grantor: string; grantee: string; active: boolean }
  | { kind: 'close-authorization'; grantor: string; grantee: string }
  | { kind: 'can-join'; runId: string; filled?: FilledCanJoin }
  | { kind: 'join-kit'; runId: string; grantee: string }
  | { kind: 'transactions' }
  | { kind: 'transaction'; id: string }
  /** Somebody's transaction in base64; without a text it is pasted there. */
  | { kind: 'open-transaction'; text?: string }
  | { kind: 'inspector'; text: string }
  /** `secrets`: how many were taken out of the text before it came here. */
  | { kind: 'paste-command'; text?: string; secrets?: number }
  /** An entry by its id, such as `coordinator-6004`; `runId` when it was met on a run. */
  | { kind: 'error-atlas'; code?: string; runId?: string }
  | { kind: 'signers' }
  | { kind: 'nonce-accounts' }
  | { kind: 'create-nonce-accounts' }
  | { kind: 'change-nonce'; nonceAccount: string; act: NonceAct }
  | { kind: 'networks' }
  | { kind: 'settings' };

type History = { readonly entries: readonly Screen[]; readonly index: number };
type Step = { kind: 'go'; screen: Screen } | { kind: 'replace'; screen: Screen } | { kind: 'move'; by: -1 | 1 };

export type Navigation = {
  readonly screen: Screen;
  readonly go: (screen: Screen) => void;
  /** Shows another screen in the place of this one: going back does not lead here. */
  readonly replace: (screen: Screen) => void;
  readonly back: () => void;
  readonly forward: () => void;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
};

/** Older entries are forgotten beyond this many. */
const HISTORY_LENGTH = 100;

const NavigationContext = createContext<Navigation | undefined>(undefined);

/** Remembers where the operator has been. Alt+Left and Alt+Right walk through it. */
export function NavigationProvider({ start, children }: { start: Screen; children: ReactNode }) {
  const [history, step] = useReducer(walk, { entries: [start], index: 0 });
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      event.preventDefault();
      step({ kind: 'move', by: event.key === 'ArrowLeft' ? -1 : 1 });
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const navigation = useMemo<Navigation>(
    () => ({
      screen: history.entries[history.index] ?? start,
      go: (screen) => step({ kind: 'go', screen }),
      replace: (screen) => step({ kind: 'replace', screen }),
      back: () => step({ kind: 'move', by: -1 }),
      forward: () => step({ kind: 'move', by: 1 }),
      canGoBack: history.index > 0,
      canGoForward: history.index < history.entries.length - 1,
    }),
    [history, start],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('there is no NavigationProvider above this component');
  return navigation;
}

/** For what is also drawn before there is anywhere to go. */
export function useNavigationIfAny(): Navigation | undefined {
  return useContext(NavigationContext);
}

function walk(history: History, step: Step): History {
  if (step.kind === 'move') {
    const index = history.index + step.by;
    return index < 0 || index >= history.entries.length ? history : { ...history, index };
  }
  const kept = history.entries.slice(0, step.kind === 'go' ? history.index + 1 : history.index);
  const entries = [...kept, step.screen].slice(-HISTORY_LENGTH);
  return { entries, index: entries.length - 1 };
}
