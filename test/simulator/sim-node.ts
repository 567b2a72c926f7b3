import { AppError } from '#core/errors/app-error.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeTransaction, formatSignature } from '#core/solana/transaction.ts';
import type { ChainNode } from '#main/ports.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What may go wrong with one endpoint, each with its chance at every call. */
export const NODE_FAULTS = [
  'no answer',
  'time-out',
  'late answer',
  'rate limited',
  'node error',
  'behind',
  'slot back',
  'no history',
  'other genesis',
  'send dropped',
  'send doubled',
  'error after accept',
  'already processed',
  'preflight fail',
  'delivered late',
  'false confirm',
  'status withheld',
  'status unanswered',
] as const;

export type NodeFault = (typeof NODE_FAULTS)[number];
export type NodeRates = Partial<Record<NodeFault, number>>;

type Options = {
  readonly url: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly ledger: Ledger;
  /** Where its name leads while it has been given to another cluster. */
  readonly other: Ledger;
  readonly rates: () => NodeRates;
  readonly count: (fault: NodeFault) => void;
  /** Every call goes through it; a killed program never hears the answer. */
  readonly around: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Bytes arrived. `toldGenesis`: what this node last said its genesis hash was, since bytes last arrived. */
  readonly onSend: (arrival: { wire: Uint8Array; genesisHash: string; toldGenesis: string | undefined }) => void;
  /** A read was answered from this slot. */
  readonly onRead: (read: { genesisHash: string; slot: number }) => void;
  readonly onFalseConfirm: (signature: string) => void;
};

/** What one endpoint is like between calls; it outlasts the program that talks to it. */
export type NodeState = { lag: number; lagUntil: number; isSwitched: boolean; switchedUntil: number };

export function freshNodeState(): NodeState {
  return { lag: 0, lagUntil: 0, isSwitched: false, switchedUntil: 0 };
}

/** Longer than everything the app asks about one transaction in one go. */
const SWITCHED_MS = 120_000;

const TIME_OUT_MS = 15_000;

/** The node has not reached the slot asked for. Source: Agave `rpc-client-api/src/custom_error.rs`. */
const BEHIND_CONTEXT = -32016;

