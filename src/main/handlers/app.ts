import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function appHandlers({ app }: Services): Group<'app'> {
  return {
    status: () => app.status(),
    chooseDoor: ({ door }) => app.chooseDoor(door),
    saveSettings: ({ theme }) => app.chooseTheme(theme),
  };
}
