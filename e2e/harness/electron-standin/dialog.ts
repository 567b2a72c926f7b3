import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DialogApi } from '#main/electron/electron-api.ts';
import type { Chromium } from './chromium.ts';
import { fileDialogPage, messageBoxPage } from './dialog-pages.ts';
import { openTarget } from './open-target.ts';

/** What a person did in a drawn dialog: a button by its index, a folder to look into, or a path. */
type Act =
  | { readonly kind: 'button'; readonly index: number }
  | { readonly kind: 'folder' | 'file'; readonly path: string };

/**
 * `dialog`, drawn in a window of its own for a person. Journeys replace these functions, as they would the real ones.
 */
export function createDialog(chromium: Chromium): DialogApi {
  return {
    async showMessageBox(_window, options) {
      const act = await ask(chromium, { draw: () => messageBoxPage(options), width: 520, height: 420 });
      return { response: act?.kind === 'button' ? act.index : options.cancelId };
    },
    async showOpenDialog(_window, { title, buttonLabel }) {
      const path = await choosePath(chromium, { title, buttonLabel, name: '' });
      return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] };
    },
    async showSaveDialog(_window, { title, buttonLabel, defaultPath }) {
      const path = await choosePath(chromium, { title, buttonLabel, name: defaultPath });
      return { canceled: path === undefined, filePath: path ?? '' };
    },
  };
}

type PathQuestion = { readonly title: string; readonly buttonLabel: string; readonly name: string };

async function choosePath(chromium: Chromium, question: PathQuestion): Promise<string | undefined> {
  let folder = homedir();
  const act = await ask(chromium, {
    draw: () => fileDialogPage({ ...question, folder, entries: entriesOf(folder) }),
    lookInto: (path) => void (folder = resolve(folder, path)),
    width: 720,
    height: 640,
  });
  return act?.kind === 'file' && act.path !== '' ? resolve(folder, act.path) : undefined;
}

function entriesOf(folder: string): { name: string; path: string; isFolder: boolean }[] {
  const up = { name: '..', path: dirname(folder), isFolder: true };
  const entries = readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, path: join(folder, entry.name), isFolder: entry.isDirectory() }))
    .toSorted((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name));
  return [up, ...entries];
}

type Question = {
  readonly draw: () => string;
  readonly lookInto?: (folder: string) => void;
  readonly width: number;
  readonly height: number;
};

/** Shows the dialog until a button was pressed; `undefined` when its window was closed instead. */
async function ask(chromium: Chromium, { draw, lookInto, width, height }: Question): Promise<Act | undefined> {
  const { root } = chromium.connection;
  const { cdp, targetId } = await openTarget(chromium);
  const { windowId } = await cdp.send('Browser.getWindowForTarget');
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'answerDialog' });
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const show = () => cdp.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html: draw() });
  const answer = new Promise<Act | undefined>((settle) => {
    root.on('Target.targetDestroyed', (gone) => gone.targetId === targetId && settle(undefined));
    cdp.on('Runtime.bindingCalled', ({ payload }) => {
      const act = JSON.parse(payload) as Act;
      if (act.kind !== 'folder') return settle(act);
      lookInto?.(act.path);
      void show();
    });
  });
  await show();
  const act = await answer;
  await root.send('Target.closeTarget', { targetId }).catch(() => undefined);
  return act;
}
