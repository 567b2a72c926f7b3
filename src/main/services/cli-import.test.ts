import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer } from '#signer/answer.ts';
import { noDialogs, startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';

let folder = temporaryFolder();
let main: StartedMain | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await main?.close();
  folder.remove();
});

async function importing(text: string) {
  const path = join(folder.path, 'config.yml');
  writeFileSync(path, text);
  main = await startMain(folder.path, { dialogs: { ...noDialogs, chooseFile: async () => path } });
  return main;
}

describe('the import of the command line’s setup', () => {
  test('takes network, key and labels, and opens no connection', async () => {
    const key = await answer({ kind: 'create', folder: folder.path, fileName: 'id.json' });
    const { services } = await importing(
      `json_rpc_url: https://api.devnet.solana.com\nwebsocket_url: ''\nkeypair_path: ${join(folder.path, 'id.json')}\naddress_labels:\n  4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7: Coordinator\ncommitment: confirmed\n`,
    );
    const imported = await services.cliImport.importCliConfig();
    expect(imported).toMatchObject({
      kind: 'imported',
      profile: { rpcUrl: 'https://api.devnet.solana.com' },
      signer: { label: 'id', source: { kind: 'keyfile', fileName: 'id.json', state: 'ready', demo: false } },
      notes: [],
    });
    expect(services.signers.own()).toEqual([key.kind === 'created' && key.address]);
    expect(services.signers.labels()).toMatchObject({ '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7': 'Coordinator' });
    expect(services.connections.status()).toEqual({ kind: 'offline' });
  });

  test('says why a key stays behind, and takes the rest', async () => {
    const { services } = await importing(
      `json_rpc_url: http://127.0.0.1:8899\nkeypair_path: ${join(folder.path, 'gone.json')}\n`,
    );
    const imported = await services.cliImport.importCliConfig();
    expect(imported).toMatchObject({ kind: 'imported', notes: [expect.stringContaining('gone.json')] });
    expect(JSON.stringify(imported)).not.toContain(folder.path);
  });

  test('of an endpoint without encryption is refused and changes nothing', async () => {
    const { services } = await importing('json_rpc_url: http://rpc.example.org\n');
    await expect(services.cliImport.importCliConfig()).rejects.toMatchObject({ code: 'network/unencrypted' });
    expect(services.connections.list().profiles).toHaveLength(5);
  });
});
