import { Radio, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { addressError } from './address-error.ts';

/** Who may join, as chosen in a form: everyone, or one user whose address is typed. */
export type WhoMayJoinText = { readonly kind: 'anyone' | 'user'; readonly address: string };

/** Anyone is a choice with a name, not an address one has to know. With `many`, a list of users is a third. */
export function WhoMayJoinField({
  value,
  onChange,
  label = 'Who may join',
  many,
}: {
  value: WhoMayJoinText;
  onChange: (value: WhoMayJoinText) => void;
  label?: string;
  many?: { readonly isChosen: boolean; readonly onChoose: () => void; readonly field: ReactNode };
}) {
  const isMany = many?.isChosen === true;
  return (
    <div className="stack">
      <Radio.Group
        label={label}
        value={isMany ? 'many' : value.kind}
        onChange={(kind) => {
          if (kind === 'many') many?.onChoose();
          else onChange({ ...value, kind: kind === 'user' ? 'user' : 'anyone' });
        }}
      >
        <div className="stack" style={{ marginTop: 8 }}>
          <Radio
            value="anyone"
            label="Anyone"
            description={<>Every wallet may join. On chain: the user {SYSTEM_PROGRAM}</>}
          />
          <Radio value="user" label="One user" description="Only this wallet, and the delegates it names itself" />
          {many && (
            <Radio
              value="many"
              label="Many users"
              description="A list, pasted or from a file: each gets an authorization of its own"
            />
          )}
        </div>
      </Radio.Group>
      {isMany && many.field}
      {!isMany && value.kind === 'user' && (
        <TextInput
          label="Address of the user"
          description="The wallet's public address, never its key"
          placeholder="base58, 32 bytes"
          value={value.address}
          onChange={(event) => onChange({ ...value, address: event.currentTarget.value })}
          error={value.address === '' ? undefined : addressError(value.address)}
          classNames={{ input: 'mono' }}
        />
      )}
    </div>
  );
}
