import type { Store } from '#main/ports.ts';
import type { Connections } from './connections.ts';
import { PRACTICE_PROFILE_ID } from '#core/networks/built-in-profiles.ts';
import type { Practice } from './practice.ts';
import type { StoredSettings } from './stored-settings.ts';

type Door = NonNullable<StoredSettings['door']>;

type Deps = {
  readonly version: string;
  readonly settings: Store<StoredSettings>;
  readonly connections: Connections;
  readonly practice: Practice;
  readonly applyTheme: (theme: StoredSettings['theme']) => void;
  readonly onChanged: () => void;
};

export type AppState = ReturnType<typeof createAppState>;

/** Which door the operator took, how the app looks, and what it has to say. */
export function createAppState({ version, settings, connections, practice, applyTheme, onChanged }: Deps) {
  const notices: string[] = [];

  function status() {
    const { door, theme } = settings.read();
    return { version, ...(door === undefined ? {} : { door }), settings: { theme }, notices: [...notices] };
  }

  return {
    status,

    notify(notice: string): void {
      notices.push(notice);
      onChanged();
    },

    /** At start: whatever the door chosen earlier opens. Before there is one, nothing is opened. */
    open(): void {
      const { door, theme } = settings.read();
      applyTheme(theme);
      if (door === 'practice' || door === 'network') connections.resume();
    },

    async chooseDoor(door: Door) {
      await settings.update((value) => ({ ...value, door }));
      if (door === 'practice') await connections.activate(PRACTICE_PROFILE_ID);
      else await leavePractice(door);
      onChanged();
      return status();
    },

    async chooseTheme(theme: StoredSettings['theme']) {
      await settings.update((value) => ({ ...value, theme }));
      applyTheme(theme);
      onChanged();
      return status();
    },
  };

  /** Offline means that nothing is open; the network door leads to the network chosen last, if it was a real one. */
  async function leavePractice(door: Exclude<Door, 'practice'>): Promise<void> {
    const { activeId } = settings.read();
    if (door === 'network' && activeId !== undefined && activeId !== PRACTICE_PROFILE_ID) {
      connections.resume();
      return;
    }
    connections.disconnect();
    await practice.stop();
  }
}
