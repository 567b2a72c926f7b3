import { nativeFromUi } from '#core/dump/ui-amount.ts';
import { treasurerIndexOf } from '#core/layouts/addresses.ts';
import type { Runway } from '#core/rewards/treasury-view.ts';
import { formatDecimal } from '#core/units/decimal.ts';

/** An amount in tokens and native units; without decimals it is points. */
export function amountText(native: bigint, decimals: number | undefined): string {
  return decimals === undefined
    ? `${native} points`
    : `${formatDecimal(native, decimals)} tokens (${native} native units)`;
}

/** “3 epochs, at least 5 h 30 min”. */
export function runwayText({ epochs, seconds }: Runway): string {
  if (epochs === undefined) return 'No end: nothing is paid';
  const count = `${epochs} ${epochs === 1n ? 'epoch' : 'epochs'}`;
  return seconds === undefined || epochs === 0n ? count : `${count}, at least ${timeText(seconds)}`;
}

/** The treasurer's index as a flag, when it cannot be derived from the run id. */
export function indexFlag(runId: string, index: bigint | undefined): Record<string, string> {
  return index === undefined || index === treasurerIndexOf(runId) ? {} : { 'treasurer-index': index.toString() };
}

/**
 * An amount as a flag of `run-manager`, which reads display units through a 64-bit float. `isExact` says whether it would
 * send the same native units.
 */
export function cliAmount(native: bigint, decimals: number): { readonly text: string; readonly isExact: boolean } {
  const text = formatDecimal(native, decimals);
  return { text, isExact: nativeFromUi(Number(text), decimals) === native };
}

/** Put above a command that would send another amount. */
export const ROUNDING_NOTE = '# run-manager rounds this amount: its numbers are 64-bit floats';

/** The two largest units of a time. */
function timeText(seconds: bigint): string {
  const parts = [
    [seconds / 86_400n, 'd'],
    [(seconds / 3600n) % 24n, 'h'],
    [(seconds / 60n) % 60n, 'min'],
    [seconds % 60n, 's'],
  ] as const;
  const first = parts.findIndex(([value]) => value > 0n);
  return parts
    .slice(Math.max(first, 0), Math.max(first, 0) + 2)
    .filter(([value]) => value > 0n)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}
