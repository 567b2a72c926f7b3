import { base58, hex } from '@scure/base';
import { NONCE_ACCOUNT_BYTES, nonceAfter } from '#core/nonces/nonce-account.ts';
import type { Account } from '#core/ports.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { isSignerIndex, type Message } from '#core/solana/message.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { COMPUTE_BUDGET_PROGRAM, RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { decodeTransaction, formatSignature } from '#core/solana/transaction.ts';
import type { Random } from './random.ts';

/** Milliseconds of a slot. */
export const SLOT_MS = 400;

/** Slots after which a block is confirmed and finalized. Source: Solana documentation, “Commitment”. */
const CONFIRMED_AFTER = 2;
const FINALIZED_AFTER = 32;

/** A transaction in a block. */
export type Landed = {
  readonly signature: string;
  readonly slot: bigint;
  readonly height: bigint;
  /** `null`: it took effect. */
  readonly error: unknown;
  /** What it was for: two transactions with one purpose do the same thing twice. */
  readonly purpose: string;
};

type Waiting = { readonly wire: Uint8Array; readonly fromSlot: number };

type State = Omit<Account, 'address' | 'space'>;

/** How a chain treats what it is given: chances between 0 and 1. */
export type LedgerFaults = {
  /** It lands, and is refused: only the fee is gone. */
  readonly failsOnChain: number;
  /** It is seen in a block that is dropped before it is confirmed; then it waits again, or is forgotten. */
  readonly rolledBack: number;
};

export type Ledger = ReturnType<typeof createLedger>;

type Options = {
  readonly genesisHash: string;
  readonly random: Random;
  /** Milliseconds since the chain began. */
  readonly now: () => number;
  /** Blocks for which a blockhash is good. */
  readonly validBlocks: number;
  readonly faults: () => LedgerFaults;
  readonly count: (fault: keyof LedgerFaults) => void;
  readonly onLanded: (landed: Landed) => void;
};

/**
 * A chain small enough to be certain about: slots, some of them without a block, blockhashes that expire, nonces, transfers, and
 * what became of every signature. It keeps all it ever was, so that a node can be behind.
 */
