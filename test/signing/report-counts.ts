/** Prints, once at the end of a suite, how much it went through: `T2: 214,336 bits of 78 transactions: …`. */
export function reportCounts(suite: string, text: string): void {
  process.stdout.write(`${suite}: ${text}\n`);
}

/** `214336` → `214,336`. */
export function countOf(number: number): string {
  return number.toLocaleString('en-US');
}
