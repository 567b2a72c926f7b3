import type { BrowserWindowApi, ElectronApi, FileFilter } from './electron-api.ts';

export type Dialogs = {
  /** A file the person picked, as an absolute path, or `undefined`. */
  chooseFile(question: { title: string; button: string; filters: FileFilter[] }): Promise<string | undefined>;
  /** Where to save, as an absolute path, or `undefined`. */
  chooseTarget(question: {
    title: string;
    button: string;
    fileName: string;
    filters: FileFilter[];
  }): Promise<string | undefined>;
  /** A yes-or-no question in a window of the system, which no page can draw over. Enter and Escape both say no. */
  confirm(question: { title: string; message: string; detail: string; button: string }): Promise<boolean>;
};

/** The system's own dialogs, over the app's window. */
export function createDialogs({ dialog }: ElectronApi, window: () => BrowserWindowApi): Dialogs {
  return {
    async chooseFile({ title, button, filters }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title,
        buttonLabel: button,
        filters,
        properties: ['openFile', 'showHiddenFiles'],
      });
      return canceled ? undefined : filePaths[0];
    },
    async chooseTarget({ title, button, fileName, filters }) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title,
        buttonLabel: button,
        defaultPath: fileName,
        filters,
      });
      return canceled || !filePath ? undefined : filePath;
    },
    async confirm({ title, message, detail, button }) {
      const { response } = await dialog.showMessageBox(window(), {
        type: 'warning',
        title,
        message,
        detail,
        buttons: ['Cancel', button],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      return response === 1;
    },
  };
}
