import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '#core/errors/app-error.ts';
import { signatureSlots } from '#core/journal/wire-signatures.ts';
import { JournalEntry } from '#core/journal/entry.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createApprovals } from '#main/services/approvals.ts';
import { createBytesReviews } from '#main/services/bytes-reviews.ts';
import type { Connections, Online } from '#main/services/connections.ts';
import { createHanded } from '#main/services/handed.ts';
import { createJournalBook } from '#main/services/journal-book.ts';
import { createReviewShelf } from '#main/services/kept-review.ts';
import { createNonces } from '#main/services/nonces.ts';
import { createPlans } from '#main/services/plans.ts';
import { createReviews } from '#main/services/reviews.ts';
import type { Sending } from '#main/services/sending.ts';
import { createSignerBook } from '#main/services/signer-book.ts';
import { noncesFormat } from '#main/services/stored-nonces.ts';
import { settingsFormat } from '#main/services/stored-settings.ts';
import type { Keyfiles, KeyfileState, Store } from '#main/ports.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import type { ProgramNotice } from '#core/programs-deployed/program-notice.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { nonceAccount, NONCE_RENT } from '#test/practice/nonce-desk.ts';
import { noDialogs } from '#test/main/start-main.ts';

/** What a key is asked to sign. */
export type SignOrder = Parameters<Keyfiles['sign']>[0];

/** A key with a file on this machine, or somebody else's. */
type Person = { readonly address: Address; readonly key: KeyObject; readonly path: string };

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function personOf(name: string): Person {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, sha256(Buffer.from(name))]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { address: addressFromBytes(new Uint8Array(spki.subarray(-32))), key, path: `/keys/${name}.json` };
}

/** Pays, holds nonce accounts, holds one whose key is elsewhere. */
export const PEOPLE = { payer: personOf('payer'), holder: personOf('holder'), outsider: personOf('outsider') };
const OWN = [PEOPLE.payer, PEOPLE.holder];

const hashed = (text: string) => addressFromBytes(sha256(Buffer.from(text)));
/** Nonce accounts by who holds them, and one that a transaction can live by. */
export const NONCES = {
  ofHolder: hashed('nonce of holder'),
  ofOutsider: hashed('nonce of outsider'),
  forLife: hashed('nonce to live by'),
};

const { payer, holder, outsider } = PEOPLE;
const signers = { payer: payer.address, authority: payer.address, joinAuthority: payer.address };
const take = (account: Address, authority: Address) =>
  ({ kind: 'withdraw-nonce', nonceAccount: account, authority, to: payer.address, lamports: 5n }) as const;

/** Requests with one signer, two, an absent one, and one that lives by a nonce. */
export const REQUESTS: readonly [
  OperationRequest,
  OperationRequest,
  OperationRequest,
  OperationRequest,
  OperationRequest,
] = [
  { operation: { kind: 'fund-nonce', nonceAccount: NONCES.ofHolder, lamports: 7n }, signers },
  { operation: { kind: 'fund-nonce', nonceAccount: NONCES.ofHolder, lamports: 8n }, signers },
  { operation: take(NONCES.ofHolder, holder.address), signers },
  { operation: take(NONCES.ofOutsider, outsider.address), signers },
  {
    operation: { kind: 'fund-nonce', nonceAccount: NONCES.ofOutsider, lamports: 9n },
    signers,
    lifetime: { kind: 'nonce', account: NONCES.forLife },
  },
];

/** What a test moves, and what the services would find. */
type Scene = {
  ms: number;
  windowId: number;
  /** The cluster the app believes to be connected to, and the one that answers. */
  connected: string;
  answering: string;
  height: bigint;
  slot: bigint;
  isSignerWell: boolean;
  /** How keyfiles look from outside. */
  outside: KeyfileState;
  /** What there is to say about the deployed programs. */
  notices: readonly ProgramNotice[];
  /** Asked in place of the person, with the title. */
  onConfirm: () => Promise<boolean>;
  onToken: (token: string) => void;
  onSign: (order: SignOrder) => void;
  /** Goes on while the signing child works, or the disk. */
  whileWaiting: () => Promise<void>;
  onEntry: (entry: JournalEntry) => void;
  /** Before the node answers a call. */
  onCall: (name: string) => Promise<void>;
  /** How far the wall clock is from where it should be, milliseconds. */
  wallClockOffMs: number;
};

