import { base58 } from '@scure/base';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { missingSigners } from '#core/journal/wire-signatures.ts';
import { readRecords } from '#core/journal/record-chain.ts';
import type { ChildAnswer, WebSockets } from '#main/ports.ts';
import type { SignerRequest } from '#signer/messages.ts';
import type { ChildFault, ChildRates } from './signing-child.ts';
import { simKey } from './signing-child.ts';
import { createDisk, type DiskCallName, fault, type LostWrite } from './disk.ts';
import { createLedger, type LedgerFaults, nonceAccount, wallet } from './ledger.ts';
import { createRandom } from './random.ts';
import { freshNodeState, type NodeFault, type NodeRates, type NodeState } from './sim-node.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** What may go wrong with the disk; `short write`: half of the bytes fit. */
export const DISK_FAULTS = ['EIO', 'ENOSPC', 'EROFS', 'EACCES', 'EMFILE', 'short write'] as const;

export type DiskFault = (typeof DISK_FAULTS)[number];

/** What a person does that a careful one would not. */
export const USER_FAULTS = [
  'double click',
  'impatient',
  'slow reader',
  'says no',
  'endpoint switched',
  'another plan',
] as const;

export type UserFault = (typeof USER_FAULTS)[number];

/** How a program ends before its time. */
export const DEATHS = ['killed', 'power cut'] as const;

export type Death = (typeof DEATHS)[number];

export type Fault = NodeFault | ChildFault | DiskFault | UserFault | Death | LostWrite | keyof LedgerFaults;

/** Chances of everything that may go wrong. */
export type Rates = NodeRates & ChildRates & Partial<Record<DiskFault | UserFault | keyof LedgerFaults, number>>;

/** When a program dies: before or after its nth call to disk, node or child. */
export type DeathPoint = { readonly call: number; readonly when: 'before' | 'after'; readonly death: Death };

/** What somebody wants done once. */
export type Wish = 'fund' | 'fund by nonce' | 'fund by two keys' | 'create a run';

export type WorldOptions = {
  readonly seed: number;
  readonly wish?: Wish;
  readonly rates?: Rates;
  /** Until then nothing goes wrong, milliseconds after the start. */
  readonly ratesFromMs?: number;
  /** And from then on, too. */
  readonly ratesUntilMs?: number;
  /** With two, the second one never lies; with one nobody could tell. */
  readonly endpoints?: 1 | 2;
  /** The first program dies at the first point, the next one at the second, and so on. */
  readonly deaths?: readonly DeathPoint[];
  readonly count?: (fault: Fault) => void;
  /** A call of the first program to the disk that fails, alone or with all that follow. */
  readonly failAt?: { readonly call: number; readonly code: DiskFault; readonly isLasting: boolean };
  /** Without chance where none is wanted: one length of blockhashes, no bids. */
  readonly isPlain?: boolean;
  /** What a power cut leaves depends on this alone. */
  readonly cutSeed?: number;
  /** In place of what the signing child answered. */
  readonly tamper?: (request: SignerRequest, honest: ChildAnswer) => Promise<ChildAnswer>;
  /** What becomes of subscriptions to signatures; else hints come early, late, twice or never. */
  readonly watchSignature?: (time: VirtualTime) => WebSockets['watchSignature'];
  /** Goes on beside everything else. */
  readonly meanwhile?: (time: VirtualTime) => void;
};

export type World = ReturnType<typeof createWorld>;

const PAYER = simKey(1);
/** Holds a nonce account of its own, and signs after the other. */
const SECOND = simKey(2);
const NONCE = simKey(3).address;
const NONCE_OF_SECOND = simKey(5).address;
const FUNDED = simKey(4).address;
const LAMPORTS = 2_500_000n;

export const DATA = '/data';
export const JOURNAL = `${DATA}/journal.log`;
export const SETTINGS = `${DATA}/settings.json`;

