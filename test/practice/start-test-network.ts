import { Connection, Keypair, LAMPORTS_PER_SOL, type PublicKey } from '@solana/web3.js';
import { startPracticeNetwork, type PracticeNetworkOptions } from '#practice/start-practice-network.ts';
import { testEngine } from './engine.ts';
import { countingRandom } from './native-chain.ts';

/** A running practice network and an unmodified web3.js client on it, as the Rust command line would use it. */
export async function startTestNetwork(options: Partial<PracticeNetworkOptions> = {}) {
  const notices: string[] = [];
  const network = await startPracticeNetwork({
    genesis: {},
    clock: { now: Date.now },
    random: countingRandom(),
    engine: testEngine,
    announce: (notice) => notices.push(notice),
    ...options,
  });
  const connection = new Connection(network.rpcUrl, 'confirmed');

  /** A new wallet with SOL from the faucet. */
  async function wallet(sol = 10): Promise<Keypair> {
    const keypair = Keypair.generate();
    await fund(keypair.publicKey, sol);
    return keypair;
  }

  async function fund(address: PublicKey, sol: number): Promise<void> {
    const signature = await connection.requestAirdrop(address, sol * LAMPORTS_PER_SOL);
    await connection.confirmTransaction({ signature, ...(await connection.getLatestBlockhash()) });
  }

  return { network, connection, wallet, fund, notices };
}

/** One call of a method web3.js does not know. The answer is the parsed JSON, whatever it says. */
export async function callRpc(rpcUrl: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 0, method, params }),
  });
  return response.json();
}
