import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function inspectorHandlers({ inspector }: Services): Group<'inspector'> {
  return { look: ({ text }) => inspector.look(text) };
}
