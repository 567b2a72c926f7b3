import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { type CliConfig, parseCliConfig } from '#core/networks/cli-config.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { checkRpcUrl, checkWebSocketUrl } from '#core/networks/url-rules.ts';
import type { Signer } from '#core/signers/signer.ts';
import type { Dialogs, Store, TextFiles } from '#main/ports.ts';
import type { Connections } from './connections.ts';
import type { SignerBook } from './signer-book.ts';
import type { StoredSettings } from './stored-settings.ts';

/** Far above what the CLI writes. */
const MAX_BYTES = 262_144;

type Deps = {
  readonly dialogs: Dialogs;
  readonly files: TextFiles;
  readonly settings: Store<StoredSettings>;
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly newId: () => string;
};

export type CliImport = ReturnType<typeof createCliImport>;

/** Takes over what the Solana command line is set up with: network, key and labels. */
export function createCliImport({ dialogs, files, settings, connections, signers, newId }: Deps) {
  async function takeKey(path: string, notes: string[]): Promise<Signer | undefined> {
    if (path === '') return undefined;
    if (path.startsWith('usb://') || path.startsWith('prompt') || path === 'ASK' || path === '-') {
      notes.push('The command line signs with a device or a prompt; no keyfile was taken over.');
      return undefined;
    }
    try {
      return await signers.addPath(path);
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      const { happened, remedy } = messageOf(cause.code, cause.params as never);
      notes.push(`${happened}. ${remedy}.`);
      return undefined;
    }
  }

  return {
    async importCliConfig() {
      const path = await dialogs.chooseFile({
        title: 'Import the command line’s config.yml',
        button: 'Import',
        filters: [
          { name: 'Solana CLI configuration', extensions: ['yml', 'yaml'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' as const };
      const config = parseCliConfig(await files.read(path, MAX_BYTES));
      const profile = profileOf(config, newId());
      const notes = [...config.notes];
      await connections.save(profile);
      await settings.update((value) => ({ ...value, labels: { ...value.labels, ...config.labels } }));
      const signer = await takeKey(config.keypairPath, notes);
      return { kind: 'imported' as const, profile, ...(signer === undefined ? {} : { signer }), notes };
    },
  };
}

/** A URL that would have to be confirmed is refused here by its own error: the form can then be filled by hand. */
function profileOf({ rpcUrl, webSocketUrl, commitment }: CliConfig, id: string): NetworkProfile {
  checkRpcUrl(rpcUrl, false);
  checkWebSocketUrl(webSocketUrl, rpcUrl, false);
  return {
    id,
    name: 'From the command line',
    kind: 'cluster',
    rpcUrl,
    webSocketUrl,
    commitment,
    programs: DEFAULT_PROGRAM_IDS,
    allowUnencrypted: false,
    expected: 'any',
    fees: DEFAULT_FEE_POLICY,
  };
}
