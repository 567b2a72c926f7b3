import { Radio } from '@mantine/core';
import type { AmountMeaning, FilledAmount } from '#core/command-line/filled-form.ts';
import type { SharingClients } from '#core/rewards/treasury-view.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { sharingWords } from '#renderer/lib/reward-words.ts';
import { amountWords, readAmount } from '#renderer/lib/token-amount.ts';
import { Notice } from '#renderer/ui/notice.tsx';

/** Of the mint; absent for points. `sharing` for a reward, which older commands gave per client. */
type Unit = { readonly decimals: number | undefined; readonly sharing?: SharingClients };

/** What a form starts with: the amount when it is clear, nothing while it has two meanings. */
export function clearText(filled: FilledAmount | undefined): string | undefined {
  return filled?.kind === 'clear' ? filled.meaning.text : undefined;
}

/** Whether a form has to ask what a pasted amount means. */
export function isUndecided(filled: FilledAmount | undefined): boolean {
  return filled?.kind === 'two-meanings';
}

/** What a meaning is in the field of a form: display units, shared where the field is. Exact. */
export function textOfMeaning({ text, unit, per }: AmountMeaning, { decimals = 0, sharing }: Unit): string {
  if (unit === 'tokens') return text;
  const times = per === 'client' && sharing ? BigInt(sharing.count) : 1n;
  return formatDecimal(BigInt(text) * times, decimals);
}

/**
 * Asks what a pasted amount means, because the same line has moved amounts that differ by powers of ten. Nothing is chosen
 * beforehand.
 */
export function MeaningChoice({
  label,
  filled,
  unit,
  chosen,
  onChoose,
}: {
  /** “Reward per epoch”. */
  label: string;
  filled: FilledAmount | undefined;
  unit: Unit;
  /** Text of the field when it came from here. */
  chosen: string | undefined;
  onChoose: (text: string) => void;
}) {
  if (filled?.kind !== 'two-meanings') return null;
  const texts = filled.meanings.map((meaning) => textOfMeaning(meaning, unit));
  const position = chosen === undefined ? -1 : texts.indexOf(chosen);
  return (
    <Notice tone="warn" title={`${label}: the pasted number has had two meanings`}>
      <Radio.Group
        label="Which one is meant?"
        value={position === -1 ? '' : String(position)}
        onChange={(value) => onChoose(texts[Number(value)] ?? '')}
      >
        <div className="stack" style={{ marginTop: 8 }}>
          {filled.meanings.map((meaning, index) => (
            <Radio
              key={meaning.source}
              value={String(index)}
              label={meaningWords(meaning, unit)}
              description={`As ${meaning.source} read it`}
            />
          ))}
        </div>
      </Radio.Group>
    </Notice>
  );
}

/** Both sides of an amount: what was written and what it comes to. */
function meaningWords(meaning: AmountMeaning, unit: Unit): string {
  const { decimals, sharing } = unit;
  const share = meaning.per === 'client' ? ' for each client' : sharing ? ' shared by all clients' : '';
  if (meaning.unit === 'tokens') {
    const reading = readAmount(meaning.text, decimals ?? 0);
    const native =
      reading.kind === 'amount' && decimals !== undefined ? ` (${formatCount(reading.native)} native units)` : '';
    const words = reading.kind === 'amount' ? amountWords(reading.native, decimals) : `${meaning.text} tokens`;
    return `${words}${native}${share}`;
  }
  const each = amountWords(BigInt(meaning.text), decimals);
  const native = decimals === undefined ? '' : ` (${formatCount(BigInt(meaning.text))} native units)`;
  if (meaning.per !== 'client' || !sharing) return `${each}${native}${share}`;
  const total = amountWords(BigInt(meaning.text) * BigInt(sharing.count), decimals);
  return `${each}${native}${share}: ${total} for ${sharingWords(sharing)}`;
}
