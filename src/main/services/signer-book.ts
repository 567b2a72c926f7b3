import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { closingCommand } from '#core/errors/keyfile-errors.ts';
import { characterCount, PASSPHRASE_MIN } from '#core/signers/passphrase.ts';
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

/** A chosen file that waits for its passphrase; the page knows it by the handle only. */
type LockedFile = { readonly handle: string; readonly path: string };

export type SignerBook = ReturnType<typeof createSignerBook>;

/** The keys the operator signs with, and addresses known by name. */
export function createSignerBook({ settings, keyfiles, dialogs, dataFolder, newId, onChanged }: Deps) {
  let locked: LockedFile | undefined;

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
    const { openPermissionsAllowed, demo, encrypted, path } = keyfile;
    const state = await keyfiles.outsideOf(path);
    const fileName = basename(path);
    const fix = state === 'readable-by-others' ? closingCommand(fileName) : '';
    const source = { kind: 'keyfile' as const, fileName, state, openPermissionsAllowed, fix, demo, encrypted };
    return { id, label, address, source };
  }

  /**
   * Adds a keyfile by its path. One that others can read is taken as well: its row says what to do, and nothing is signed
   * with it until then.
   *
   * @throws AppError `keyfile/needs-passphrase` for an encrypted one without, `keyfile/…`, `signer/…`
   */
  async function addPath(path: string, passphrase?: Uint8Array): Promise<Signer> {
    const address = await keyfiles.look(path, true, passphrase);
    return add(signerAt(path, address, passphrase !== undefined));
  }

  function signerAt(path: string, address: Address, encrypted: boolean): StoredSigner {
    const label =
      basename(path)
        .replace(/\.(json|age)$/, '')
        .slice(0, 64) || 'Keyfile';
    return { id: newId(), label, address, keyfile: { path, openPermissionsAllowed: false, demo: false, encrypted } };
  }

  /** @throws AppError `signer/absent`, `signer/demo-key`, `keyfile/encrypted-already` */
  function plainKeyfileOf(id: string) {
    const { address, keyfile } = find(id);
    if (!keyfile) throw new AppError('signer/absent', { address });
    if (keyfile.demo) throw new AppError('signer/demo-key', {});
    if (keyfile.encrypted) throw new AppError('keyfile/encrypted-already', { fileName: basename(keyfile.path) });
    return { address, keyfile };
  }

  const chooseNewFile = (title: string, fileName: string) =>
    dialogs.chooseTarget({
      title,
      button: 'Write keyfile',
      fileName,
      filters: [{ name: 'All files', extensions: ['*'] }],
    });

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

    /** One that is encrypted waits for its passphrase under a handle, until another is chosen. */
    async addKeyfile(): Promise<
      { kind: 'cancelled' } | { kind: 'added'; signer: Signer } | { kind: 'locked'; handle: string; fileName: string }
    > {
      const path = await dialogs.chooseFile({
        title: 'Add a keyfile',
        button: 'Add keyfile',
        filters: [
          { name: 'Keyfiles', extensions: ['json', 'txt', 'key', 'age'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' };
      try {
        return { kind: 'added', signer: await addPath(path) };
      } catch (cause) {
        if (!isAppError(cause) || cause.code !== 'keyfile/needs-passphrase') throw cause;
        locked = { handle: newId(), path };
        return { kind: 'locked', handle: locked.handle, fileName: basename(path) };
      }
    },

    /** @throws AppError `signer/file-forgotten`, `keyfile/wrong-passphrase`, `keyfile/…`, `signer/…` */
    async unlockKeyfile(handle: string, passphrase: Uint8Array): Promise<Signer> {
      try {
        if (locked?.handle !== handle) throw new AppError('signer/file-forgotten', {});
        const signer = await addPath(locked.path, passphrase);
        locked = undefined;
        return signer;
      } finally {
        passphrase.fill(0);
      }
    },

    /**
     * Encrypts a plain keyfile into a new file and signs with that one from now on. The old file stays.
     *
     * @throws AppError `keyfile/short-passphrase`, `keyfile/exists`, `keyfile/…`, `signer/…`
     */
    async encryptKeyfile(id: string, passphrase: Uint8Array) {
      try {
        checkLength(passphrase);
        const { address, keyfile } = plainKeyfileOf(id);
        const oldFileName = basename(keyfile.path);
        const suggested = `${oldFileName.replace(/\.(json|txt|key)$/, '')}.age`;
        const targetPath = await chooseNewFile('Where the encrypted keyfile goes', suggested);
        if (targetPath === undefined) return { kind: 'cancelled' as const };
        await keyfiles.encrypt({
          path: keyfile.path,
          allowOpenPermissions: keyfile.openPermissionsAllowed,
          expected: address,
          targetPath,
          passphrase,
        });
        const encrypted = { path: targetPath, openPermissionsAllowed: false, demo: false, encrypted: true };
        const signer = await change(id, (stored) => ({ ...stored, keyfile: encrypted }));
        return { kind: 'encrypted' as const, signer, oldFileName };
      } finally {
        passphrase.fill(0);
      }
    },

    /**
     * Makes a key in a new file and adds it. `words` is for the screen and for nothing else.
     *
     * @param passphrase - absent: a plain file
     * @throws AppError `keyfile/short-passphrase`, `keyfile/exists`, `keyfile/unwritable`, `signer/…`
     */
    async createKey({ passphrase, withWords }: { passphrase?: Uint8Array | undefined; withWords: boolean }) {
      try {
        if (passphrase) checkLength(passphrase);
        const suggested = passphrase ? 'new-key.age' : 'new-key.json';
        const targetPath = await chooseNewFile('Where the new key goes', suggested);
        if (targetPath === undefined) return { kind: 'cancelled' as const };
        const { address, words } = await keyfiles.make({ targetPath, passphrase, withWords });
        const signer = await add(signerAt(targetPath, address, passphrase !== undefined));
        return { kind: 'created' as const, signer, words };
      } finally {
        passphrase?.fill(0);
      }
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
        keyfile: { path, openPermissionsAllowed: false, demo: true, encrypted: false },
      });
      return address;
    },

    /** Who holds a key and what keeps it from signing now; `undefined` when it is not on this machine. */
    async keyFor(address: Address) {
      const signer = all().find((each) => each.address === address);
      if (!signer?.keyfile) return undefined;
      const state = await keyfiles.outsideOf(signer.keyfile.path);
      const { keyfile, label } = signer;
      const { demo, encrypted, openPermissionsAllowed } = keyfile;
      return { label, demo, encrypted, problem: problemOf(state, openPermissionsAllowed) };
    },

    /**
     * A verified signature.
     *
     * @param passphrase - for an encrypted keyfile; wiped once it was handed over
     * @throws AppError `signer/absent`, `keyfile/…`, `signer/…`
     */
    async sign(
      address: Address,
      message: Uint8Array,
      messageHash: string,
      passphrase?: Uint8Array,
    ): Promise<Uint8Array> {
      const signer = all().find((each) => each.address === address);
      if (!signer?.keyfile) throw new AppError('signer/absent', { address });
      const { id, keyfile } = signer;
      const { path, openPermissionsAllowed: allowOpenPermissions } = keyfile;
      try {
        return await keyfiles.sign({ path, allowOpenPermissions, expected: address, message, messageHash, passphrase });
      } catch (cause) {
        // It was encrypted by other means since it was added: the next review asks for the passphrase.
        if (isAppError(cause) && cause.code === 'keyfile/needs-passphrase' && !keyfile.encrypted) {
          await change(id, (stored) => ({ ...stored, keyfile: { ...keyfile, encrypted: true } }));
        }
        throw cause;
      }
    },
  };
}

/** @throws AppError `keyfile/short-passphrase` */
function checkLength(passphrase: Uint8Array): void {
  if (characterCount(passphrase) < PASSPHRASE_MIN) {
    throw new AppError('keyfile/short-passphrase', { least: PASSPHRASE_MIN });
  }
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
