/** Chance that a seed decides: the same seed draws the same, on every machine. */
export type Random = {
  /** 0 ≤ n < `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Each item with this chance, in the order given. */
  some<T>(items: readonly T[], probability: number): T[];
  shuffled<T>(items: readonly T[]): T[];
  bytes(size: number): Uint8Array;
  /** Another stream: what it draws does not depend on how often this one is asked. */
  fork(): Random;
};

/** Mulberry32. Source: Tommy Ettinger, public domain; its 2³² states are enough for seeds that count up. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const int = (below: number) => Math.floor(next() * below);
  const chance = (probability: number) => next() < probability;
  return {
    int,
    chance,
    pick: ([first, ...others]) => [first, ...others][int(others.length + 1)] ?? first,
    some: (items, probability) => items.filter(() => chance(probability)),
    shuffled(items) {
      const keyed = items.map((item) => ({ item, key: next() }));
      return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
    },
    bytes: (size) => Uint8Array.from({ length: size }, () => int(256)),
    fork: () => createRandom(int(2 ** 32)),
  };
}
