import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isAppError } from '#core/errors/app-error.ts';
import { DEFAULT_FEE_POLICY, type FeePolicy } from '#core/networks/fee-policy.ts';
import { LAMPORTS_PER_SIGNATURE } from '#core/solana/compute-budget.ts';
import { priorityLamportsOf } from '#core/transactions/fees.ts';
import { formatSol, lamportsFromSol } from '#core/units/lamports.ts';
import { formatCount } from '#renderer/lib/durations.ts';

/** A transaction to give an example with, compute units: the right order for what this app sends. */
const EXAMPLE_UNITS = 100_000;

const KINDS = [
  { value: 'auto', label: 'Automatic, up to a cap' },
  { value: 'fixed', label: 'Always the same price' },
  { value: 'off', label: 'None' },
];

/** What a number field says when its text is none: no schema takes it. */
const NO_NUMBER = Number.NaN;

/**
 * What a network's transactions pay besides their signatures.
 *
 * @param onChange - told a policy that its schema refuses while a field is wrong
 */
export function FeeFields({
  fees,
  onChange,
  isWrong,
}: {
  fees: FeePolicy;
  onChange: (fees: FeePolicy) => void;
  isWrong: (field: string) => boolean;
}) {
  const [text, setText] = useState(() => textsOf(fees));
  function type(change: Partial<typeof text>, kind = fees.kind) {
    const next = { ...text, ...change };
    setText(next);
    onChange(policyOf(kind, next));
  }
  return (
    <div className="stack">
      <Select
        label="Priority fee"
        description={wordsFor(fees)}
        data={KINDS}
        allowDeselect={false}
        value={fees.kind}
        onChange={(value) => type({}, KIND_OF[value ?? ''] ?? 'auto')}
      />
      {fees.kind === 'auto' && (
        <div className="columns-2">
          <TextInput
            label="Cap per transaction, SOL"
            inputMode="decimal"
            value={text.cap}
            error={isWrong('capLamports') ? 'From 0 to 0.5 SOL, such as 0.0005' : undefined}
            onChange={(event) => type({ cap: event.currentTarget.value })}
            classNames={{ input: 'mono' }}
          />
          <TextInput
            label="Bid as much as, % of recent slots"
            inputMode="numeric"
            value={text.percentile}
            error={isWrong('percentile') ? 'A whole number from 1 to 100' : undefined}
            onChange={(event) => type({ percentile: event.currentTarget.value })}
            classNames={{ input: 'mono' }}
          />
        </div>
      )}
      {fees.kind === 'fixed' && (
        <TextInput
          label="Price, micro-lamports per compute unit"
          inputMode="numeric"
          value={text.price}
          error={isWrong('microLamports') ? 'A whole number, at most 357,142,857' : undefined}
          onChange={(event) => type({ price: event.currentTarget.value })}
          classNames={{ input: 'mono' }}
        />
      )}
    </div>
  );
}

const KIND_OF: Readonly<Record<string, FeePolicy['kind']>> = { auto: 'auto', fixed: 'fixed', off: 'off' };

type Texts = { readonly cap: string; readonly percentile: string; readonly price: string };

/** What is not part of a policy begins with what a new network gets. */
function textsOf(fees: FeePolicy): Texts {
  const auto = fees.kind === 'auto' ? fees : DEFAULT_FEE_POLICY;
  return {
    cap: formatSol(BigInt(auto.capLamports)),
    percentile: auto.percentile.toString(),
    price: fees.kind === 'fixed' ? fees.microLamports.toString() : '10000',
  };
}

function policyOf(kind: FeePolicy['kind'], { cap, percentile, price }: Texts): FeePolicy {
  switch (kind) {
    case 'auto':
      return { kind, percentile: wholeOf(percentile), capLamports: lamportsOf(cap) };
    case 'fixed':
      return { kind, microLamports: wholeOf(price) };
    case 'off':
      return { kind };
  }
}

function wholeOf(text: string): number {
  return /^\d{1,12}$/.test(text.trim()) ? Number(text) : NO_NUMBER;
}

function lamportsOf(sol: string): number {
  try {
    return Number(lamportsFromSol(sol.trim()));
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return NO_NUMBER;
  }
}

/** What it costs, in plain words. */
function wordsFor(fees: FeePolicy): string {
  const signature = `${formatSol(LAMPORTS_PER_SIGNATURE)} SOL for each signature`;
  switch (fees.kind) {
    case 'auto':
      return Number.isSafeInteger(fees.capLamports)
        ? `A transaction costs ${signature}, and what others bid for the same accounts: at most ${formatSol(BigInt(fees.capLamports))} SOL more`
        : `A transaction costs ${signature}, and what others bid for the same accounts`;
    case 'fixed':
      return Number.isSafeInteger(fees.microLamports)
        ? `A transaction costs ${signature}; one with a limit of ${formatCount(EXAMPLE_UNITS)} compute units ${formatSol(exampleOf(fees.microLamports))} SOL more`
        : `A transaction costs ${signature}, and this price for each compute unit of its limit`;
    case 'off':
      return `A transaction costs ${signature}. On a busy network it may wait, or lapse and have to be signed again`;
  }
}

function exampleOf(microLamports: number): bigint {
  return priorityLamportsOf({ unitLimit: EXAMPLE_UNITS, microLamports: BigInt(microLamports) });
}
