import type { SignerRequest } from '#signer/messages.ts';
import type { ClientActivity } from '#core/practice/client-activity.ts';
import type { Refused } from '#core/practice/client-refusals.ts';
import type { Address } from '#core/solana/address.ts';
import type { ChainReader, ChainWriter } from '#core/ports.ts';
import type { ChainRecord } from '#core/journal/record-chain.ts';
import type { LedgerState } from '#core/signers/signer.ts';

/** What services need from outside, besides `core/ports`. Adapters and `main/electron` provide it. */

/** A file type in a dialog of the system. */
export type FileFilter = { name: string; extensions: string[] };

/** Windows of the system, over the app's own: no page can draw over them or answer them. */
export type Dialogs = {
  /** A file the person picked, as an absolute path, or `undefined`. */
  chooseFile(question: { title: string; button: string; filters: FileFilter[] }): Promise<string | undefined>;
  /** Where to save, as an absolute path, or `undefined`. */
  chooseTarget(question: {
    title: string;
    button: string;
    fileName: string;
    filters: FileFilter[];
  }): Promise<string | undefined>;
  /** A question that Enter and Escape both answer with no. */
  confirm(question: { title: string; message: string; detail: string; button: string }): Promise<boolean>;
};

/** How a one-shot child ended: with an answer, without one, or not in time. */
export type ChildAnswer =
  | { readonly kind: 'answer'; readonly message: unknown }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out' };

/** A child that lives as long as the app. */
export type Service = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Settles with the exit code when the child is gone, for whatever reason. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
};

/** Processes the app starts. */
export type ChildProcesses = {
  /**
   * A fresh signing child with an empty environment, one request, at most 10 seconds. The request is copied before this
   * returns: the caller wipes the passphrase in it.
   */
  askSigner(request: SignerRequest): Promise<ChildAnswer>;
  startPracticeNetwork(args: string[]): Service;
};

/** What the operator sees of a keyfile without opening it. */
export type KeyfileState = 'ready' | 'missing' | 'readable-by-others' | 'not-a-file';

/**
 * Keyfiles, touched only through the signing child; their outside is looked at here. Every passphrase is UTF-8 and wiped once it
 * was handed over.
 */
export type Keyfiles = {
  /** @throws AppError `keyfile/needs-passphrase` for an encrypted one without, `keyfile/…`, `signer/…` */
  look(path: string, allowOpenPermissions: boolean, passphrase?: Uint8Array): Promise<Address>;
  /** A verified signature over exactly these bytes. @throws AppError `keyfile/…`, `signer/…` */
  sign(order: {
    path: string;
    allowOpenPermissions: boolean;
    expected: Address;
    messageHash: string;
    message: Uint8Array;
    passphrase?: Uint8Array | undefined;
  }): Promise<Uint8Array>;
  /** An encrypted file with the key of a plain one, which stays as it is. @throws AppError `keyfile/…`, `signer/…` */
  encrypt(order: {
    path: string;
    allowOpenPermissions: boolean;
    expected: Address;
    targetPath: string;
    passphrase: Uint8Array;
  }): Promise<void>;
  /**
   * A new key as `solana-keygen new` makes it. `words` is ASCII, empty unless asked for; the caller wipes it.
   *
   * @throws AppError `keyfile/…`, `signer/…`
   */
  make(order: {
    targetPath: string;
    passphrase: Uint8Array | undefined;
    withWords: boolean;
  }): Promise<{ address: Address; words: Uint8Array }>;
  /** @throws AppError `keyfile/…`, `signer/…` */
  create(folder: string, fileName: string): Promise<{ address: Address; path: string }>;
  outsideOf(path: string): Promise<KeyfileState>;
  remove(path: string): Promise<void>;
};

/** One endpoint of a cluster. Every function may throw `rpc/…` codes. */
export type ChainNode = ChainReader &
  ChainWriter & {
    readonly origin: string;
    readGenesisHash(): Promise<string>;
    /** Newest slot at the profile's commitment. */
    readSlot(): Promise<bigint>;
    readBlockHeight(): Promise<bigint>;
    /**
     * What each recent slot took at least for a place among these writable accounts, micro-lamports per compute unit. Of more
     * than 128 accounts the first are asked about.
     */
    readRecentFees(writable: readonly Address[]): Promise<readonly bigint[]>;
    readVersion(): Promise<string>;
    /** Test clusters give SOL away. */
    requestAirdrop(address: Address, lamports: bigint): Promise<string>;
    /** Answers from before this slot are refused: the app has seen a transaction land in it. */
    requireSlot(slot: bigint): void;
    /** Time control of a practice network. */
    advanceTime(seconds: number): Promise<void>;
    /** Answers with the mint whose tokens the demo key starts with. */
    resetPractice(): Promise<{ demoMint: Address }>;
    /** Simulated clients that a practice network adds to a run. */
    addClients(runId: string, count: number): Promise<void>;
    /** Every simulated client of a run leaves at the end of the epoch it is in. */
    removeClients(runId: string): Promise<void>;
    /** What each simulated client of a run is about, and what the network would not take of it. */
    readSimulatedClients(runId: string): Promise<{ activity: ClientActivity; refused: Refused | null }[]>;
    /** A new mint of the classic token program, whose tokens the faucet gives. */
    createMint(decimals: number): Promise<Address>;
    /** Tokens of such a mint, native units. @throws AppError `practice/foreign-mint`, `practice/tokens-refused` */
    giveTokens(address: Address, mint: Address, amount: bigint): Promise<void>;
  };

/** What a chain node is made from. */
export type NodeOptions = {
  readonly url: string;
  readonly origin: string;
  readonly commitment: 'processed' | 'confirmed' | 'finalized';
  /** Every request goes through it; without it each goes at once. */
  readonly pace?: Pace;
};

/** Decides when a request goes out, or that it does not. */
export type Pace = <T>(request: () => Promise<T>) => Promise<T>;

export type OpenNode = (options: NodeOptions) => ChainNode;

/** Notifications are hints that save waiting; polling is the truth. */
export type WebSockets = {
  /** Opens, subscribes, closes. Resolves with a line on what answered. @throws AppError `rpc/…` */
  test(url: string, origin: string): Promise<string>;
  /** Calls `onHint` when the cluster says the signature was processed. Never throws; the returned function closes it. */
  watchSignature(url: string, signature: string, onHint: () => void): () => void;
};

export type LookForLedger = () => Promise<LedgerState>;

/** Waiting, so that tests own it. */
export type Sleep = (milliseconds: number, wake?: AbortSignal) => Promise<void>;

/** Journal on disk. */
export type Journal = {
  /** Everything it held when it was opened, once. */
  takePayloads(): readonly unknown[];
  readonly brokenAt: number | undefined;
  /** @throws AppError `journal/unwritable`, `journal/broken` */
  append(payload: unknown): Promise<void>;
  /** The intact records with their hashes, read from the disk anew. @throws AppError `journal/unwritable` */
  readRecords(): Promise<readonly Pick<ChainRecord, 'payload' | 'hash'>[]>;
};

/** A value in memory whose changes last. */
export type Store<T> = {
  read(): T;
  /** @throws AppError `storage/unwritable`, `storage/unfit` */
  update(change: (value: T) => T): Promise<void>;
};

/** Text files the operator chose in a dialog. */
export type TextFiles = {
  /** @throws AppError `storage/file-too-large`, `storage/unreadable` */
  read(path: string, maxBytes: number): Promise<string>;
  /** @throws AppError `storage/unwritable` */
  write(path: string, text: string): Promise<void>;
};
