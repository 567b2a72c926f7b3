import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { closingCommand } from '#core/errors/keyfile-errors.ts';
import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import type { Address } from '#core/solana/address.ts';
import type { Dialogs, Keyfiles, KeyfileState, Store } from '#main/ports.ts';
import type { StoredSettings, StoredSigner } from './stored-settings.ts';

type Deps = {
  readonly settings: Store<StoredSettings>;
  readonly keyfiles: Keyfiles;
  readonly dialogs: Dialogs;
  /** Where the demo key lives. */
  readonly dataFolder: string;
  readonly newId: () => string;
  readonly onChanged: () => void;
};

const DEMO_FILE = 'demo-key.json';

export type SignerBook = ReturnType<typeof createSignerBook>;

/** The keys the operator signs with, and addresses known by name. */
export function createSignerBook({ settings, keyfiles, dialogs, dataFolder, newId, onChanged }: Deps) {
  const all = () => settings.read().signers;

  function find(id: string): StoredSigner {
    const signer = all().find((each) => each.id === id);
    if (!signer) throw new AppError('signer/unknown', { id });
    return signer;
  }

  async function change(id: string, edit: (signer: StoredSigner) => StoredSigner): Promise<Signer> {
    const next = edit(find(id));
    await settings.update((value) => ({
      ...value,
      signers: value.signers.map((signer) => (signer.id === id ? next : signer)),
    }));
    onChanged();
    return present(next);
  }

  /** The first key to come plays every part, until the operator chooses otherwise. */
  async function add(signer: StoredSigner): Promise<Signer> {
    const known = all().find(({ address }) => address === signer.address);
    if (known) throw new AppError('signer/already-added', { address: known.address, label: known.label });
    await settings.update((value) => ({
      ...value,
      signers: [...value.signers, signer],
      roles: signer.keyfile ? fillRoles(value.roles, signer.address) : value.roles,
    }));
    onChanged();
    return present(signer);
  }

  async function present({ id, label, address, keyfile }: StoredSigner): Promise<Signer> {
    if (!keyfile) return { id, label, address, source: { kind: 'address-only' } };
    const { openPermissionsAllowed, demo, path } = keyfile;
    const state = await keyfiles.outsideOf(path);
    const fileName = basename(path);
    const fix = state === 'readable-by-others' ? closingCommand(fileName) : '';
    return { id, label, address, source: { kind: 'keyfile', fileName, state, openPermissionsAllowed, fix, demo } };
  }

  /**
   * Adds a keyfile by its path. One that others can read is taken as well: its row says what to do, and nothing is signed
   * with it until then.
   */
  async function addPath(path: string): Promise<Signer> {
    const address = await keyfiles.look(path, true);
    const label =
      basename(path)
        .replace(/\.json$/, '')
        .slice(0, 64) || 'Keyfile';
    return add({ id: newId(), label, address, keyfile: { path, openPermissionsAllowed: false, demo: false } });
  }

  return {
    list: () => Promise.all(all().map(present)),
    roles: () => settings.read().roles,
    addresses: () => all().map(({ address }) => address),

    /** Addresses this machine can sign for. */
    own: () => all().flatMap(({ address, keyfile }) => (keyfile ? [address] : [])),

    /** Names of addresses: the signers' own, and those the operator gave. */
    labels(): Partial<Record<Address, string>> {
      const names = Object.fromEntries(all().map(({ address, label }) => [address, label]));
      return { ...settings.read().labels, ...names };
    },

    async addKeyfile(): Promise<{ kind: 'cancelled' } | { kind: 'added'; signer: Signer }> {
      const path = await dialogs.chooseFile({
        title: 'Add a keyfile',
        button: 'Add keyfile',
        filters: [
          { name: 'Keyfiles', extensions: ['json', 'txt', 'key'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' };
      return { kind: 'added', signer: await addPath(path) };
    },

    addPath,

    addAddress: (address: Address, label: string) => add({ id: newId(), label, address }),

    rename: (id: string, label: string) => change(id, (signer) => ({ ...signer, label })),

    allowOpenPermissions: (id: string) =>
      change(id, (signer) => {
        if (!signer.keyfile) throw new AppError('signer/absent', { address: signer.address });
        return { ...signer, keyfile: { ...signer.keyfile, openPermissionsAllowed: true } };
      }),

    async remove(id: string): Promise<void> {
      const { keyfile, address } = find(id);
      if (keyfile?.demo) throw new AppError('signer/demo-key', {});
      await settings.update((value) => ({
        ...value,
        signers: value.signers.filter((signer) => signer.id !== id),
        roles: withoutRole(value.roles, address),
      }));
      onChanged();
    },

    async chooseRoles(roles: SignerRoles): Promise<SignerRoles> {
      await settings.update((value) => ({ ...value, roles }));
      onChanged();
      return roles;
    },

    /** The demo key's address; the key is made when it is not there. @throws AppError `keyfile/…`, `signer/…` */
    async ensureDemoKey(): Promise<Address> {
      const known = all().find(({ keyfile }) => keyfile?.demo);
      if (known?.keyfile && (await keyfiles.outsideOf(known.keyfile.path)) !== 'missing') return known.address;
      if (known) await settings.update((value) => ({ ...value, signers: all().filter((each) => each !== known) }));
      const { address, path } = await openOrCreateDemo(keyfiles, dataFolder);
      await add({
        id: newId(),
        label: 'Demo key',
        address,
        keyfile: { path, openPermissionsAllowed: false, demo: true },
      });
      return address;
    },

    /** Who holds a key and what keeps it from signing now; `undefined` when it is not on this machine. */
    async keyFor(address: Address) {
      const signer = all().find((each) => each.address === address);
      if (!signer?.keyfile) return undefined;
      const state = await keyfiles.outsideOf(signer.keyfile.path);
      const { keyfile, label } = signer;
      return { label, demo: keyfile.demo, problem: problemOf(state, keyfile.openPermissionsAllowed) };
    },

    /** A verified signature. @throws AppError `signer/absent`, `keyfile/…`, `signer/…` */
    sign(address: Address, message: Uint8Array, messageHash: string): Promise<Uint8Array> {
      const keyfile = all().find((each) => each.address === address)?.keyfile;
      if (!keyfile) throw new AppError('signer/absent', { address });
      const { path, openPermissionsAllowed } = keyfile;
      return keyfiles.sign({
        path,
        allowOpenPermissions: openPermissionsAllowed,
        expected: address,
        message,
        messageHash,
      });
    },
  };
}

/** A demo key without a place in the settings is one whose settings were lost. */
async function openOrCreateDemo(keyfiles: Keyfiles, folder: string) {
  try {
    return await keyfiles.create(folder, DEMO_FILE);
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== 'keyfile/exists') throw cause;
  }
  const path = `${folder}/${DEMO_FILE}`;
  return { address: await keyfiles.look(path, false), path };
}

function problemOf(state: KeyfileState, openPermissionsAllowed: boolean): string {
  switch (state) {
    case 'ready':
      return '';
    case 'missing':
      return 'The keyfile is not where it was';
    case 'not-a-file':
      return 'The keyfile was replaced by something else';
    case 'readable-by-others':
      return openPermissionsAllowed ? '' : 'Others can read this keyfile: close it or allow it on the Signers screen';
  }
}

function fillRoles({ payer, authority, joinAuthority }: SignerRoles, address: Address): SignerRoles {
  return {
    payer: payer ?? address,
    authority: authority ?? address,
    joinAuthority: joinAuthority ?? address,
  };
}

function withoutRole(roles: SignerRoles, address: Address): SignerRoles {
  return Object.fromEntries(Object.entries(roles).filter(([, holder]) => holder !== address));
}
