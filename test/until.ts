/**
 * Waits for something to become true.
 *
 * @param atMostMs - milliseconds after which it never will
 */
export async function until(isTrue: () => boolean, atMostMs = 20_000): Promise<void> {
  const deadline = performance.now() + atMostMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('it never became true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
