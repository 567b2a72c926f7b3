import { defineErrors } from './define-errors.ts';

/** `fileName` is the last part of the path: folders never leave main. */
type File = { fileName: string };

export const keyfileErrors = defineErrors({
  'keyfile/missing': ({ fileName }: File) => ({
    happened: `The keyfile ${fileName} is not where it was`,
    remedy: 'Put it back, connect the drive it is on, or add it again from its new place',
  }),
  'keyfile/unreadable': ({ fileName }: File) => ({
    happened: `The keyfile ${fileName} cannot be read`,
    remedy: 'Check who may read the file and its folders',
  }),
  'keyfile/not-a-file': ({ fileName }: File) => ({
    happened: `${fileName} is a link, a folder or a device, not a keyfile`,
    remedy: 'Choose the file itself',
  }),
  'keyfile/too-large': ({ fileName, maxBytes }: File & { maxBytes: number }) => ({
    happened: `${fileName} is larger than ${maxBytes} bytes, so it is no keyfile`,
    remedy: 'Choose the file that solana-keygen wrote',
  }),
  'keyfile/foreign-owner': ({ fileName }: File) => ({
    happened: `${fileName} belongs to another user of this machine`,
    remedy: 'Copy it into a folder of your own, with mode 600',
  }),
  'keyfile/readable-by-others': ({ fileName, fix }: File & { fix: string }) => ({
    happened: `Other users of this machine can read ${fileName}`,
    remedy: `In its folder run: ${fix}`,
  }),
  'keyfile/not-a-keyfile': ({ fileName }: File) => ({
    happened: `${fileName} does not hold a key`,
    remedy: 'A keyfile is a JSON array of 64 numbers from 0 to 255, or the same 64 bytes as base58 text',
  }),
  'keyfile/mismatched-halves': ({ fileName }: File) => ({
    happened: `The public half of ${fileName} does not belong to its secret half`,
    remedy: 'The file is damaged or was edited by hand: restore it from a backup. Do not use it',
  }),
  'keyfile/foreign-key': ({ fileName, expected, found }: File & { expected: string; found: string }) => ({
    happened: `${fileName} now holds the key ${found}, not ${expected}`,
    remedy: 'Another file was put in its place: restore the old one, or remove this signer and add it again',
  }),
  'keyfile/exists': ({ fileName }: File) => ({
    happened: `A file named ${fileName} is there already and was left as it is`,
    remedy: 'Move it away first',
  }),
  'keyfile/unwritable': ({ fileName }: File) => ({
    happened: `The new keyfile ${fileName} could not be written`,
    remedy: 'Check that the data folder is on a disk with free space that you may write to',
  }),
});

/** The command that keeps others out of a file, for a shell in its folder. */
export function closingCommand(fileName: string): string {
  return `chmod 600 '${fileName.replaceAll("'", String.raw`'\''`)}'`;
}
