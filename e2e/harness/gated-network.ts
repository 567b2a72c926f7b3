import { Keypair } from '@solana/web3.js';
import { test as base } from './fixture.ts';
import { type GatedRpc, startGatedRpc } from './gated-rpc.ts';
import { type PracticeProcess, startPracticeProcess } from './practice-process.ts';

/** A node of the operator's own, and a way to it on which the test decides what becomes of what is sent. */
export const test = base.extend<{ owner: Keypair; network: PracticeProcess; gate: GatedRpc }>({
  owner: async ({}, use) => use(Keypair.generate()),
  network: async ({ owner }, use) => {
    const network = await startPracticeProcess(owner.publicKey.toBase58());
    await use(network);
    await network.stop();
  },
  gate: async ({ network }, use) => {
    const gate = await startGatedRpc(network.rpcUrl);
    await use(gate);
    await gate.close();
  },
});
