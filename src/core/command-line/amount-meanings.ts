import type { ProgramName } from './command-specs.ts';
import type { AmountMeaning, FilledAmount } from './filled-form.ts';

const NOW = 'run-manager, and psyche-solana-client since December 2025';
const BEFORE = 'psyche-solana-client before December 2025';

/** An amount as older or newer command lines spell it: the flag that was used, and where it stood. */
export type WrittenAmount = {
  readonly text: string;
  /** Without the dashes, as it was written. */
  readonly flag: string;
  /** Absent for a subcommand pasted alone; `script` for one that gave the amount to `spl-token`, which takes tokens. */
  readonly program: ProgramName | 'script' | undefined;
};

/**
 * What a written amount stands for; absent when it is no plain decimal. Amounts and rates were whole native units before
 * December 2025, `--earning-rate` per client; they are tokens now, and the reward is shared. Source: PROTOCOL §13.
 */
export function amountOf({ text, flag, program }: WrittenAmount): FilledAmount | undefined {
  if (!/^\d{1,40}(?:\.\d{1,40})?$/.test(text)) return undefined;
  const per = flag.startsWith('slashing-rate') ? 'client' : 'all';
  const tokens: AmountMeaning = { text, unit: 'tokens', per, source: program === 'script' ? 'spl-token' : NOW };
  const isOlderFlag = flag === 'earning-rate' || flag === 'slashing-rate';
  const isClear = program === 'script' || (program === 'run-manager' && !isOlderFlag);
  // A fraction can only be tokens, and nothing is nothing in every unit.
  if (isClear || text.includes('.') || /^0+$/.test(text)) return { kind: 'clear', meaning: tokens };
  const native: AmountMeaning = {
    text,
    unit: 'native',
    per: flag === 'earning-rate' ? 'client' : per,
    source: BEFORE,
  };
  return { kind: 'two-meanings', meanings: [native, tokens] };
}
