import { createUtilityProcess } from '../../e2e/harness/electron-standin/utility-process.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { runOneShot } from '#main/electron/child-process.ts';
import type { ElectronApi } from '#main/electron/electron-api.ts';
import { writeHeapSnapshot } from 'node:v8';
import { encodingsOf } from '#test/secret-encodings.ts';
import { noDialogs, practiceInThisProcess, startMain } from './start-main.ts';

/** What the test tells the main process whose memory it will search. */
export type ScanOrder = {
  readonly dataFolder: string;
  readonly keyfile: string;
  readonly passphrase: string;
  /** Bundle of the signing child. */
  readonly signer: string;
  readonly snapshotPath: string;
  /** Put into memory in every form, to be found. */
  readonly planted: readonly number[];
};

/** Main's services in a process of their own: signs once with an encrypted keyfile, then stays to be searched. */
process.once('message', (order) => {
  signOnce(order as ScanOrder).then(
    (signed) => process.send?.({ signed }),
    (cause: unknown) => process.send?.({ failed: String(cause) }),
  );
});
process.once('disconnect', () => process.exit(0));

/** What an app that leaks would hold. */
const leaks: unknown[] = [];

async function signOnce({ dataFolder, keyfile, passphrase, signer, snapshotPath, planted }: ScanOrder) {
  const electron = { app: { isPackaged: true }, utilityProcess: createUtilityProcess() } as unknown as ElectronApi;
  const { open, services } = await startMain(dataFolder, {
    children: {
      askSigner: (request) => runOneShot(electron, { name: 'signer', modulePath: signer, message: request }, 60_000),
      startPracticeNetwork: practiceInThisProcess,
    },
    dialogs: { ...noDialogs, chooseFile: async () => keyfile, confirm: async () => true },
  });
  await open();
  await services.app.chooseDoor('practice');
  while (services.connections.status().kind !== 'online') await new Promise((resolve) => setTimeout(resolve, 50));
  const chosen = await services.signers.addKeyfile();
  if (chosen.kind !== 'locked') throw new Error(chosen.kind);
  const { address } = await services.signers.unlockKeyfile(chosen.handle, Buffer.from(passphrase));
  await services.connections.current().node.requestAirdrop(address, 10_000_000_000n);
  const plan = await services.plans.begin({
    operation: {
      kind: 'create-run',
      runId: 'scanned',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: 'Scanned', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: false,
    },
    signers: { payer: address, authority: address, joinAuthority: address },
  });
  const review = await services.reviews.reviewNext(plan);
  if (!review) throw new Error('nothing to review');
  const { reviewId, typedPhrase, review: summary } = review.shown;
  const { transactionId } = await services.approvals.approve({
    reviewId,
    messageHash: summary.messageHash,
    typed: typedPhrase,
    passphrases: [{ address, passphrase: Buffer.from(passphrase) }],
  });
  leaks.push([...encodingsOf(Uint8Array.from(planted)).values()], planted.join(','));
  writeHeapSnapshot(snapshotPath);
  return { transactionId, leaks: leaks.length };
}
