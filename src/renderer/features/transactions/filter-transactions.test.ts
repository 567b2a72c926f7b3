import { describe, expect, test } from 'vitest';
import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { choicesIn, filterTransactions, NEWEST_FIRST, NO_FILTER } from './filter-transactions.ts';

const row = (id: string, parts: Partial<TransactionRow> = {}): TransactionRow => ({
  id,
  title: 'Top up the treasury',
  signature: `5Sig${id}`,
  messageHash: `Hash${id}`,
  genesisHash: 'genesis a',
  networkName: 'Devnet',
  feePayer: someAddress(1),
  feeLamports: 5000n,
  startedAt: 1,
  signers: [someAddress(1)],
  missing: [],
  label: '',
  note: '',
  ...parts,
});

const ROWS = [
  row('1', { runId: 'atlas-7', startedAt: 10, outcome: { kind: 'confirmed', slot: 1n, signature: 's' } }),
  row('2', { title: 'Pause run', runId: 'nova', startedAt: 20, label: 'Invoice 7', note: 'asked by Ines\non Monday' }),
  row('3', {
    startedAt: 30,
    outcome: { kind: 'expired' },
    feeLamports: 2n ** 60n,
    signers: [someAddress(1), someAddress(2)],
  }),
  row('4', { startedAt: 40, outcome: { kind: 'failed', slot: 2n }, genesisHash: 'genesis b' }),
];

const shown = (filter: Partial<typeof NO_FILTER>, sorting = NEWEST_FIRST) =>
  filterTransactions(ROWS, { ...NO_FILTER, ...filter }, sorting).map(({ id }) => id);

describe('the list of transactions', () => {
  test('opens with the newest first', () => {
    expect(shown({})).toEqual(['4', '3', '2', '1']);
  });

  test.each([
    ['a title', { text: 'pause' }, ['2']],
    ['a run', { text: 'ATLAS' }, ['1']],
    ['a label', { text: 'invoice' }, ['2']],
    ['words of a note, in any order', { text: 'monday ines' }, ['2']],
    ['the beginning of a signature', { text: '5sig3' }, ['3']],
    ['the beginning of a message hash', { text: 'Hash4' }, ['4']],
    ['nothing by the middle of a signature', { text: 'ig3' }, []],
    ['those on their way', { outcome: 'pending' }, ['2']],
    ['none that waits for signatures among those on their way', { outcome: 'waiting' }, []],
    ['those that expired', { outcome: 'expired' }, ['3']],
    ['one run', { runId: 'nova' }, ['2']],
    ['one network', { network: 'genesis b' }, ['4']],
    ['a co-signer', { signer: someAddress(2) }, ['3']],
    ['what fits everything at once', { outcome: 'confirmed', runId: 'atlas-7', text: 'top' }, ['1']],
  ] as const)('finds %s', (_what, filter, ids) => {
    expect(shown(filter)).toEqual(ids);
  });

  test('sorts by what a column holds, exactly, and leaves equals newest first', () => {
    expect(shown({}, { column: 'fee', descending: true })).toEqual(['3', '4', '2', '1']);
    expect(shown({}, { column: 'outcome', descending: false })).toEqual(['2', '4', '3', '1']);
    expect(shown({}, { column: 'run', descending: false })).toEqual(['1', '2', '4', '3']);
  });

  test('puts what waits for signatures first, apart from what is on its way', () => {
    const rows = [...ROWS, row('5', { startedAt: 5, missing: [someAddress(1)] })];
    const ids = (outcome: string) => filterTransactions(rows, { ...NO_FILTER, outcome }).map(({ id }) => id);
    expect(ids('waiting')).toEqual(['5']);
    expect(ids('pending')).toEqual(['2']);
    const [first] = filterTransactions(rows, NO_FILTER, { column: 'outcome', descending: false });
    expect(first?.id).toBe('5');
  });

  test('offers to choose only from what occurs, and tells networks of one name apart', () => {
    expect(choicesIn(ROWS)).toEqual({
      runIds: ['atlas-7', 'nova'],
      networks: [
        { value: 'genesis a', label: 'Devnet (genesi…)' },
        { value: 'genesis b', label: 'Devnet (genesi…)' },
      ],
      signers: [someAddress(1), someAddress(2)].toSorted(),
    });
  });
});