/**
 * Plans, reviews, approvals, journal and signers as main builds them. Doubles stand only for node, dialog, clock, disk and
 * signing child; nothing waits for real time.
 *
 * @param parts - `keyfiles`: in place of a signing child that is always well
 */
export function createSigningDesk(parts: { readonly keyfiles?: Keyfiles } = {}) {
  const scene: Scene = {
    ms: 0,
    windowId: 1,
    connected: 'cluster one',
    answering: 'cluster one',
    height: 1_000n,
    slot: 1n,
    isSignerWell: true,
    outside: 'ready',
    notices: [],
    onConfirm: async () => true,
    onToken: () => undefined,
    onSign: () => undefined,
    whileWaiting: async () => undefined,
    onEntry: () => undefined,
    onCall: async () => undefined,
    wallClockOffMs: 0,
  };
  const accounts = new Map<Address, StoredAccount>([
    [payer.address, wallet()],
    [holder.address, wallet()],
    [
      NONCES.ofHolder,
      nonceAccount({ authority: holder.address, nonce: hashed('value 1'), lamports: NONCE_RENT + 50n }),
    ],
    [
      NONCES.ofOutsider,
      nonceAccount({ authority: outsider.address, nonce: hashed('value 2'), lamports: NONCE_RENT + 50n }),
    ],
    [NONCES.forLife, nonceAccount({ authority: payer.address, nonce: hashed('value 3') })],
  ]);
  let ids = 0;
  const newId = () => `id ${(ids += 1)}`;
  const clock = { now: () => 1_772_000_000_000 + scene.ms + scene.wallClockOffMs, monotonic: () => scene.ms };

  const connections = { current: () => onlineOf(scene, accounts) } as unknown as Connections;
  const keyfiles = parts.keyfiles ?? keyfilesOf(scene);
  const settings = storeOf({
    ...settingsFormat.defaults,
    signers: OWN.map(({ address, path }, index) => ({
      id: `key ${index}`,
      label: `Key ${index}`,
      address,
      keyfile: { path, openPermissionsAllowed: false, demo: false, encrypted: false },
    })),
  });
  const dialogs = { ...noDialogs, confirm: () => scene.onConfirm() };
  const payloads: unknown[] = [];
  const journal = {
    takePayloads: () => [],
    brokenAt: undefined,
    async append(payload: unknown) {
      scene.onEntry(JournalEntry.parse(payload));
      payloads.push(payload);
      await scene.whileWaiting();
    },
    readRecords: async () => [],
  };
  const book = createJournalBook(journal, clock, () => undefined);
  const signerBook = createSignerBook({
    settings,
    keyfiles,
    dialogs,
    dataFolder: '/data',
    newId,
    onChanged: () => undefined,
  });
  const shelf = createReviewShelf();
  const plans = createPlans({
    keyfiles,
    book,
    freshFolder: '/fresh',
    listFresh: async () => [],
    newId,
    onDiscarded: shelf.dropPlan,
  });
  const nonces = createNonces({
    connections,
    signers: signerBook,
    book,
    store: storeOf(noncesFormat.defaults),
    heldByReviews: shelf.nonceAccounts,
  });
  const deployedPrograms = { noticesFor: async () => scene.notices } as never;
  const shared = { connections, signers: signerBook, book, shelf, deployedPrograms, clock, newId };
  const reviews = createReviews({ ...shared, plans, nonces });
  const bytesReviews = createBytesReviews(shared);
  // What is signed stays in the journal until the test says what became of it.
  const sending = { launch: () => undefined, nudge: () => undefined } as unknown as Sending;
  const handed = createHanded({ book, bytesReviews, sending, dialogs, files: {} as never });
  const approvals = createApprovals({
    shelf,
    reviews,
    bytesReviews,
    plans,
    signers: signerBook,
    connections,
    book,
    sending,
    dialogs,
    clock,
    newId,
    newToken() {
      const token = `token ${(ids += 1)}`;
      scene.onToken(token);
      return token;
    },
    windowId: () => scene.windowId,
  });
  return { scene, accounts, payloads, book, plans, reviews, handed, approvals };
}

