import { performance } from 'node:perf_hooks';

/** Median milliseconds of one call, over `runs` calls after a warm-up. */
export function medianMs(work: () => unknown, runs = 200): number {
  for (let warm = 0; warm < Math.min(runs, 50); warm += 1) work();
  return median(
    Array.from({ length: runs }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}

/** The middle of a list of numbers; the mean of the two middles when there are two. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** One measured figure beside its limit. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly limit: Limit };

/** The bar a figure is held to. */
type Limit = { readonly kind: 'at-most' | 'at-least'; readonly value: number };

function holds({ value, limit }: Figure): boolean {
  return limit.kind === 'at-most' ? value <= limit.value : value >= limit.value;
}

/** A line such as `ok    full.bin to object   0.9 ms (at most 2)`. */
function formatFigure(figure: Figure): string {
  const { name, value, unit, limit } = figure;
  const bound = `${limit.kind === 'at-most' ? 'at most' : 'at least'} ${limit.value}`;
  return `${holds(figure) ? 'ok  ' : 'MISS'}  ${name.padEnd(58)} ${Number(value.toPrecision(4))} ${unit} (${bound})`;
}

/** Prints the figures; a missed one makes the process end with code 1. */
export function report(figures: readonly Figure[]): void {
  for (const figure of figures) console.log(formatFigure(figure));
  if (!figures.every(holds)) process.exitCode = 1;
}
