import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { mayContain } from '../runtime/programs/coordinator/state-machine/bloom.ts';
import { bloomContains, createBloom } from './bloom-filter.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('a filter holds what was put in, as the program reads it, and agrees with it on everything else', () => {
  fc.assert(
    fc.property(hash, fc.array(hash, { maxLength: 20 }), hash, (seed, items, other) => {
      const filter = createBloom(seed, items);
      for (const item of items) expect(mayContain(filter, item)).toBe(true);
      expect(bloomContains(filter, other)).toBe(mayContain(filter, other));
    }),
    { numRuns: propertyRuns() },
  );
});
