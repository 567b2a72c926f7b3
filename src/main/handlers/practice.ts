import { AppError } from '#core/errors/app-error.ts';
import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function practiceHandlers({ connections, practice }: Services): Group<'practice'> {
  /** Time, faucet and reset are for the network the app itself made, and only while it is the one in use. */
  function practiceNode() {
    const online = connections.current();
    if (online.cluster !== 'practice') throw new AppError('practice/not-running', {});
    return online.node;
  }

  async function status() {
    const endpoint = practice.endpoint();
    if (!endpoint) return { kind: 'stopped' as const };
    const { rpcUrl, webSocketUrl, genesisHash } = endpoint;
    return {
      kind: 'running' as const,
      rpcUrl,
      webSocketUrl,
      genesisHash,
      clusterTime: await practiceNode().readClusterTime(),
    };
  }

  return {
    status,
    async advance({ seconds }) {
      await practiceNode().advanceTime(seconds);
      return status();
    },
    async faucet({ address, lamports }) {
      return { signature: await practiceNode().requestAirdrop(address, lamports) };
    },
    async reset() {
      const node = practiceNode();
      await node.resetPractice();
      // The same endpoint is another network now.
      practice.noteGenesis(await node.readGenesisHash());
      const fresh = await status();
      connections.reconnectPractice();
      return fresh;
    },
  };
}
