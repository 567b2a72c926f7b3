import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function configHandlers({ configuration }: Services): Group<'config'> {
  return {
    open: () => configuration.open(),
    check: ({ text }) => configuration.check(text),
    insertMissing: ({ text }) => ({ text: configuration.insertMissing(text) }),
    sample: () => ({ text: configuration.sample() }),
    async saveDraft({ text }) {
      await configuration.saveDraft(text);
      return {};
    },
    readDraft: () => ({ text: configuration.readDraft() }),
  };
}
