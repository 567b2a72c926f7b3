import { z } from 'zod';
import { parseAddress, type Address } from '#core/solana/address.ts';
import { U64 } from '#core/units/wire.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import { Base64Bytes } from './line-codecs.ts';
import type { ClockAnchors } from './cluster-clock.ts';
import { TransactionRecord } from './transaction-record.ts';
import { decodeZstdFrame, encodeZstdFrame } from './zstd-frame.ts';

/** Everything a network needs to go on where it stopped. */
export type SavedState = {
  readonly seed: Uint8Array;
  readonly anchors: ClockAnchors;
  readonly transactionCount: bigint;
  readonly accounts: Iterable<readonly [Address, StoredAccount]>;
  /** Oldest first. */
  readonly records: Iterable<TransactionRecord>;
};

/** What one commit, or one turn of the clock, changed. A removed account has 0 lamports. */
export type SavedChange = {
  readonly anchors: ClockAnchors;
  readonly accounts: Iterable<readonly [Address, StoredAccount]>;
  readonly record?: TransactionRecord;
};

/** Version of both files' lines. */
export const FORMAT_VERSION = 1;

const Anchors = z.strictObject({
  slot: U64,
  slotHostMs: z.number(),
  chainMs: z.number(),
  chainHostMs: z.number(),
  speed: z.number(),
});
const AccountLine = z.tuple([z.string(), z.string().regex(/^\d+$/), z.string(), z.boolean(), z.base64()]);

/** First line of the snapshot: `generation` binds the journal to it. */
export const SnapshotHeader = z.strictObject({
  version: z.literal(FORMAT_VERSION),
  generation: z.number().int(),
  seed: Base64Bytes,
  anchors: Anchors,
  transactionCount: U64,
});
/** Following lines of the snapshot; the last one counts them, so that a short file is noticed. */
export const SnapshotLine = z.union([
  z.strictObject({ account: AccountLine }),
  z.strictObject({ transaction: TransactionRecord }),
  z.strictObject({ end: z.number().int() }),
]);
/** First line of the journal. */
export const JournalHeader = z.strictObject({ generation: z.number().int() });
/** Following lines of the journal. */
export const JournalLine = z.strictObject({
  anchors: Anchors,
  accounts: z.array(AccountLine),
  transaction: TransactionRecord.optional(),
});

/** An account as one line holds it: address, lamports, owner, executable, data as a Zstandard frame in base64. */
export function accountLine([address, account]: readonly [Address, StoredAccount]): z.infer<typeof AccountLine> {
  const frame = Buffer.from(encodeZstdFrame(account.data)).toString('base64');
  return [address, account.lamports.toString(), account.owner, account.executable, frame];
}

/**
 * The account of a line.
 *
 * @throws RangeError, AppError `address/malformed` when the line is not one of ours
 */
export function accountOfLine(line: z.infer<typeof AccountLine>): readonly [Address, StoredAccount] {
  const [address, lamports, owner, executable, frame] = line;
  const data = decodeZstdFrame(new Uint8Array(Buffer.from(frame, 'base64')));
  return [parseAddress(address), { lamports: BigInt(lamports), owner: parseAddress(owner), executable, data }];
}
