import { AppError } from '#core/errors/app-error.ts';
import { countActivities } from '#core/practice/client-activity.ts';
import { explainRefusals } from '#core/practice/client-refusals.ts';
import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function practiceHandlers({ connections, practice, sending }: Services): Group<'practice'> {
  /** Time, faucet and reset are for the network the app itself made, and only while it is the one in use. */
  function practiceOnline() {
    const online = connections.current();
    if (online.cluster !== 'practice') throw new AppError('practice/not-running', {});
    return online;
  }

  async function status() {
    const endpoint = practice.endpoint();
    if (!endpoint) return { kind: 'stopped' as const };
    const { rpcUrl, webSocketUrl, genesisHash, demoMint } = endpoint;
    return {
      kind: 'running' as const,
      rpcUrl,
      webSocketUrl,
      genesisHash,
      ...(demoMint && { demoMint }),
      clusterTime: await practiceOnline().node.readClusterTime(),
    };
  }

  async function clients(runId: string) {
    const { node, profile } = practiceOnline();
    const found = await node.readSimulatedClients(runId);
    return {
      counts: countActivities(found.map(({ activity }) => activity)),
      refusals: explainRefusals(
        found.flatMap(({ refused }) => refused ?? []),
        profile.programs,
      ),
    };
  }

  return {
    status,
    async advance({ seconds }) {
      await practiceOnline().node.advanceTime(seconds);
      return status();
    },
    async faucet({ address, lamports }) {
      return { signature: await practiceOnline().node.requestAirdrop(address, lamports) };
    },
    createMint: async ({ decimals }) => ({ mint: await practiceOnline().node.createMint(decimals) }),
    async giveTokens({ address, mint, amount }) {
      await practiceOnline().node.giveTokens(address, mint, amount);
      return {};
    },
    async reset() {
      const { node, genesisHash } = practiceOnline();
      const { demoMint } = await node.resetPractice();
      sending.giveUpCluster(genesisHash);
      // The same endpoint is another network now.
      practice.noteGenesis(await node.readGenesisHash(), demoMint);
      const fresh = await status();
      connections.reconnectPractice();
      return fresh;
    },
    async addClients({ runId, count }) {
      await practiceOnline().node.addClients(runId, count);
      return clients(runId);
    },
    async removeClients({ runId }) {
      await practiceOnline().node.removeClients(runId);
      return clients(runId);
    },
    clients: ({ runId }) => clients(runId),
  };
}
