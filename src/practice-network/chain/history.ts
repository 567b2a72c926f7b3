import { MAX_BLOCKHASH_AGE } from './blockhashes.ts';
import type { TransactionRecord } from './transaction-record.ts';

/** Transactions that can be looked up, unless more have landed while the oldest one's blockhash may still be good. */
const MAX_RECORDS = 20_000;

export type History = ReturnType<typeof createHistory>;

/** Landed transactions by signature and by address. The oldest are forgotten beyond a bound. */
export function createHistory() {
  const bySignature = new Map<string, TransactionRecord>();
  const byAddress = new Map<string, Set<TransactionRecord>>();

  function forgetOldest(newestSlot: bigint): void {
    for (const [signature, record] of bySignature) {
      // Duplicates are refused by what is remembered here.
      if (bySignature.size <= MAX_RECORDS || record.slot + MAX_BLOCKHASH_AGE >= newestSlot) return;
      bySignature.delete(signature);
      for (const address of record.accounts) {
        const touched = byAddress.get(address);
        touched?.delete(record);
        if (touched?.size === 0) byAddress.delete(address);
      }
    }
  }

  return {
    add(record: TransactionRecord): void {
      bySignature.set(record.signature, record);
      for (const address of record.accounts) {
        const touched = byAddress.get(address);
        if (touched) touched.add(record);
        else byAddress.set(address, new Set([record]));
      }
      forgetOldest(record.slot);
    },
    find: (signature: string): TransactionRecord | undefined => bySignature.get(signature),
    /** Newest first. */
    forAddress: (address: string): TransactionRecord[] => [...(byAddress.get(address) ?? [])].reverse(),
    /** Oldest first. */
    records: (): IterableIterator<TransactionRecord> => bySignature.values(),
  };
}
