import { defineErrors } from './define-errors.ts';

/** Bytes of an account of the unversioned layout. Source: PROTOCOL §5.5. */
const UNVERSIONED_ACCOUNT_BYTES = 119_072;

export const accountErrors = defineErrors({
  'account/size': ({ expected, actual }: { expected: number; actual: number }) => ({
    happened:
      actual === UNVERSIONED_ACCOUNT_BYTES
        ? `The account has ${actual} bytes instead of ${expected}: an older program created it (unversioned layout)`
        : `The account has ${actual} bytes, where ${expected} are expected`,
    remedy: 'This version of the programs is not supported; open the account in the inspector to see its bytes',
  }),
  'account/discriminator': ({ expected, actual }: { expected: string; actual: string }) => ({
    happened: `The account starts with ${actual === '' ? 'nothing' : actual}, where ${expected} marks the expected type`,
    remedy: 'This is an account of another type; check the address',
  }),
  'account/version': ({ expected, actual }: { expected: string; actual: string }) => ({
    happened: `The account has layout version ${actual}; this app reads version ${expected}`,
    remedy: 'Use a version of this app made for that layout',
  }),
  'account/malformed': ({ kind, reason }: { kind: string; reason: string }) => ({
    happened: `This is not a readable ${kind}: ${reason}`,
    remedy: 'Look at its raw bytes in the inspector',
  }),
});