export function createLedger({ genesisHash, random, now, validBlocks, faults, count, onLanded }: Options) {
  /** Height of the newest block at each slot. */
  const heights = [1];
  const blockhashes = new Map<string, number>();
  const blockhashOf = new Map<number, string>();
  const history = new Map<Address, { readonly slot: number; readonly state: State | undefined }[]>();
  const landed = new Map<string, Landed>();
  /** In a block that will not last, with the slots in which it is seen. */
  const ghosts = new Map<string, { readonly from: number; readonly until: number }>();
  let waiting: Waiting[] = [];

  const slotNow = () => heights.length - 1;
  const heightAt = (slot: number) => heights[Math.max(0, slot)] ?? 0;

  /** Brings the chain up to the time. */
  function catchUp(): void {
    const until = Math.floor(now() / SLOT_MS) + FIRST_SLOT;
    while (slotNow() < until) {
      const hasBlock = heights.length < FIRST_SLOT || !random.chance(SKIPPED);
      heights.push(heightAt(slotNow()) + (hasBlock ? 1 : 0));
      if (hasBlock && waiting.length > 0) produce(slotNow());
    }
  }

  function produce(slot: number): void {
    const due = waiting.filter(({ fromSlot }) => fromSlot <= slot);
    waiting = waiting.filter(({ fromSlot }) => fromSlot > slot);
    for (const each of due) tryToLand(each.wire, slot);
  }

  function tryToLand(wire: Uint8Array, slot: number): void {
    const { message, signatures } = decodeTransaction(wire);
    const signature = formatSignature(signatures[0] ?? new Uint8Array());
    if (landed.has(signature) || signatures.some((each) => each.every((byte) => byte === 0))) return;
    if (!isAlive(message, slot)) return;
    if (random.chance(faults().rolledBack)) {
      count('rolledBack');
      ghosts.set(signature, { from: slot, until: slot + CONFIRMED_AFTER });
      if (random.chance(0.5)) waiting.push({ wire, fromSlot: slot + CONFIRMED_AFTER + random.int(20) });
      return;
    }
    const fails = random.chance(faults().failsOnChain);
    if (fails) count('failsOnChain');
    const error = fails ? { InstructionError: [0, { Custom: 1 }] } : null;
    const record = {
      signature,
      slot: BigInt(slot),
      height: BigInt(heightAt(slot)),
      error,
      purpose: purposeOf(message),
    };
    landed.set(signature, record);
    takeNonce(message, slot);
    if (!fails) for (const [from, to, lamports] of transfersIn(message)) move(slot, from, to, lamports);
    onLanded(record);
  }

  function isAlive(message: Message, slot: number): boolean {
    const lifetime = readLifetime(message);
    if (lifetime.kind === 'nonce') return nonceOf(lifetime.nonceAccount, slot) === lifetime.nonce;
    const madeAt = blockhashes.get(lifetime.blockhash);
    return madeAt !== undefined && heightAt(slot) - heightAt(madeAt) <= validBlocks;
  }

  /** The nonce moves also when the rest is refused. */
  function takeNonce(message: Message, slot: number): void {
    const lifetime = readLifetime(message);
    if (lifetime.kind !== 'nonce') return;
    const state = stateAt(lifetime.nonceAccount, slot);
    if (!state) return;
    const data = Uint8Array.from(state.data);
    data.set(base58.decode(nonceAfter(blockhashAt(slot))), NONCE_OFFSET);
    set(lifetime.nonceAccount, slot, { ...state, data });
  }

  function move(slot: number, from: Address, to: Address, lamports: bigint): void {
    const [giver, taker] = [stateAt(from, slot), stateAt(to, slot)];
    if (giver) set(from, slot, { ...giver, lamports: giver.lamports - lamports });
    set(to, slot, taker ? { ...taker, lamports: taker.lamports + lamports } : wallet(lamports));
  }

  function set(address: Address, slot: number, state: State): void {
    history.set(address, [...(history.get(address) ?? []), { slot, state }]);
  }

  function stateAt(address: Address, slot: number): State | undefined {
    return history.get(address)?.findLast((each) => each.slot <= slot)?.state;
  }

  function nonceOf(address: Address, slot: number): string | undefined {
    const state = stateAt(address, slot);
    return state && base58.encode(state.data.subarray(NONCE_OFFSET, NONCE_OFFSET + 32));
  }

  function blockhashAt(slot: number): string {
    const known = blockhashOf.get(slot);
    if (known !== undefined) return known;
    const bytes = genesisBytes.slice();
    new DataView(bytes.buffer).setUint32(4, slot);
    const blockhash = base58.encode(bytes);
    blockhashes.set(blockhash, slot);
    blockhashOf.set(slot, blockhash);
    return blockhash;
  }

  const genesisBytes = addressToBytes(genesisHash as Address);

  return {
    genesisHash,

    slot(): number {
      catchUp();
      return slotNow();
    },

    heightAt,
    finalizedSlot: (view: number) => Math.max(0, view - FINALIZED_AFTER),

    latestBlockhash(view: number) {
      // The newest confirmed one, as wallets ask for it.
      const slot = Math.max(0, view - CONFIRMED_AFTER);
      return { blockhash: blockhashAt(slot), lastValidBlockHeight: BigInt(heightAt(slot) + validBlocks) };
    },

    nonceAt: nonceOf,

    isBlockhashValid(blockhash: string, view: number): boolean {
      const madeAt = blockhashes.get(blockhash);
      return madeAt !== undefined && heightAt(view) - heightAt(madeAt) <= validBlocks;
    },

    accountAt(address: Address, view: number): Account | undefined {
      if (address === RECENT_BLOCKHASHES_SYSVAR) return sysvar(blockhashAt(view));
      const state = stateAt(address, view);
      return state && { address, space: state.data.length, ...state };
    },

    /** What the account of a signature’s own place in the chain looks like from this slot. */
    statusAt(signature: string, view: number) {
      const found = landed.get(signature);
      if (found && Number(found.slot) <= view) {
        const age = view - Number(found.slot);
        const commitment = age >= FINALIZED_AFTER ? 'finalized' : age >= CONFIRMED_AFTER ? 'confirmed' : 'processed';
        return { slot: found.slot, err: found.error, commitment } as const;
      }
      const ghost = ghosts.get(signature);
      if (!ghost || view < ghost.from || view >= ghost.until) return undefined;
      return { slot: BigInt(ghost.from), err: null, commitment: 'processed' } as const;
    },

    /** Takes bytes for a block from this many milliseconds on. */
    submit(wire: Uint8Array, delayMs: number): void {
      catchUp();
      waiting.push({ wire: Uint8Array.from(wire), fromSlot: slotNow() + 1 + Math.floor(delayMs / SLOT_MS) });
    },

    /** Puts an account there from the beginning. */
    put: (address: Address, state: State) => set(address, 0, state),

    landed: (signature: string) => landed.get(signature),
    all: () => [...landed.values()],
  };
}

