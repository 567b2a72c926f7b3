import { Connection, Keypair, LAMPORTS_PER_SOL } from '@solana/web3.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SpawnedNetwork, spawnPracticeNetwork } from './spawn-practice-network.ts';

let folder: string;
let network: SpawnedNetwork | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-process-'));
});
afterEach(async () => {
  await network?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const friend = Keypair.generate().publicKey;

/** Starts on the folder, with one confirmed transaction more than before. */
async function startAndPour(): Promise<string> {
  network = await spawnPracticeNetwork(['--data-dir', folder]);
  const connection = new Connection(network.rpcUrl, 'confirmed');
  const signature = await connection.requestAirdrop(friend, LAMPORTS_PER_SOL);
  const { value } = await connection.getSignatureStatus(signature);
  expect(value?.err).toBeNull();
  return signature;
}

describe('the process', () => {
  test('loses nothing that was confirmed when it is killed', async () => {
    const signature = await startAndPour();
    const before = network?.genesisHash;
    await network?.end('SIGKILL');
    network = await spawnPracticeNetwork(['--data-dir', folder]);
    expect(network.genesisHash).toBe(before);
    const connection = new Connection(network.rpcUrl, 'confirmed');
    expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);
    expect((await connection.getSignatureStatus(signature)).value?.err).toBeNull();
  }, 60_000);

  test('saves, and ends well, when asked to stop', async () => {
    await startAndPour();
    expect(await network?.end('SIGTERM')).toBe(0);
    await startAndPour();
    const connection = new Connection(network?.rpcUrl ?? '', 'confirmed');
    expect(await connection.getBalance(friend)).toBe(2 * LAMPORTS_PER_SOL);
  }, 60_000);

  test('tells its parent over the channel, and goes when the parent is gone', async () => {
    network = await spawnPracticeNetwork([], true);
    const gone = new Promise((resolve) => {
      network?.process.once('exit', resolve);
    });
    network.process.disconnect();
    expect(await gone).toBe(0);
  }, 60_000);

  test('says why it does not start', async () => {
    const port = new URL((await spawnPracticeNetwork().then((other) => (network = other))).rpcUrl).port;
    await expect(spawnPracticeNetwork(['--port', port])).rejects.toThrow(`cannot listen on port ${port}`);
    await expect(spawnPracticeNetwork(['--slot-ms', 'x'])).rejects.toThrow('--slot-ms takes a whole number');
    await expect(spawnPracticeNetwork(['--engine', 'x'])).rejects.toThrow('--engine takes litesvm or typescript');
    await expect(spawnPracticeNetwork(['--demo', 'nobody'])).rejects.toThrow('not a Solana address');
  }, 60_000);
});
