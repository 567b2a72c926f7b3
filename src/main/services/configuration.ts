import { insertMissingKeys } from '#core/config/insert-missing.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { reportConfig } from '#core/config/report-config.ts';
import { MAX_CONFIG_BYTES } from '#core/config/config-size.ts';
import type { Dialogs, Store, TextFiles } from '#main/ports.ts';

type Deps = { readonly dialogs: Dialogs; readonly files: TextFiles; readonly draft: Store<{ text: string }> };

export type Configuration = ReturnType<typeof createConfiguration>;

/** Configuration files: opening, checking, repairing, and the unfinished form. */
export function createConfiguration({ dialogs, files, draft }: Deps) {
  return {
    async open() {
      const path = await dialogs.chooseFile({
        title: 'Open a configuration',
        button: 'Open',
        filters: [
          { name: 'Configuration', extensions: ['toml'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' as const };
      const text = await files.read(path, MAX_CONFIG_BYTES);
      return { kind: 'opened' as const, fileName: path.split(/[\\/]/).at(-1) ?? '', text };
    },

    check: reportConfig,

    insertMissing(text: string): string {
      const reading = parseConfig(text);
      return reading.kind === 'ok' ? text : insertMissingKeys(text, reading.problems);
    },

    sample: () => PRACTICE_CONFIG_TEXT,
    saveDraft: (text: string) => draft.update(() => ({ text })),
    readDraft: () => draft.read().text,
  };
}
