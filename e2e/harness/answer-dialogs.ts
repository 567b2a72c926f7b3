import type { ElectronApplication } from 'playwright';

type Answers = {
  /** What every question is answered with: the button's index. */
  readonly message?: number;
  /** The file every open dialog yields; `null` cancels. */
  readonly open?: string | null;
  /** Where every save dialog saves; `null` cancels. */
  readonly save?: string | null;
};

/**
 * Scripts the system's dialogs in main, the same way in both runtimes. Dialogs that are not named keep their last
 * answer.
 */
export async function answerDialogs(app: ElectronApplication, answers: Answers): Promise<void> {
  await app.evaluate(({ dialog }, { message, open, save }) => {
    if (message !== undefined) {
      dialog.showMessageBox = () => Promise.resolve({ response: message, checkboxChecked: false });
    }
    if (open !== undefined) {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: open === null, filePaths: open === null ? [] : [open] });
    }
    if (save !== undefined) {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: save === null, filePath: save ?? '' });
    }
  }, answers);
}
