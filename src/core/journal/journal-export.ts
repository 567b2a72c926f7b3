import { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';
import type { JournaledTransaction } from './entry.ts';
import { foldEntries } from './fold-entries.ts';
import { type ChainRecord, encodeRecord, FIRST_HASH } from './record-chain.ts';

/** Names the kind of file, so that nothing else is taken for it. */
const FORMAT = 'psyche-run-console-journal';

/** Grows when a reader of today could no longer read the file. */
const VERSION = 1;

const ExportHead = z.object({ format: z.literal(FORMAT), version: z.number().int() });

const ExportedJournal = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** UTC, as ISO 8601 writes it. */
  exportedAt: z.iso.datetime(),
  records: z.array(z.strictObject({ hash: z.string(), entry: z.unknown() })),
  /** Hash of the last record: what was cut off at the end shows. */
  lastHash: z.string(),
});

/** Lines of a whole exported journal, in turns, so that the writer can pause between them. Joined they are one JSON document. */
export function* journalExportLines(
  records: Iterable<Pick<ChainRecord, 'payload' | 'hash'>>,
  exportedAt: Date,
): Generator<string, void> {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: exportedAt.toISOString() });
  yield `${head.slice(0, -1)},"records":[\n`;
  let lastHash = FIRST_HASH;
  for (const { hash, payload } of records) {
    yield `${lastHash === FIRST_HASH ? '' : ',\n'}${JSON.stringify({ hash, entry: payload })}`;
    lastHash = hash;
  }
  yield `\n],"lastHash":${JSON.stringify(lastHash)}}\n`;
}

/** An exported journal whose chain fits. `misunderstoodAt`: number of the first record this version cannot read. */
export type JournalExport = {
  readonly exportedAt: Date;
  readonly lastHash: string;
  readonly payloads: readonly unknown[];
  readonly transactions: ReadonlyMap<string, JournaledTransaction>;
  readonly misunderstoodAt: number | undefined;
};

/**
 * Reads an exported journal back. Every record is hashed anew together with the one before it, so a record that was changed, left
 * out, added or moved is found, and so is a cut end.
 *
 * @throws AppError `journal/export-unreadable`, `journal/export-changed`
 */
export function readJournalExport(text: string): JournalExport {
  const { exportedAt, records, lastHash } = parseExport(text);
  const payloads = records.map(({ entry }) => entry);
  let previous = FIRST_HASH;
  for (const [index, { hash, entry }] of records.entries()) {
    previous = encodeRecord(previous, entry).hash;
    if (previous !== hash) throw new AppError('journal/export-changed', { record: index + 1 });
  }
  if (previous !== lastHash) throw new AppError('journal/export-changed', { record: records.length + 1 });
  return { exportedAt: new Date(exportedAt), lastHash, payloads, ...foldEntries(payloads) };
}

function parseExport(text: string): z.output<typeof ExportedJournal> {
  const json = parseJson(text);
  const head = ExportHead.safeParse(json);
  if (!head.success) throw new AppError('journal/export-unreadable', { reason: 'it does not begin as one' });
  if (head.data.version !== VERSION) {
    const reason = `its version is ${head.data.version}, this app reads version ${VERSION}`;
    throw new AppError('journal/export-unreadable', { reason });
  }
  const whole = ExportedJournal.safeParse(json);
  if (!whole.success) throw new AppError('journal/export-unreadable', { reason: 'its records are not in their form' });
  return whole.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('journal/export-unreadable', { reason: 'it is no JSON' }, { cause });
  }
}
