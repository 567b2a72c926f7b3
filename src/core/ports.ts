import type { Address } from '#core/solana/address.ts';

/** One account as a node reported it. */
export type Account = {
  readonly address: Address;
  /** Lamports. */
  readonly lamports: bigint;
  readonly owner: Address;
  readonly executable: boolean;
  /** Whole data, or the requested slice. */
  readonly data: Uint8Array;
  /** Bytes the account holds, whatever slice was asked for. */
  readonly space: number;
};

/** Accounts in the order asked for, `undefined` where none exists, all read at one slot. */
export type AccountsAt = { readonly slot: bigint; readonly accounts: readonly (Account | undefined)[] };

/** A byte range of an account's data. */
export type DataSlice = { readonly offset: number; readonly length: number };

/** Bytes that an account must hold at an offset of its data. */
export type BytesAt = { readonly offset: number; readonly bytes: Uint8Array };

/** Reads from one cluster. Every function may throw `rpc/…` codes. */
export type ChainReader = {
  /** At most 100 addresses in one round trip; more are split. */
  readAccounts(addresses: readonly Address[], slice?: DataSlice): Promise<AccountsAt>;
  /** Accounts of a program that begin with `prefix`, of exactly `space` bytes, and with the `matching` bytes in their places. */
  readProgramAccounts(query: {
    program: Address;
    /** Without it accounts of every size. */
    space?: number;
    prefix: Uint8Array;
    /** At most two more places: nodes take four filters. */
    matching?: readonly BytesAt[];
    slice?: DataSlice;
  }): Promise<{ readonly slot: bigint; readonly accounts: readonly Account[] }>;
  /** Lamports that keep an account of this many bytes alive. */
  readRentFloor(sizeBytes: number): Promise<bigint>;
  /** Unix seconds of the newest block. */
  readClusterTime(): Promise<number>;
};

/** The lifetime a recent blockhash gives a transaction. */
export type RecentBlockhash = { readonly blockhash: string; readonly lastValidBlockHeight: bigint };

/** What a simulation reported. `err` is the node's error value, `null` when it would succeed. Texts are safe to show. */
export type Simulation = {
  readonly slot: bigint;
  readonly err: unknown;
  readonly logs: readonly string[];
  readonly unitsConsumed: bigint | undefined;
  /** State of the requested accounts afterwards, `undefined` where one would not exist. */
  readonly accounts: readonly (Account | undefined)[];
};

/** A status of a signature; `undefined` when the node does not know it. */
export type SignatureStatus = {
  readonly slot: bigint;
  readonly err: unknown;
  readonly commitment: 'processed' | 'confirmed' | 'finalized';
};

/**
 * A node's answer about one signature. `slot`: the newest it had seen when it answered. `hasHistory`: whether it looked through
 * all blocks; without that, not knowing a signature proves nothing.
 */
export type StatusAnswer = {
  readonly slot: bigint;
  readonly status: SignatureStatus | undefined;
  readonly hasHistory: boolean;
};

/** A nonce on the finalized chain, and the slot in which the node looked. */
export type FinalizedNonce = { readonly slot: bigint; readonly value: string | 'closed' };

/** What came of looking for a landed transaction. `isComplete`: all that could be it were looked at. */
export type LandedSearch = { readonly wire: Uint8Array | undefined; readonly isComplete: boolean };

/** The newest finalized block. */
export type FinalizedBlock = { readonly slot: bigint; readonly height: bigint };

/** Sends given bytes and asks what became of them. It never signs and never decides when to give up. */
export type ChainWriter = {
  readLatestBlockhash(): Promise<RecentBlockhash>;
  /**
   * What the transaction would do with the newest blockhash in the place of its own. Signatures are not looked at.
   *
   * @param fromSlot - the node answers from no older state than this slot
   */
  simulate(wireTransaction: Uint8Array, watch: readonly Address[], fromSlot: bigint): Promise<Simulation>;
  /** Resolves when the node took the bytes; "already processed" counts as taken. */
  send(wireTransaction: Uint8Array): Promise<void>;
  /** With history search, where the node offers it. */
  readStatus(signature: string): Promise<StatusAnswer>;
  readFinalizedBlock(): Promise<FinalizedBlock>;
  /** What a nonce account holds on the finalized chain. `closed`: there is no nonce at this address any more. */
  readFinalizedNonce(account: Address): Promise<FinalizedNonce>;
  /** Whether a transaction with this recent blockhash could still land. */
  isBlockhashValid(blockhash: string): Promise<boolean>;
  /**
   * The wire bytes of a landed transaction whose signature nobody here knows, looked for among the newest of an address it
   * writes to.
   *
   * @param isIt - whether a message is the one looked for
   */
  findLanded(address: Address, isIt: (message: Uint8Array) => boolean): Promise<LandedSearch>;
  /** Safe to show: hidden characters replaced, at most 256 lines of 1,000 characters. */
  readLogs(signature: string): Promise<readonly string[]>;
  /**
   * What a landed transaction changed; nothing when the node no longer has it.
   *
   * @param staticKeys - the accounts its message names, in order
   */
  readLanded(signature: string, staticKeys: readonly Address[]): Promise<LandedTransaction | undefined>;
};

/** An amount of an account before and after a transaction. */
export type BalanceChange = { readonly address: Address; readonly before: bigint; readonly after: bigint };

/** An amount of tokens before and after a transaction, native units. */
export type TokenChange = {
  readonly account: Address;
  readonly owner: Address | undefined;
  readonly mint: Address;
  readonly decimals: number;
  readonly before: bigint;
  readonly after: bigint;
};

/** What a node keeps of a transaction that landed. Texts are safe to show; only accounts that changed are listed. */
export type LandedTransaction = {
  readonly logs: readonly string[];
  readonly balances: readonly BalanceChange[];
  readonly tokens: readonly TokenChange[];
};

/** Time, passed in so that tests own it. */
export type Clock = {
  /** Milliseconds since 1970, for people. */
  now(): number;
  /** Milliseconds that never jump, for deadlines. */
  monotonic(): number;
};