/** So that heights and slots are no small numbers when a test begins. */
const FIRST_SLOT = 400;

/** Share of slots without a block. */
const SKIPPED = 0.05;

/** Where a nonce account keeps its value. Source: Solana SDK, `nonce::state`. */
const NONCE_OFFSET = 40;

/** An account that holds only SOL. */
export function wallet(lamports: bigint): State {
  return { lamports, owner: SYSTEM_PROGRAM, executable: false, data: new Uint8Array() };
}

/** A nonce account with a value of its own. */
export function nonceAccount(authority: Address, value: Uint8Array): State {
  const data = new Uint8Array(NONCE_ACCOUNT_BYTES);
  data.set([1, 0, 0, 0, 1, 0, 0, 0]);
  data.set(addressToBytes(authority), 8);
  data.set(value, NONCE_OFFSET);
  return { lamports: 1_500_000n, owner: SYSTEM_PROGRAM, executable: false, data };
}

/** Layout: a count, then hash and fee of each. Source: Solana SDK, `sysvar::recent_blockhashes`. */
function sysvar(newest: string): Account {
  const data = new Uint8Array(8 + 40);
  data[0] = 1;
  data.set(base58.decode(newest), 8);
  const owner = SYSTEM_PROGRAM;
  return { address: RECENT_BLOCKHASHES_SYSVAR, lamports: 1n, owner, executable: false, data, space: data.length };
}

/** All that its instructions do, but for what only keeps it alive or pays for it. */
function purposeOf(message: Message): string {
  return message.instructions
    .filter(({ programIndex }) => message.staticKeys[programIndex] !== COMPUTE_BUDGET_PROGRAM)
    .filter((_, index) => index > 0 || readLifetime(message).kind === 'blockhash')
    .map(({ programIndex, data }) => `${message.staticKeys[programIndex]} ${hex.encode(data)}`)
    .join('; ');
}

/** `SystemInstruction::Transfer`: u32 tag 2, u64 lamports; `CreateAccount`: tag 0, u64 lamports. Source: Solana SDK. */
function transfersIn(message: Message): (readonly [from: Address, to: Address, lamports: bigint])[] {
  return message.instructions.flatMap(({ programIndex, accountIndexes, data }) => {
    const [from, to] = accountIndexes.map((index) => message.staticKeys[index]);
    const isMove = message.staticKeys[programIndex] === SYSTEM_PROGRAM && (data[0] === 2 || data[0] === 0);
    if (!isMove || from === undefined || to === undefined || !isSignerIndex(message, accountIndexes[0] ?? 0)) return [];
    return [[from, to, new DataView(data.buffer, data.byteOffset).getBigUint64(4, true)] as const];
  });
}
