import type { ClusterTime, TimeTurn } from './cluster-clock.ts';
import type { TransactionRecord } from './transaction-record.ts';

/** A slot whose time is known: milliseconds since 1970 when it began. */
type KnownSlot = { readonly slot: bigint; readonly ms: number };

/**
 * Unix seconds of a slot up to the present one. Exact for a slot in which a transaction landed; others are counted on from
 * the last slot whose time is known, so jumps of cluster time and its speed are in it.
 *
 * @param records - oldest first
 */
export function blockTimeOf(
  slot: bigint,
  {
    now,
    records,
    turns,
    slotMs,
  }: {
    now: ClusterTime;
    records: Iterable<Pick<TransactionRecord, 'slot' | 'blockTime'>>;
    turns: readonly TimeTurn[];
    slotMs: number;
  },
): bigint {
  if (slot >= now.slot) return now.unixTimestamp;
  const turn = turns.findLast((each) => each.slot <= slot);
  let before: KnownSlot | undefined = turn && { slot: turn.slot, ms: turn.chainMs };
  let after = firstKnownAfter(slot, now, turns);
  for (const record of records) {
    if (record.slot === slot) return record.blockTime;
    const ms = Number(record.blockTime) * 1000;
    if (record.slot > slot) {
      if (record.slot < after.slot) after = { slot: record.slot, ms };
      break;
    }
    // A commit ends its slot.
    if (before === undefined || record.slot >= before.slot) before = { slot: record.slot + 1n, ms };
  }
  if (before === undefined) return seconds(after.ms - Number(after.slot - slot) * slotMs);
  const counted = before.ms + Number(slot - before.slot) * slotMs * (turn?.speed ?? 1);
  return seconds(Math.min(counted, after.ms));
}

function firstKnownAfter(slot: bigint, now: ClusterTime, turns: readonly TimeTurn[]): KnownSlot {
  const turn = turns.find((each) => each.slot > slot);
  return turn ? { slot: turn.slot, ms: turn.chainMs } : { slot: now.slot, ms: Number(now.unixTimestamp) * 1000 };
}

function seconds(ms: number): bigint {
  return BigInt(Math.max(0, Math.floor(ms / 1000)));
}