/** URLs of the endpoints, the first of which is in use at the start. */
export const URLS = ['http://127.0.0.1:8001', 'http://127.0.0.1:8002'] as const;

/** Everything outside the app, out of one seed; and a list of what no app may do. */
export function createWorld(options: WorldOptions) {
  const { seed, wish = 'fund', endpoints = 1, deaths = [], count = () => undefined } = options;
  const random = createRandom(seed);
  const time = createVirtualTime();
  const disk = createDisk(time.clock.now);
  const diskRandom = random.fork();
  const cutRandom = options.cutSeed === undefined ? random.fork() : createRandom(options.cutSeed);
  const log: string[] = [];
  const violations: string[] = [];
  /** Records that the journal said were on the disk, as JSON, oldest first. */
  let acknowledged: string[] = [];
  /** Settings that a start may find: those saved last, and those being saved when the program ended. */
  let possibleSettings: string[] = [];
  const approved = new Set<string>();
  let lastRead: { bytes: Uint8Array; payloads: readonly Record<string, unknown>[] } = { bytes: NOTHING, payloads: [] };
  const falselyConfirmed = new Set<string>();
  /** By genesis hash: the newest slot in which the app saw something land. */
  const seenLanding = new Map<string, number>();
  let isQuiet = false;

  const isEarly = () => time.clock.monotonic() < (options.ratesFromMs ?? 0);
  const isLate = () => time.clock.monotonic() >= (options.ratesUntilMs ?? Number.POSITIVE_INFINITY);
  const rates = (): Rates => (isQuiet || isEarly() || isLate() ? {} : (options.rates ?? {}));
  const note = (what: string) => void log.push(`${time.clock.monotonic()} ${what}`);
  const violate = (rule: string, what: string) => {
    note(`VIOLATION ${rule} ${what}`);
    violations.push(`${rule}: ${what}`);
  };
  const counted = (what: Fault) => {
    note(`fault: ${what}`);
    count(what);
  };

  const newLedger = () =>
    createLedger({
      genesisHash: base58.encode(random.bytes(32)),
      random: random.fork(),
      now: time.elapsed,
      validBlocks: options.isPlain ? 60 : random.pick([40, 60, 150]),
      faults: () => ({ failsOnChain: rates().failsOnChain ?? 0, rolledBack: rates().rolledBack ?? 0 }),
      count: counted,
      onLanded: ({ signature, slot, error }) => note(`landed ${signature} in ${slot} ${JSON.stringify(error)}`),
    });
  const ledger = newLedger();
  const other = newLedger();
  for (const each of [ledger, other]) {
    each.put(PAYER.address, wallet(5_000_000_000_000n));
    each.put(NONCE, nonceAccount(PAYER.address, random.bytes(32)));
    each.put(NONCE_OF_SECOND, nonceAccount(SECOND.address, new Uint8Array(32).fill(7)));
    each.put(FUNDED, nonceAccount(PAYER.address, random.bytes(32)));
  }

  disk.put('/keys/payer', PAYER.seed);
  disk.put('/keys/second', SECOND.seed);
  disk.put(SETTINGS, JSON.stringify({ version: 1, ...settings(options.isPlain ?? false, endpoints) }));

  options.meanwhile?.(time);

  let diskCalls = 0;

  function diskFault(name: DiskCallName, path: string): void {
    diskCalls += 1;
    const { failAt } = options;
    if (failAt && !isQuiet && (diskCalls === failAt.call || (failAt.isLasting && diskCalls > failAt.call))) {
      counted(failAt.code);
      throw fault(failAt.code);
    }
    if (!WRITING.has(name) && name !== 'open') return;
    for (const code of DISK_FAULTS) {
      if (code === 'short write' || !diskRandom.chance(rates()[code] ?? 0)) continue;
      counted(code);
      note(`${name} ${path}: ${code}`);
      throw fault(code);
    }
  }

  return {
    seed,
    time,
    random,
    disk,
    ledger,
    other,
    log,
    violations,
    rates,
    note,
    violate,
    count: counted,
    deaths,
    diskFault,
    seenLanding,
    falselyConfirmed,
    wish,
    tamper: options.tamper,
    watchSignature: options.watchSignature?.(time),
    request: requestFor(wish),
    /** Whose signatures are left for a second step. */
    signsLater: wish === 'fund by two keys' ? [SECOND.address] : [],
    /** Chances of what goes wrong with one endpoint. */
    ratesOf(url: string): Rates {
      const all = rates();
      return url === URLS[1] && endpoints === 2
        ? { ...all, ...HONEST, ...(all['status withheld'] ? PRESENT : {}) }
        : all;
    },
    nodeStates: new Map<string, NodeState>(URLS.map((url) => [url, freshNodeState()])),

    isShort(): boolean {
      if (!diskRandom.chance(rates()['short write'] ?? 0)) return false;
      counted('short write');
      return true;
    },

    /** From now on nothing goes wrong any more. */
    calm(): void {
      isQuiet = true;
      note('calm');
    },

    noteApproved: (messageHash: string) => void approved.add(messageHash),

    /** V1, V4, V6: bytes are about to leave the app for a node. */
    checkSend({
      wire,
      genesisHash,
      toldGenesis,
    }: {
      wire: Uint8Array;
      genesisHash: string;
      toldGenesis: string | undefined;
    }): void {
      const { messageBytes } = decodeTransaction(wire);
      note(`send ${messageHashOf(messageBytes)}`);
      if (!approved.has(messageHashOf(messageBytes))) violate('V1', 'bytes that were never approved were sent');
      if (missingSigners(wire).length > 0) violate('V12', 'bytes were sent that lack a signature');
      const entry = journaled().find((each) => isSameWire(each['wire'], wire));
      const first = journaled().find((each) => each['event'] === 'signed' && each['id'] === entry?.['id']);
      if (!entry) violate('V4', 'bytes were sent that are not in the journal on the disk');
      if (entry && toldGenesis !== first?.['genesisHash']) {
        violate('V6', `sent to ${genesisHash} after its genesis hash was told as ${toldGenesis ?? 'nothing'}`);
      }
    },

    /** N5: nothing is read from before a landing that the app has seen. */
    checkRead({ genesisHash, slot }: { genesisHash: string; slot: number }): void {
      const seen = seenLanding.get(genesisHash) ?? 0;
      if (slot < seen) violate('N5', `read from slot ${slot} after a landing in ${seen} was seen`);
    },

    cutPower: () => disk.cutPower(cutRandom, counted),

    /** V7: what the settings are at a start. A change that nobody was told of may be there at one start and gone at the next. */
    checkSettings(found: unknown): void {
      const text = JSON.stringify(found);
      if (possibleSettings.length === 0) possibleSettings = [text];
      if (!possibleSettings.includes(text)) violate('V7', 'settings that were saved are gone');
    },

    beginSaving: (next: unknown) => void possibleSettings.push(JSON.stringify(next)),
    endSaving(saved: unknown): void {
      possibleSettings = [JSON.stringify(saved)];
    },

    /** The journal said that this record is on the disk. */
    acknowledge(payload: unknown): void {
      const text = JSON.stringify(payload);
      acknowledged.push(text);
      const isDurable = journaled().some((each) => JSON.stringify(each) === text);
      if (!isDurable) violate('V4', 'a record counts as written that is not synced');
    },

    /** V7: what the journal holds at a start. */
    checkLoaded(payloads: readonly unknown[], brokenAt: number | undefined): void {
      if (brokenAt !== undefined) violate('V7', `the journal is broken at record ${brokenAt}, which nobody changed`);
      const loaded = payloads.map((payload) => JSON.stringify(payload));
      let at = 0;
      for (const record of acknowledged) {
        at = loaded.indexOf(record, at) + 1;
        if (at === 0) {
          violate('V7', 'a record that was written is gone');
          break;
        }
      }
      checkEdges(payloads, violate);
      acknowledged = loaded;
    },
  };

  /** Records that not even a power cut can take. */
  function journaled(): readonly Record<string, unknown>[] {
    const bytes = disk.durable(JOURNAL) ?? NOTHING;
    // The bytes of a file are never changed in place.
    if (bytes !== lastRead.bytes) lastRead = { bytes, payloads: readRecords(bytes).payloads.filter(isObject) };
    return lastRead.payloads;
  }
}

