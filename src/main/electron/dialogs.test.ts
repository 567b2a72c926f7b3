import { expect, test } from 'vitest';
import { createDialogs } from './dialogs.ts';
import type { BrowserWindowApi, DialogApi, ElectronApi, MessageBoxOptions } from './electron-api.ts';

function dialogsWith(dialog: Partial<DialogApi>) {
  return createDialogs({ dialog } as unknown as ElectronApi, () => ({}) as unknown as BrowserWindowApi);
}

test('a confirmation says no on Enter, on Escape and when its window is closed', async () => {
  let shown: MessageBoxOptions | undefined;
  const { confirm } = dialogsWith({
    showMessageBox(_window, options) {
      shown = options;
      return Promise.resolve({ response: options.cancelId });
    },
  });
  expect(await confirm({ title: 'Sign', message: 'Sign?', detail: 'hash', button: 'Sign' })).toBe(false);
  expect(shown).toMatchObject({ buttons: ['Cancel', 'Sign'], defaultId: 0, cancelId: 0, type: 'warning' });
});

test('only the named button says yes', async () => {
  const { confirm } = dialogsWith({ showMessageBox: () => Promise.resolve({ response: 1 }) });
  expect(await confirm({ title: 'Sign', message: 'Sign?', detail: 'hash', button: 'Sign' })).toBe(true);
});

test('a cancelled file dialog yields no path, whatever else it says', async () => {
  const { chooseFile, chooseTarget } = dialogsWith({
    showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: ['/stale'] }),
    showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '/stale' }),
  });
  expect(await chooseFile({ title: 'Open', button: 'Open', filters: [] })).toBeUndefined();
  expect(await chooseTarget({ title: 'Save', button: 'Save', fileName: 'a.json', filters: [] })).toBeUndefined();
});

test('a chosen file is its path', async () => {
  const { chooseFile, chooseTarget } = dialogsWith({
    showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: ['/keys/id.json'] }),
    showSaveDialog: (_window, { defaultPath }) =>
      Promise.resolve({ canceled: false, filePath: `/dumps/${defaultPath}` }),
  });
  expect(await chooseFile({ title: 'Open', button: 'Open', filters: [] })).toBe('/keys/id.json');
  expect(await chooseTarget({ title: 'Save', button: 'Save', fileName: 'a.json', filters: [] })).toBe('/dumps/a.json');
});
