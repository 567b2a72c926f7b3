import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Address } from '#core/solana/address.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import { checkedLine, readCheckedLines } from './checked-lines.ts';
import {
  accountLine,
  accountOfLine,
  FORMAT_VERSION,
  JournalHeader,
  JournalLine,
  type SavedChange,
  type SavedState,
  SnapshotHeader,
  SnapshotLine,
} from './saved-state.ts';
import { TransactionRecord } from './transaction-record.ts';

const SNAPSHOT = 'chain.jsonl';
const JOURNAL = 'chain-journal.jsonl';

/** A journal longer than this is folded into the snapshot. */
const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;

export type ChainFile = ReturnType<typeof openChainFile>;

/**
 * The network's state on disk: a snapshot, replaced atomically, and a journal of what was committed since.
 *
 * A commit is in the journal before anybody is told of it, so it outlives a killed process. Surviving a power cut is not
 * promised: nothing is at stake here, and a sync per transaction would cost more than the transaction.
 *
 * @param options - `announce` is told in words when a file could not be read and was kept aside
 */
export function openChainFile(options: { folder: string; now: () => number; announce: (notice: string) => void }) {
  const { folder, now, announce } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const snapshotPath = join(folder, SNAPSHOT);
  const journalPath = join(folder, JOURNAL);
  let generation = 0;
  let journal: number | undefined;
  let journalBytes = 0;

  function replace(state: SavedState): void {
    generation += 1;
    writeSnapshot(folder, state, generation);
    if (journal !== undefined) closeSync(journal);
    journal = openSync(journalPath, 'w', 0o600);
    journalBytes = writeSync(journal, checkedLine(JSON.stringify({ generation })));
  }

  return {
    /** The saved state, `undefined` when there is none that can be read. */
    load(): SavedState | undefined {
      if (!existsSync(snapshotPath) && !existsSync(journalPath)) return undefined;
      try {
        const { state, generation: found } = readState(snapshotPath, journalPath);
        generation = found;
        return state;
      } catch (cause) {
        const suffix = `damaged-${now()}`;
        for (const path of [snapshotPath, journalPath]) {
          if (existsSync(path)) renameSync(path, `${path}.${suffix}`);
        }
        const reason = cause instanceof DamagedFile ? cause.message : 'it holds something this version does not know';
        announce(
          `The practice network's saved state could not be read: ${reason}. It was kept aside (${suffix}) and a new network begins.`,
        );
        return undefined;
      }
    },
    replace,
    /** Adds a commit to the journal; `whole` is asked for only when the journal has grown too long. */
    append(change: SavedChange, whole: () => SavedState): void {
      if (journal === undefined) throw new Error('append before the first snapshot');
      const line = JournalLine.encode({
        anchors: change.anchors,
        accounts: [...change.accounts].map(accountLine),
        ...(change.record ? { transaction: change.record } : {}),
      });
      journalBytes += writeSync(journal, checkedLine(JSON.stringify(line)));
      if (journalBytes > MAX_JOURNAL_BYTES) replace(whole());
    },
    close(): void {
      if (journal !== undefined) closeSync(journal);
      journal = undefined;
    },
  };
}

class DamagedFile extends Error {}

function readState(snapshotPath: string, journalPath: string): { state: SavedState; generation: number } {
  if (!existsSync(snapshotPath)) throw new DamagedFile('the snapshot is missing');
  const { lines, ending } = readCheckedLines(readFileSync(snapshotPath, 'utf8'));
  const [first, ...rest] = lines;
  if (ending !== 'whole' || first === undefined) throw new DamagedFile('the snapshot is damaged');
  const header = SnapshotHeader.decode(JSON.parse(first));
  const accounts = new Map<Address, StoredAccount>();
  const records: TransactionRecord[] = [];
  let announcedLines = -1;
  for (const text of rest) {
    const line = SnapshotLine.decode(JSON.parse(text));
    if ('account' in line) accounts.set(...accountOfLine(line.account));
    else if ('transaction' in line) records.push(line.transaction);
    else announcedLines = line.end;
  }
  if (announcedLines !== rest.length) throw new DamagedFile('the snapshot is cut');
  const changes = readJournal(journalPath, header.generation);
  for (const change of changes) {
    for (const line of change.accounts) accounts.set(...accountOfLine(line));
    if (change.transaction) records.push(change.transaction);
  }
  return {
    generation: header.generation,
    state: {
      seed: header.seed,
      anchors: changes.at(-1)?.anchors ?? header.anchors,
      transactionCount: header.transactionCount + BigInt(changes.filter((change) => change.transaction).length),
      accounts,
      records,
    },
  };
}

function readJournal(path: string, generation: number): ReturnType<typeof JournalLine.decode>[] {
  if (!existsSync(path)) return [];
  const { lines, ending } = readCheckedLines(readFileSync(path, 'utf8'));
  if (ending === 'damaged') throw new DamagedFile('the journal is damaged');
  const [first, ...rest] = lines;
  // A journal of another generation was left by a process killed between writing the snapshot and emptying it.
  if (first === undefined || JournalHeader.decode(JSON.parse(first)).generation !== generation) return [];
  return rest.map((text) => JournalLine.decode(JSON.parse(text)));
}

function writeSnapshot(folder: string, state: SavedState, generation: number): void {
  const path = join(folder, SNAPSHOT);
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    const { seed, anchors, transactionCount } = state;
    const header = SnapshotHeader.encode({ version: FORMAT_VERSION, generation, seed, anchors, transactionCount });
    writeSync(file, checkedLine(JSON.stringify(header)));
    let written = 1;
    for (const entry of state.accounts) {
      writeSync(file, checkedLine(JSON.stringify({ account: accountLine(entry) })));
      written += 1;
    }
    for (const record of state.records) {
      writeSync(file, checkedLine(JSON.stringify({ transaction: TransactionRecord.encode(record) })));
      written += 1;
    }
    writeSync(file, checkedLine(JSON.stringify({ end: written })));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(folder);
}

/** Makes the rename itself durable. Windows cannot open a folder, and does not need to. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
