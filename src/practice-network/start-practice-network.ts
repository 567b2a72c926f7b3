import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Clock } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { openClientsFile } from './actors/clients-file.ts';
import { createSimulatedClients } from './actors/simulated-clients.ts';
import { type Chain, createChain } from './chain/chain.ts';
import { openChainFile } from './chain/chain-file.ts';
import type { ClusterTime } from './chain/cluster-clock.ts';
import { createExecute } from './chain/create-execute.ts';
import { lockFolder } from './chain/folder-lock.ts';
import type { GenesisOptions } from './genesis/genesis.ts';
import { answerText } from './json-rpc.ts';
import { answerMethod } from './methods/method-table.ts';
import { createNativeExecutor, type NativeEngine } from './runtime/native/create-native-executor.ts';
import { startRpcServer } from './server.ts';
import { createPubSub } from './websocket/pubsub.ts';

/** Slots of a practice network unless said otherwise: 150 of them make a blockhash live half a minute. Milliseconds. */
export const DEFAULT_SLOT_MS = 200;

/** How often simulated clients look what there is to do, whatever the length of a slot. Milliseconds. */
const BEAT_MS = 200;

export type PracticeNetworkOptions = {
  readonly genesis: GenesisOptions;
  readonly clock: Pick<Clock, 'now'>;
  /** Bytes nobody can foresee, or in tests always the same. */
  readonly random: (size: number) => Uint8Array;
  /** Folder to keep the network in; without one it is forgotten when it stops. */
  readonly dataDir?: string;
  /** HTTP port; WebSocket has the one after it. Any free pair unless given. */
  readonly port?: number;
  readonly slotMs?: number;
  /** Cluster time dictated by a test: slots then move only by it. */
  readonly pinnedTime?: () => ClusterTime;
  /** What runs the native programs; chosen by what this machine can load unless given. */
  readonly engine?: NativeEngine | undefined;
  /** Told the new genesis hash after every reset. */
  readonly onReset?: (genesisHash: string) => void;
  /** Told in words what a person should know: a damaged file, a fault of ours. */
  readonly announce?: (notice: string) => void;
};

export type PracticeNetwork = {
  readonly rpcUrl: string;
  readonly webSocketUrl: string;
  /** Base58; another one after every reset. */
  readonly genesisHash: string;
  /** Mint of which the demo wallet holds tokens. */
  readonly demoMint: Address;
  /** The chain itself, for whoever runs in the same process. */
  readonly chain: Chain;
  /** Saves the state and frees the ports. */
  readonly close: () => Promise<void>;
};

/**
 * A Solana network of one node on this machine's loopback interface.
 *
 * @throws AppError `practice/port-taken`, `practice/folder-in-use`; `practice/engine-missing` when that engine was asked for
 */
export async function startPracticeNetwork(options: PracticeNetworkOptions): Promise<PracticeNetwork> {
  const { dataDir } = options;
  const unlock = dataDir === undefined ? () => undefined : await lockFolder(dataDir);
  try {
    return await start(options, unlock);
  } catch (cause) {
    unlock();
    throw cause;
  }
}

async function start(options: PracticeNetworkOptions, unlock: () => void): Promise<PracticeNetwork> {
  const { genesis, clock, random, dataDir } = options;
  const announce = options.announce ?? (() => undefined);
  const now = () => clock.now();
  const nativeExecutor = createNativeExecutor(options.engine, () => {
    announce(
      'The Solana engine has no build for this machine: System, Token and Memo run in TypeScript, others are absent',
    );
  });
  const programIds = genesis.programIds ?? DEFAULT_PROGRAM_IDS;
  const chain: Chain = createChain({
    genesis,
    random,
    now,
    execute: createExecute(programIds, nativeExecutor),
    slotMs: options.slotMs ?? DEFAULT_SLOT_MS,
    pinnedTime: options.pinnedTime,
    onReset: () => {
      clients.forget();
      options.onReset?.(chain.genesisHash());
    },
    file: dataDir === undefined ? undefined : openChainFile({ folder: dataDir, now, announce }),
  });
  const clients = createSimulatedClients(chain, {
    programIds,
    file: dataDir === undefined ? undefined : openClientsFile({ folder: dataDir, now, announce }),
  });
  const onUnexpected = (fault: unknown) => {
    announce(`A request could not be answered: ${fault instanceof Error ? (fault.stack ?? fault.message) : 'unknown'}`);
  };
  const pubSub = createPubSub(chain, onUnexpected);
  const beat = setInterval(() => {
    try {
      clients.beat();
    } catch (fault) {
      onUnexpected(fault);
    }
  }, BEAT_MS);
  const end = () => {
    clearInterval(beat);
    pubSub.close();
    chain.close();
    unlock();
  };
  const server = await startRpcServer(options.port ?? 0, {
    onRequest: (text) =>
      answerText(text, (method, params) => answerMethod(method, params, chain, clients), onUnexpected),
    onSocket: pubSub.connect,
  }).catch((cause: unknown) => {
    end();
    throw cause;
  });
  return {
    rpcUrl: server.rpcUrl,
    webSocketUrl: server.webSocketUrl,
    get genesisHash() {
      return chain.genesisHash();
    },
    get demoMint() {
      return chain.demoMint();
    },
    chain,
    close: async () => {
      await server.close();
      end();
    },
  };
}
