/** A moment of the cluster's clock as people write it: `2026-01-02 03:04:05 UTC`. */
export function clusterTimeText(unixSeconds: bigint): string {
  // Dates end 8.64e12 seconds after 1970; a configuration may name longer times.
  if (unixSeconds < 0n || unixSeconds > 8_640_000_000_000n) return `second ${unixSeconds} of the cluster’s clock`;
  return `${new Date(Number(unixSeconds) * 1000).toISOString().slice(0, -5).replace('T', ' ')} UTC`;
}

/** `1 client`, `2 clients`. */
export function countText(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
