import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** A key the operator can sign with, or only knows the address of. Paths and keys never leave main. */
export const Signer = z.strictObject({
  id: z.string(),
  label: z.string().min(1).max(64),
  address: AddressText,
  source: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('keyfile'),
      fileName: z.string(),
      /** What a look at the file's outside says now; its content is only read when signing. */
      state: z.enum(['ready', 'missing', 'readable-by-others', 'not-a-file']),
      /** The operator accepted that others can read this file. */
      openPermissionsAllowed: z.boolean(),
      /** The command that closes a file others can read. Empty when there is nothing to fix. */
      fix: z.string(),
      /** The demo key the app made for its practice network. */
      demo: z.boolean(),
      /** A passphrase is asked for each time it signs. */
      encrypted: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('address-only') }),
  ]),
});

export type Signer = z.output<typeof Signer>;

/** Which signer plays which part by default; every form may differ. */
export const SignerRoles = z.strictObject({
  payer: AddressText.optional(),
  authority: AddressText.optional(),
  joinAuthority: AddressText.optional(),
});

export type SignerRoles = z.output<typeof SignerRoles>;

/** What a look for a Ledger found. */
export const LedgerState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('locked') }),
  z.strictObject({ kind: z.literal('other-app') }),
  z.strictObject({ kind: z.literal('busy') }),
  z.strictObject({
    kind: z.literal('ready'),
    address: AddressText,
    path: z.string(),
    appVersion: z.string(),
    blindSigning: z.boolean(),
  }),
]);

export type LedgerState = z.output<typeof LedgerState>;
