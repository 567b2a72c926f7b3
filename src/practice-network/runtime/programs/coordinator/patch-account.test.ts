import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coordinatorFieldsReader, decodeCoordinatorAccount, fieldRange } from '#core/layouts/coordinator-account.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { patchedAccount } from './patch-account.ts';
import { draftOf } from './state-machine/draft.ts';

const NAMES = ['mid-training', 'full', ...Array.from({ length: 8 }, (_, index) => `variant-${index}`)];

const fixtures = NAMES.map((name) => {
  const bytes = new Uint8Array(readFileSync(`test/fixtures/psyche/fixtures/${name}.bin`));
  return { name, bytes, value: decodeCoordinatorAccount(bytes) };
});

describe('patching the account', () => {
  test.each(fixtures)('turns every other state into that of $name, every variant into its own', (target) => {
    for (const { bytes, value } of fixtures) {
      const patched = patchedAccount(bytes, value, target.value);
      expect(isDeepStrictEqual(decodeCoordinatorAccount(patched), target.value)).toBe(true);
    }
  });

  test.each(fixtures)('leaves $name alone when nothing changed', ({ bytes, value }) => {
    expect(Buffer.compare(patchedAccount(bytes, value, draftOf(value)), bytes)).toBe(0);
  });

  test('writes only the field that changed', () => {
    const names = ['state.client_version', 'state.coordinator.run_state_start_unix_timestamp', 'nonce'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.constantFrom(...names),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        ({ bytes, value }, path, number) => {
          const after = draftOf(value);
          if (path === 'nonce') after.nonce = number;
          else if (path === 'state.client_version') after.state.client_version = number.toString();
          else after.state.coordinator.run_state_start_unix_timestamp = number;
          const patched = patchedAccount(bytes, value, after);
          const { start, end } = fieldRange(path);
          expect(coordinatorFieldsReader({ path })(patched)['path']).toEqual(
            path === 'state.client_version' ? number.toString() : number,
          );
          const untouched = patched.slice();
          untouched.set(bytes.subarray(start, end), start);
          expect(Buffer.compare(untouched, bytes)).toBe(0);
        },
      ),
      { numRuns: propertyRuns() },
    );
  });

  test('refuses a number that no longer fits, as the program aborts on overflow', () => {
    for (const { bytes, value } of fixtures) {
      const after = draftOf(value);
      after.nonce = 2n ** 64n;
      expect(() => patchedAccount(bytes, value, after)).toThrow(
        expect.objectContaining({ code: 'codec/out-of-range' }),
      );
    }
  });
});
