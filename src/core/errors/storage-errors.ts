import { defineErrors } from './define-errors.ts';

export const storageErrors = defineErrors({
  'storage/unwritable': ({ fileName }: { fileName: string }) => ({
    happened: `${fileName} could not be saved; what was saved before is intact`,
    remedy: 'Check that the data folder is on a disk with free space that you may write to, then try again',
  }),
  'storage/unfit': ({ fileName }: { fileName: string }) => ({
    happened: `The change was not saved: ${fileName} could not be read again with it`,
    remedy: 'Shorten names and paths, or remove networks and signers that are no longer used, then try again',
  }),
  'storage/newer': ({ fileName, version }: { fileName: string; version: number }) => ({
    happened: `${fileName} was written by a newer version of this app (format ${version})`,
    remedy: 'Start that version, or choose another data folder with --data-dir',
  }),
  'storage/in-use': (_: Record<string, never>) => ({
    happened: 'Another instance of the app works with this data folder',
    remedy: 'Use its window, or choose another data folder with --data-dir',
  }),
  'storage/file-too-large': ({ fileName, maxBytes }: { fileName: string; maxBytes: number }) => ({
    happened: `${fileName} is larger than ${maxBytes} bytes`,
    remedy: 'Choose another file',
  }),
  'storage/unreadable': ({ fileName }: { fileName: string }) => ({
    happened: `${fileName} could not be read as text`,
    remedy: 'Check the file and who may read it, or choose another',
  }),
});
