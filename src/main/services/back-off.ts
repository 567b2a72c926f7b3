/** First and longest pause, milliseconds. With one read that found the failure they make at most 8 tries in a minute. */
const FIRST_MS = 2000;
const LONGEST_MS = 12_000;

/** How much later than its turn a try may come, so that many apps do not come back at the same moment. */
const SPREAD = 0.2;

/**
 * Pause before the next try, milliseconds: twice as long after each failure in a row.
 *
 * @param failures - in a row, 1 or more
 * @param random - 0 to 1
 */
export function backOffMs(failures: number, random: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS) * (1 + SPREAD * random);
}
