import { describe, expect, test } from 'vitest';
import { createBlockhashes } from './blockhashes.ts';

const hashes = () => createBlockhashes(Uint8Array.of(1, 2, 3));

describe('blockhashes', () => {
  test('of 150 slots back is good, of 151 not', () => {
    const chain = hashes();
    expect(chain.ageOf(chain.at(850n), 1000n)).toBe(150n);
    expect(chain.ageOf(chain.at(849n), 1000n)).toBeUndefined();
  });

  test('of a slot to come is not good yet', () => {
    const chain = hashes();
    expect(chain.ageOf(chain.at(11n), 11n)).toBe(0n);
    expect(chain.ageOf(chain.at(11n), 10n)).toBeUndefined();
  });

  test('are the same after a restart with the same seed, and others with another', () => {
    expect(hashes().at(5n)).toBe(hashes().at(5n));
    expect(createBlockhashes(Uint8Array.of(9)).at(5n)).not.toBe(hashes().at(5n));
  });

  test('stay good over a long silence only as long as they should', () => {
    const chain = hashes();
    const old = chain.at(3n);
    expect(chain.ageOf(old, 4n)).toBe(1n);
    expect(chain.ageOf(old, 1_000_000n)).toBeUndefined();
    expect(chain.ageOf(chain.at(999_900n), 1_000_000n)).toBe(100n);
  });
});
