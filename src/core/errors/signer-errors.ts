import { defineErrors } from './define-errors.ts';

export const signerErrors = defineErrors({
  'signer/no-answer': ({ seconds }: { seconds: number }) => ({
    happened: `The signing process gave no answer within ${seconds} seconds and was ended`,
    remedy: 'Nothing was signed. Try again; if the keyfile is on a network drive, check that it is reachable',
  }),
  'signer/ended': (_: Record<string, never>) => ({
    happened: 'The signing process ended without an answer',
    remedy: 'Nothing was signed. Try again',
  }),
  'signer/wrong-message': (_: Record<string, never>) => ({
    happened: 'The bytes that reached the signing process are not the approved ones',
    remedy: 'Nothing was signed. Review the transaction again',
  }),
  'signer/bad-signature': ({ address }: { address: string }) => ({
    happened: `The signature made for ${address} does not verify`,
    remedy: 'Nothing was sent. Check the keyfile, then review the transaction again',
  }),
  'signer/unknown': ({ id }: { id: string }) => ({
    happened: `There is no signer ${id}`,
    remedy: 'Choose one from the list of signers',
  }),
  'signer/already-added': ({ address, label }: { address: string; label: string }) => ({
    happened: `${address} is among the signers already, as “${label}”`,
    remedy: 'Use that one, or remove it first',
  }),
  'signer/absent': ({ address }: { address: string }) => ({
    happened: `No key for ${address} is on this machine`,
    remedy: 'Add its keyfile, or choose another signer',
  }),
  'signer/file-forgotten': (_: Record<string, never>) => ({
    happened: 'The chosen keyfile is no longer waiting for its passphrase',
    remedy: 'Choose the file again',
  }),
  'signer/demo-key': (_: Record<string, never>) => ({
    happened: 'This is the demo key, which the practice network needs',
    remedy: 'It holds nothing of value; leave it in the list',
  }),
});
