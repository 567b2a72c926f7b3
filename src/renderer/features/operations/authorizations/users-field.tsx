import { Button, Checkbox, Input } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { jumpTo, TextEditor } from '#renderer/ui/text-editor.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { FindingsList } from './findings-list.tsx';
import { keepNoSecrets, type ListedUser, type ListedUsers } from '#core/authorizations/parse-users.ts';

/** A list of users as it was typed. */
export type UsersText = {
  readonly text: string;
  /** Lines that cannot be taken are left out, because the operator said so. */
  readonly leavesOut: boolean;
  /** Secret keys that were taken out of what was pasted. */
  readonly dropped: number;
};

/** An empty list. */
export const NO_USERS: UsersText = { text: '', leavesOut: false, dropped: 0 };

const ROW_HEIGHT = 34;
const MOST_ROWS_SHOWN = 8;

/** Many users: typed, pasted or from a file, with what is wrong by line. The text stays as it was typed. */
export function UsersField({
  label,
  noun = 'user',
  value,
  onChange,
  reading,
}: {
  label: string;
  /** What one line names. */
  noun?: 'user' | 'key';
  value: UsersText;
  onChange: (value: UsersText) => void;
  /** The text, read. */
  reading: ListedUsers;
}) {
  const client = useClient();
  const frame = useRef<HTMLDivElement>(null);
  function take(raw: string) {
    const { text, dropped } = keepNoSecrets(raw);
    onChange({ text, leavesOut: false, dropped: value.dropped + dropped });
  }
  const open = useMutation({
    mutationFn: () => client.authorizations.openUsers({}),
    onSuccess: (answer) => answer.kind === 'opened' && take(joined(value.text, answer.text)),
  });
  const bad = reading.findings.filter(({ level }) => level === 'bad').length;
  return (
    <div className="stack" ref={frame}>
      <Input.Label labelElement="div">{label}</Input.Label>
      <div className="row">
        <Button variant="default" size="xs" loading={open.isPending} onClick={() => open.mutate()}>
          {value.text.trim() === '' ? 'Open file' : 'Add from file'}
        </Button>
        <span className="muted small">or paste below: one {noun} per line, a label beside the address if you like</span>
      </div>
      {open.error && <Failure error={open.error} title="The file could not be opened" />}
      <TextEditor
        label={label}
        value={value.text}
        onChange={take}
        marks={reading.findings.map(({ line, level, message }) => ({ line, level, message }))}
        rows={8}
      />
      <p role="status" aria-label="Result of reading the list" className={bad > 0 && !value.leavesOut ? 'bad' : ''}>
        {summaryOf(reading, bad, noun)}
      </p>
      {value.dropped > 0 && (
        <Notice tone="warn" title="A secret key was in what you pasted">
          It was taken out and kept nowhere. Only public addresses belong here; whoever else saw that text can use the
          key.
        </Notice>
      )}
      {bad > 0 && (
        <Checkbox
          label={
            bad === 1 ? 'Leave out the line that cannot be read' : `Leave out the ${bad} lines that cannot be read`
          }
          checked={value.leavesOut}
          onChange={(event) => onChange({ ...value, leavesOut: event.currentTarget.checked })}
        />
      )}
      <FindingsList
        findings={reading.findings}
        onGo={(line) => {
          const area = frame.current?.querySelector('textarea');
          if (area) jumpTo(area, line, 1);
        }}
      />
      {reading.users.length > 0 && (
        <Fold
          title={
            reading.users.length === 1 ? `The ${noun} in full` : `All ${formatCount(reading.users.length)} in full`
          }
        >
          <VirtualTable
            label={label}
            columns={COLUMNS}
            rows={reading.users}
            rowKey={({ address }) => address}
            rowHeight={ROW_HEIGHT}
            height={Math.min(MOST_ROWS_SHOWN, reading.users.length) * ROW_HEIGHT}
          />
        </Fold>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<ListedUser>[] = [
  { id: 'line', title: 'Line', width: '40px', align: 'end', cell: ({ line }) => line },
  {
    id: 'address',
    title: 'Address',
    width: 'minmax(430px, 3fr)',
    cell: ({ address }) => <FullAddress address={address} />,
  },
  {
    id: 'label',
    title: 'Label',
    width: 'minmax(90px, 1fr)',
    cell: ({ label }) => <Said text={label} empty="none" />,
  },
];

function joined(before: string, added: string): string {
  return before.trim() === '' ? added : `${before.replace(/\s+$/, '')}\n${added}`;
}

function summaryOf({ users, duplicates }: ListedUsers, bad: number, noun: string): string {
  const parts = [
    users.length === 1 ? `1 ${noun}` : `${formatCount(users.length)} ${noun}s`,
    ...(bad > 0 ? [bad === 1 ? '1 line cannot be read' : `${bad} lines cannot be read`] : []),
    ...(duplicates > 0 ? [duplicates === 1 ? '1 repeated, counted once' : `${duplicates} repeated, counted once`] : []),
  ];
  return parts.join(' · ');
}