/** One endpoint of a simulated chain. */
export function createSimNode(options: Options, state: NodeState): ChainNode {
  const { url: origin, time, random, rates, count, around, onSend, onRead } = options;
  let neededSlot = 0;
  let toldGenesis: string | undefined;

  const now = time.elapsed;
  const happens = (fault: NodeFault): boolean => {
    if (!random.chance(rates()[fault] ?? 0)) return false;
    count(fault);
    return true;
  };

  /** The chain this name leads to now. */
  function ledgerNow(): Ledger {
    if (now() >= state.switchedUntil) {
      state.isSwitched = happens('other genesis');
      // One that was right stays so for a while: a name is not given away and back between two questions.
      state.switchedUntil = now() + (state.isSwitched ? SWITCHED_MS : SWITCHED_MS / 4);
    }
    return state.isSwitched ? options.other : options.ledger;
  }

  function viewOf(ledger: Ledger): number {
    if (now() >= state.lagUntil) {
      state.lag = happens('behind') ? 3 + random.int(60) : 0;
      state.lagUntil = now() + 2000 + random.int(10_000);
    }
    const back = happens('slot back') ? 1 + random.int(20) : 0;
    return Math.max(1, ledger.slot() - state.lag - back);
  }

  function call<T>(name: string, answer: (ledger: Ledger, view: number) => T): Promise<T> {
    return around(name, async () => {
      if (happens('late answer')) await time.sleep(1000 + random.int(9000));
      if (happens('no answer')) throw new AppError('rpc/unreachable', { origin });
      if (happens('rate limited')) throw new AppError('rpc/refused', { origin, status: 429 });
      if (happens('node error')) throw new AppError('rpc/node-error', { origin, method: name, code: -32603 });
      if (happens('time-out')) {
        await time.sleep(TIME_OUT_MS);
        throw new AppError('rpc/timeout', { origin, seconds: TIME_OUT_MS / 1000 });
      }
      const ledger = ledgerNow();
      return answer(ledger, viewOf(ledger));
    });
  }

  /** As a node treats `minContextSlot`. */
  function read<T>(name: string, answer: (ledger: Ledger, view: number) => T, from = 0): Promise<T> {
    return call(name, (ledger, view) => {
      if (view < Math.max(neededSlot, from)) {
        throw new AppError('rpc/node-error', { origin, method: name, code: BEHIND_CONTEXT });
      }
      onRead({ genesisHash: ledger.genesisHash, slot: view });
      return answer(ledger, view);
    });
  }

  const accounts = (ledger: Ledger, view: number, addresses: readonly Address[]) =>
    addresses.map((address) => ledger.accountAt(address, view));

  const forbidden = (name: string) => () => Promise.reject(new Error(`${name} should not be called`));

  return {
    origin,
    requireSlot(slot) {
      neededSlot = Math.max(neededSlot, Number(slot));
    },
    readGenesisHash: () =>
      call('readGenesisHash', ({ genesisHash }) => {
        toldGenesis = genesisHash;
        return genesisHash;
      }),
    readSlot: () => call('readSlot', (_ledger, view) => BigInt(view)),
    readBlockHeight: () => call('readBlockHeight', (ledger, view) => BigInt(ledger.heightAt(view - 2))),
    readFinalizedBlock: () =>
      call('readFinalizedBlock', (ledger, view) => {
        const slot = ledger.finalizedSlot(view);
        return { slot: BigInt(slot), height: BigInt(ledger.heightAt(slot)) };
      }),
    readFinalizedNonce: (account) =>
      call('readFinalizedNonce', (ledger, view) => {
        const slot = ledger.finalizedSlot(view);
        return { slot: BigInt(slot), value: ledger.nonceAt(account, slot) ?? 'closed' };
      }),
    isBlockhashValid: (blockhash) =>
      call('isBlockhashValid', (ledger, view) => ledger.isBlockhashValid(blockhash, view)),
    readLatestBlockhash: () => read('readLatestBlockhash', (ledger, view) => ledger.latestBlockhash(view)),
    readRentFloor: (sizeBytes) => call('readRentFloor', () => BigInt(890_880 + 6960 * sizeBytes)),
    readRecentFees: () => call('readRecentFees', () => [0n, 1n]),
    readAccounts: (addresses) =>
      read('readAccounts', (ledger, view) => ({
        slot: BigInt(view),
        accounts: accounts(ledger, view, addresses),
      })),
    readProgramAccounts: () => read('readProgramAccounts', (_ledger, view) => ({ slot: BigInt(view), accounts: [] })),
    simulate: (_wire, watch, fromSlot) =>
      read(
        'simulate',
        (ledger, view) => ({
          slot: BigInt(view),
          err: null,
          logs: [],
          unitsConsumed: 450n,
          accounts: accounts(ledger, view, watch),
        }),
        Number(fromSlot),
      ),
    readLogs: () => call('readLogs', () => ['Program log: refused']),

    readStatus: (signature) =>
      call('readStatus', (ledger, view) => {
        if (happens('status unanswered')) throw new AppError('rpc/unreachable', { origin });
        const slot = BigInt(view);
        const status = ledger.statusAt(signature, view);
        if (!status && happens('false confirm')) {
          options.onFalseConfirm(signature);
          return { slot, status: { slot, err: null, commitment: 'confirmed' }, hasHistory: true };
        }
        if (status && !state.isSwitched && happens('status withheld'))
          return { slot, status: undefined, hasHistory: true };
        return { slot, status, hasHistory: !happens('no history') };
      }),

    send: (wire) => {
      const bytes = Uint8Array.from(wire);
      // When they set out: what the name leads to when they arrive nobody can know.
      const told = toldGenesis;
      toldGenesis = undefined;
      return call('send', (ledger) => {
        onSend({ wire: bytes, genesisHash: ledger.genesisHash, toldGenesis: told });
        if (happens('preflight fail')) {
          throw new AppError('rpc/node-error', { origin, method: 'sendTransaction', code: -32002 });
        }
        const isKnown = ledger.landed(signatureOf(bytes)) !== undefined;
        if (isKnown || happens('already processed') || happens('send dropped')) return;
        const delayMs = happens('delivered late') ? random.int(60_000) : random.int(3000);
        ledger.submit(bytes, delayMs);
        if (happens('send doubled')) ledger.submit(bytes, delayMs + random.int(5000));
        if (happens('error after accept')) throw new AppError('rpc/timeout', { origin, seconds: TIME_OUT_MS / 1000 });
      });
    },

    findLanded: forbidden('findLanded'),
    readLanded: forbidden('readLanded'),
    readClusterTime: forbidden('readClusterTime'),
    readVersion: forbidden('readVersion'),
    requestAirdrop: forbidden('requestAirdrop'),
    advanceTime: forbidden('advanceTime'),
    resetPractice: forbidden('resetPractice'),
    addClients: forbidden('addClients'),
    removeClients: forbidden('removeClients'),
    readSimulatedClients: forbidden('readSimulatedClients'),
    createMint: forbidden('createMint'),
    giveTokens: forbidden('giveTokens'),
  };
}

function signatureOf(wire: Uint8Array): string {
  return formatSignature(decodeTransaction(wire).signatures[0] ?? new Uint8Array());
}
