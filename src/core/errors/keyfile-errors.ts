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
  'keyfile/needs-passphrase': ({ fileName }: File) => ({
    happened: `${fileName} is encrypted, and no passphrase came with the request`,
    remedy: 'Its passphrase is asked for when it is added on the Signers screen, and on the review each time it signs',
  }),
  'keyfile/wrong-passphrase': ({ fileName }: File) => ({
    happened: `The passphrase does not open ${fileName}`,
    remedy: 'Nothing was signed. Correct what you typed and try again; capital letters and spaces count',
  }),
  'keyfile/not-by-passphrase': ({ fileName }: File) => ({
    happened: `${fileName} is encrypted for a key, not with a passphrase`,
    remedy:
      'Decrypt it with age and encrypt it again with “age --passphrase”, or add the plain keyfile and encrypt it here',
  }),
  'keyfile/work-factor': ({ fileName, most }: File & { most: number }) => ({
    happened: `${fileName} asks for more work to try a passphrase than this app does: a factor over ${most}`,
    remedy: 'Encrypt the keyfile again with age as it comes, or here',
  }),
  'keyfile/damaged': ({ fileName }: File) => ({
    happened: `${fileName} begins as an encrypted file, but the rest is damaged`,
    remedy: 'Restore it from a backup. Without one, the key in it is lost',
  }),
  'keyfile/no-key-inside': ({ fileName }: File) => ({
    happened: `The passphrase opens ${fileName}, but there is no key in it`,
    remedy: 'What is encrypted must be the JSON array of 64 numbers that solana-keygen writes, and nothing after it',
  }),
  'keyfile/encrypted-already': ({ fileName }: File) => ({
    happened: `${fileName} is encrypted already`,
    remedy: 'There is nothing to do: it asks for its passphrase each time it signs',
  }),
  'keyfile/short-passphrase': ({ least }: { least: number }) => ({
    happened: `The passphrase has fewer than ${least} characters`,
    remedy: 'Take a longer one: four or five unrelated words are easier to keep than signs and digits',
  }),
  'keyfile/exists': ({ fileName }: File) => ({
    happened: `A file named ${fileName} is there already and was left as it is`,
    remedy: 'Move it away first',
  }),
  'keyfile/unwritable': ({ fileName }: File) => ({
    happened: `The new keyfile ${fileName} could not be written`,
    remedy: 'Check that its folder is on a disk with free space that you may write to',
  }),
});

/** The command that keeps others out of a file, for a shell in its folder. */
export function closingCommand(fileName: string): string {
  return `chmod 600 '${fileName.replaceAll("'", String.raw`'\''`)}'`;
}
