import { Button, Select, TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { useMemo } from 'react';
import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { useLabels } from '#renderer/lib/labels.ts';
import { safeText } from '#core/units/safe-text.ts';
import { choicesIn, NO_FILTER, type TransactionFilter } from './filter-transactions.ts';
import classes from './transactions.module.css';

const OUTCOMES = [
  { value: '', label: 'Every result' },
  { value: 'waiting', label: 'Waits for signatures' },
  { value: 'pending', label: 'On its way' },
  { value: 'unknown', label: 'May still land' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'failed', label: 'Failed' },
  { value: 'expired', label: 'Expired' },
  { value: 'nonce-used', label: 'Nonce used' },
];

/** What of the journal is shown. Filters with one choice only are left out. */
export function TransactionFilters({
  rows,
  shown,
  filter,
  onFilter,
}: {
  rows: readonly TransactionRow[];
  shown: number;
  filter: TransactionFilter;
  onFilter: (filter: TransactionFilter) => void;
}) {
  const labels = useLabels();
  const { runIds, networks, signers } = useMemo(() => choicesIn(rows), [rows]);
  const lists = [
    {
      name: 'runId',
      label: 'Run',
      every: 'Every run',
      data: runIds.map((value) => ({ value, label: safeText(value).text })),
    },
    {
      name: 'network',
      label: 'Network',
      every: 'Every network',
      data: networks.map(({ value, label }) => ({ value, label: safeText(label).text })),
    },
    {
      name: 'signer',
      label: 'Signer',
      every: 'Every signer',
      data: signers.map((value) => ({ value, label: signerLabel(value, labels.get(value)) })),
    },
  ] as const;
  return (
    <div className={classes.filters}>
      <TextInput
        aria-label="Search transactions"
        placeholder="Search title, run, label, note, signature"
        leftSection={<Search size={14} aria-hidden />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        w={290}
      />
      <Select
        aria-label="Result"
        data={OUTCOMES}
        allowDeselect={false}
        value={filter.outcome}
        onChange={(outcome) => onFilter({ ...filter, outcome: outcome ?? '' })}
        w={180}
      />
      {lists.map(
        ({ name, label, every, data }) =>
          (data.length > 1 || filter[name] !== '') && (
            <Select
              key={name}
              aria-label={label}
              data={[{ value: '', label: every }, ...data]}
              allowDeselect={false}
              searchable={data.length > 8}
              value={filter[name]}
              onChange={(value) => onFilter({ ...filter, [name]: value ?? '' })}
              w={160}
            />
          ),
      )}
      {Object.values(filter).some((value) => value !== '') && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => onFilter(NO_FILTER)}>
          Clear
        </Button>
      )}
      <span className="muted" role="status">
        {shown === rows.length
          ? `${formatCount(rows.length)} ${rows.length === 1 ? 'transaction' : 'transactions'}`
          : `${formatCount(shown)} of ${formatCount(rows.length)} transactions`}
      </span>
    </div>
  );
}

function signerLabel(address: string, label: string | undefined): string {
  const short = `${address.slice(0, 4)}…${address.slice(-5)}`;
  return label === undefined ? short : `${safeText(label).text} (${short})`;
}
