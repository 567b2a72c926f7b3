/** A length in a message: where its bytes are and what it says. */
type CompactLength = {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly of: string;
};

/**
 * Every length of a canonical message, found without the app's own reader. Source: Solana SDK, `short_vec` and the layout of
 * `Message` and `v0::Message`.
 */
export function compactLengthsOf(message: Uint8Array): readonly CompactLength[] {
  const found: CompactLength[] = [];
  let at = 0;

  function length(of: string): number {
    const start = at;
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte % 128) * factor;
      factor *= 128;
      if (byte < 128) break;
    }
    found.push({ start, end: at, value, of });
    return value;
  }

  /** Passes over so many items of so many bytes. */
  function skip(count: number, size = 1): void {
    at += count * size;
  }

  const isVersioned = (message[0] ?? 0) >= 128;
  skip(isVersioned ? 4 : 3);
  skip(length('keys'), 32);
  skip(1, 32);
  for (let left = length('instructions'); left > 0; left -= 1) {
    skip(1);
    skip(length('accounts'));
    skip(length('data'));
  }
  if (!isVersioned) return found;
  for (let left = length('lookups'); left > 0; left -= 1) {
    skip(1, 32);
    skip(length('writable'));
    skip(length('read-only'));
  }
  return found;
}