/** What no honest node does. */
const HONEST: Rates = { 'false confirm': 0, 'status withheld': 0, 'other genesis': 0 };

/** Where the other one forgets what landed, nobody would know if this one were away, or kept no history. */
const PRESENT: Rates = { 'no answer': 0, 'time-out': 0, 'rate limited': 0, 'node error': 0, 'no history': 0 };

const NOTHING = new Uint8Array();

const WRITING = new Set<DiskCallName>(['write', 'writeFile', 'sync', 'truncate', 'rename', 'copyFile']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isSameWire(text: unknown, wire: Uint8Array): boolean {
  return text === Buffer.from(wire).toString('base64');
}

/** V12, stated by itself: what may follow what in the records of one transaction. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  '': ['signed'],
  signed: ['signatures', 'exported', 'sent', 'ended'],
  signatures: ['signatures', 'exported', 'sent', 'ended'],
  exported: ['signatures', 'exported', 'sent', 'ended'],
  sent: ['exported', 'ended'],
  ended: [],
};

function checkEdges(payloads: readonly unknown[], violate: (rule: string, what: string) => void): void {
  const states = new Map<unknown, string>();
  for (const payload of payloads) {
    if (!isObject(payload) || typeof payload['event'] !== 'string' || payload['event'] === 'noted') continue;
    const [id, event] = [payload['id'], payload['event']];
    const state = states.get(id) ?? '';
    if (!NEXT[state]?.includes(event)) violate('V12', `from “${state}” to “${event}”`);
    states.set(id, event);
  }
}

function settings(isPlain: boolean, endpoints: 1 | 2) {
  const profiles = URLS.map((rpcUrl, index) => ({
    id: `profile-${index + 1}`,
    name: `Profile ${index + 1}`,
    kind: 'cluster',
    rpcUrl,
    ...(endpoints === 2 ? { moreRpcUrls: URLS.filter((url) => url !== rpcUrl) } : {}),
    webSocketUrl: '',
    commitment: 'confirmed',
    programs: DEFAULT_PROGRAM_IDS,
    allowUnencrypted: false,
    expected: 'any',
    fees: isPlain ? { kind: 'off' } : { kind: 'fixed', microLamports: 1000 },
  }));
  const keyfileAt = (path: string) => ({ path, openPermissionsAllowed: false, demo: false });
  const signers = [
    { id: 'payer', label: 'Payer', address: PAYER.address, keyfile: keyfileAt('/keys/payer') },
    { id: 'second', label: 'Second', address: SECOND.address, keyfile: keyfileAt('/keys/second') },
  ];
  return { door: 'network', activeId: 'profile-1', profiles, signers };
}

function requestFor(wish: Wish): OperationRequest {
  const payer: Address = PAYER.address;
  const signers = { payer, authority: payer, joinAuthority: payer };
  const fund = { kind: 'fund-nonce', nonceAccount: FUNDED, lamports: LAMPORTS } as const;
  switch (wish) {
    case 'fund':
      return { operation: fund, signers };
    case 'fund by nonce':
      return { operation: fund, signers, lifetime: { kind: 'nonce', account: NONCE } };
    case 'fund by two keys':
      return { operation: fund, signers, lifetime: { kind: 'nonce', account: NONCE_OF_SECOND } };
    case 'create a run':
      return {
        operation: {
          kind: 'create-run',
          runId: 'atlas-7',
          whoMayJoin: { kind: 'anyone' },
          metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
          clientVersion: 'latest',
          start: false,
        },
        signers,
      };
  }
}