function wallet(): StoredAccount {
  return { lamports: 5_000_000_000n, data: new Uint8Array(), owner: SYSTEM_PROGRAM, executable: false };
}

function storeOf<T>(first: T): Store<T> {
  let value = first;
  return {
    read: () => value,
    update: async (change) => {
      value = change(value);
    },
  };
}

/** The signing child: it signs what it is given, and tells the test. */
function keyfilesOf(scene: Scene): Keyfiles {
  const refuse = () => Promise.reject(new Error('no test asks for this'));
  return {
    look: refuse,
    encrypt: refuse,
    make: refuse,
    create: refuse,
    remove: async () => undefined,
    outsideOf: async () => scene.outside,
    async sign(order) {
      scene.onSign(order);
      await scene.whileWaiting();
      const person = OWN.find(({ path }) => path === order.path);
      if (!person || !scene.isSignerWell) throw new AppError('signer/ended', {});
      return signatureBy(person, order.message);
    },
  };
}

/** A signature over exactly these bytes. */
export function signatureBy({ key }: Person, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, key));
}

/** Whether every signature a transaction carries is over its message. */
export function areSignaturesTrue(wire: Uint8Array): boolean {
  const { messageBytes } = decodeTransaction(wire);
  const keyOf = (address: Address) => Object.values(PEOPLE).find((person) => person.address === address)?.key;
  return signatureSlots(wire).every(({ address, signature }) => {
    const key = keyOf(address);
    return !signature || (key !== undefined && verify(null, messageBytes, createPublicKey(key), signature));
  });
}

type Calls = Readonly<Record<string, (...parameters: never[]) => Promise<unknown>>>;

/** The same calls, each of which the test hears of first. */
function listened(calls: Calls, scene: Scene) {
  const entries = Object.entries(calls).map(([name, call]) => [
    name,
    async (...parameters: never[]) => {
      await scene.onCall(name);
      return call(...parameters);
    },
  ]);
  return { origin: 'https://cluster.example', ...Object.fromEntries(entries) };
}

/** A cluster that answers from a few accounts. */
function onlineOf(scene: Scene, accounts: ReadonlyMap<Address, StoredAccount>): Online {
  const read = (address: Address) => {
    const found = accounts.get(address);
    return found && { ...found, address, space: found.data.length };
  };
  const calls = {
    readAccounts: async (addresses: readonly Address[]) => ({ slot: scene.slot, accounts: addresses.map(read) }),
    readProgramAccounts: async () => ({ slot: scene.slot, accounts: [] }),
    readRentFloor: async (sizeBytes: number) => rentExemptMinimum(sizeBytes),
    readClusterTime: async () => 1_772_000_000,
    readGenesisHash: async () => scene.answering,
    readSlot: async () => scene.slot,
    readBlockHeight: async () => scene.height,
    readLatestBlockhash: async () => ({
      blockhash: hashed(`block ${scene.height}`),
      lastValidBlockHeight: scene.height + 150n,
    }),
    isBlockhashValid: async () => true,
    readRecentFees: async () => [],
    simulate: async (_wire: Uint8Array, watch: readonly Address[]) => ({
      slot: scene.slot,
      err: null,
      logs: [],
      unitsConsumed: 300n,
      accounts: watch.map(read),
    }),
  };
  const node = listened(calls, scene) as unknown as Online['node'];
  return {
    profile: {
      id: 'p',
      name: 'Cluster',
      kind: 'cluster',
      rpcUrl: 'https://cluster.example',
      webSocketUrl: '',
      commitment: 'confirmed',
      programs: DEFAULT_PROGRAM_IDS,
      allowUnencrypted: false,
      expected: 'any',
      fees: { kind: 'off' },
    },
    node,
    endpoints: [node],
    genesisHash: scene.connected,
    cluster: 'unknown',
    contradicts: undefined,
    webSocketUrl: '',
  };
}
