import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Keypair } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import { launchApp } from '../harness/launch.ts';
import { startPracticeProcess } from '../harness/practice-process.ts';
import { enterPractice, goTo } from '../pages/main-path.ts';
import { addNetwork, connectTo, writeKeyfile } from '../pages/own-network.ts';

test('a network that is down, one that answers rubbish and one that is not what its label says', async ({
  app,
  dataDir,
}) => {
  const { page } = app;
  const owner = Keypair.generate();
  const network = await startPracticeProcess(owner.publicKey.toBase58());
  const rubbish = await startRubbish();
  try {
    await connectTo(app, { url: network.rpcUrl, keyfile: writeKeyfile(dataDir, 'owner.json', owner) });
    await goTo(page, 'Networks');

    await addNetwork(page, { name: 'Down', url: 'http://127.0.0.1:9' });
    await page.getByRole('button', { name: 'Test Down' }).click();
    await expect(page.getByRole('listitem', { name: 'Network Down' })).toContainText(
      /no answer|not reach|refused|could not/i,
    );

    await addNetwork(page, { name: 'Rubbish', url: rubbish.url });
    await page.getByRole('button', { name: 'Test Rubbish' }).click();
    await expect(page.getByRole('listitem', { name: 'Network Rubbish' })).toContainText(
      /not.*(Solana|understand|JSON)|does not answer like/i,
    );

    await addNetwork(page, { name: 'Said to be mainnet', url: network.rpcUrl, promises: 'Mainnet' });
    await page.getByRole('button', { name: 'Switch to it: Said to be mainnet' }).click();
    await expect(page.getByText(/genesis/i).first()).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(/unknown|contradict/i);
  } finally {
    await network.stop();
    rubbish.server.close();
  }
});

test('keyfiles that cannot be used say why: missing, foreign, with halves that do not match, readable by others', async ({
  app,
  dataDir,
}) => {
  const { page } = app;
  await enterPractice(page);
  await goTo(page, 'Signers');
  const add = page.getByRole('button', { name: 'Add keyfile' }).first();
  const key = Keypair.generate();

  await answerDialogs(app.app, { open: join(dataDir, 'nowhere.json') });
  await add.click();
  await expect(page.getByRole('alert')).toContainText(/not there|does not exist|missing|no file/i);

  const foreign = join(dataDir, 'foreign.json');
  writeFileSync(foreign, '{"not":"a key"}', { mode: 0o600 });
  await answerDialogs(app.app, { open: foreign });
  await add.click();
  await expect(page.getByRole('alert')).toContainText(/not a keyfile|64 numbers/i);

  const halves = join(dataDir, 'halves.json');
  const mixed = [...key.secretKey.slice(0, 32), ...Keypair.generate().secretKey.slice(32)];
  writeFileSync(halves, JSON.stringify(mixed), { mode: 0o600 });
  await answerDialogs(app.app, { open: halves });
  await add.click();
  await expect(page.getByRole('alert')).toContainText(/halves|do not (match|belong)/i);

  const open = writeKeyfile(dataDir, 'open.json', key);
  chmodSync(open, 0o644);
  await answerDialogs(app.app, { open });
  await add.click();
  await expect(page.getByText(/chmod 600/).first()).toBeVisible();
});

test('a second start with the same data folder gives way to the first', async ({ app, dataDir }) => {
  await enterPractice(app.page);
  await expect(launchApp({ dataDir })).rejects.toThrow();
  await expect(app.page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
});

async function startRubbish(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => response.end('<html>It works</html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
