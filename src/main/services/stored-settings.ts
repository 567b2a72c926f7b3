import { z } from 'zod';
import { NetworkProfile } from '#core/networks/profile.ts';
import { SignerRoles } from '#core/signers/signer.ts';
import { AddressText } from '#core/units/wire.ts';

/** A signer as it is remembered: where its keyfile is, never what is in it. */
export const StoredSigner = z.strictObject({
  id: z.string().max(64),
  label: z.string().min(1).max(64),
  address: AddressText,
  /** Absent for a signer of which only the address is known. */
  keyfile: z
    .strictObject({
      path: z.string().max(4096),
      openPermissionsAllowed: z.boolean(),
      demo: z.boolean(),
      encrypted: z.boolean().default(false),
    })
    .optional(),
});

export type StoredSigner = z.output<typeof StoredSigner>;

/** Everything the operator chose. A new field needs a default here; a changed one a migration and a version. */
export const StoredSettings = z.strictObject({
  /** Absent until the first start's question was answered. */
  door: z.enum(['practice', 'network', 'offline']).optional(),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Networks the operator added, and built-in ones the operator changed. */
  profiles: z.array(NetworkProfile).max(200).default([]),
  activeId: z.string().max(64).optional(),
  signers: z.array(StoredSigner).max(1000).default([]),
  roles: SignerRoles.default({}),
  /** Names the operator gave to addresses of others. */
  labels: z.record(AddressText, z.string().max(64)).default({}),
});

export type StoredSettings = z.output<typeof StoredSettings>;

/** How settings are stored; version 1 is the first. */
export const settingsFormat = {
  version: 1,
  defaults: StoredSettings.parse({}),
  parse: (document: unknown) => StoredSettings.parse(document),
};

/** The unfinished create-run form, in a file of its own because it changes while somebody types. */
export const draftFormat = {
  version: 1,
  defaults: { text: '' },
  parse: (document: unknown) => z.strictObject({ text: z.string() }).parse(document),
};
