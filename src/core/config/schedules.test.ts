import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { batchSizeAt, learningRateAt, restartDataIndex } from './schedules.ts';

type Vector = {
  readonly global_batch_size_start: number;
  readonly global_batch_size_end: number;
  readonly global_batch_size_warmup_tokens: string;
  readonly max_seq_len: number;
  readonly total_steps: number;
  readonly step: number;
  readonly index: string;
};

const { vectors } = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/psyche/vectors/data-index.json', import.meta.url), 'utf8'),
) as { vectors: readonly Vector[] };

test.each(vectors)('restarting from step $step of $total_steps begins at sample $index', (vector) => {
  const config = { ...vector, global_batch_size_warmup_tokens: BigInt(vector.global_batch_size_warmup_tokens) };

  expect(restartDataIndex(config, vector.max_seq_len, vector.step)).toBe(BigInt(vector.index));
});

test('jumping over steps of one batch size ends where walking them one by one does', () => {
  const sizes = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(
      sizes,
      fc.bigInt(0n, 9_000n),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 2, max: 400 }),
      ([start, end], tokens, maxSeqLen, step) => {
        const config = {
          global_batch_size_start: start,
          global_batch_size_end: end,
          global_batch_size_warmup_tokens: tokens,
          total_steps: 400,
        };
        let index = 0n;
        for (let done = 1; done < step; done += 1) index += BigInt(batchSizeAt(config, index * BigInt(maxSeqLen)));

        expect(restartDataIndex(config, maxSeqLen, step)).toBe(index);
      },
    ),
    { numRuns: propertyRuns() },
  );
});

test('four billion steps are counted at once', () => {
  const config = {
    global_batch_size_start: 1,
    global_batch_size_end: 65_535,
    global_batch_size_warmup_tokens: 2n ** 63n - 1n,
    total_steps: 4_294_967_295,
  };

  expect(restartDataIndex(config, 1, 4_294_967_295)).toBeGreaterThan(4_294_967_293n);
});

describe('the batch size', () => {
  const config = { global_batch_size_start: 8, global_batch_size_end: 11, global_batch_size_warmup_tokens: 6n };

  test.each([
    [0n, 8],
    [1n, 9], // 8.5 rounds up
    [2n, 9],
    [3n, 10], // 9.5
    [5n, 11], // 10.5
    [6n, 11],
    [10n ** 18n, 11],
  ])('after %s tokens is %d', (tokens, size) => expect(batchSizeAt(config, tokens)).toBe(size));
});

describe('the learning rate', () => {
  const decay = { base_lr: 1, warmup_init_lr: 0.5, final_lr: 0, warmup_steps: 10, total_steps: 20 };
  const stages = {
    base_lr: 1,
    warmup_init_lr: 0,
    cosine_decay_final_lr: 0.5,
    linear_decay_final_lr: 0.1,
    warmup_steps: 10,
    stable_steps: 10,
    cosine_decay_steps: 10,
    linear_decay_steps: 10,
  };

  test.each([
    ['warms up in a straight line', { Constant: decay }, 5, 0.75],
    ['is the base when constant', { Constant: decay }, 1000, 1],
    ['falls in a straight line', { Linear: decay }, 15, 0.5],
    ['stays at the end of the line', { Linear: decay }, 99, 0],
    ['falls along a cosine', { Cosine: decay }, 15, 0.5],
    ['rises again after the cosine', { Cosine: decay }, 30, 1],
    ['is stable after the warmup', { WarmupStableDecay: stages }, 19, 1],
    ['then falls along a cosine', { WarmupStableDecay: stages }, 25, 0.75],
    ['then in a straight line', { WarmupStableDecay: stages }, 35, 0.3],
    ['then no further', { WarmupStableDecay: stages }, 40, 0.1],
  ])('%s', (_claim, schedule, step, rate) => expect(learningRateAt(schedule, step)).toBeCloseTo(rate, 12));

  test('has no value on a cosine that ends with its warmup', () => {
    expect(learningRateAt({ Cosine: { ...decay, total_steps: 10 } }, 10)).toBeNaN();
  });
});
