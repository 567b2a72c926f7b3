import { Radio, TextInput } from '@mantine/core';
import { addressError } from './address-error.ts';

/** Who may join, as chosen in a form: everyone, or one user whose address is typed. */
export type WhoMayJoinText = { readonly kind: 'anyone' | 'user'; readonly address: string };

/** The address that stands for everyone. Source: PROTOCOL §1, system program. */
const EVERYONE = '11111111111111111111111111111111';

/** Anyone is a choice with a name, not an address one has to know. */
export function WhoMayJoinField({
  value,
  onChange,
}: {
  value: WhoMayJoinText;
  onChange: (value: WhoMayJoinText) => void;
}) {
  return (
    <div className="stack">
      <Radio.Group
        label="Who may join"
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind === 'user' ? 'user' : 'anyone' })}
      >
        <div className="stack" style={{ marginTop: 8 }}>
          <Radio
            value="anyone"
            label="Anyone"
            description={<>Every wallet may join. On chain: the user {EVERYONE}</>}
          />
          <Radio value="user" label="One user" description="Only this wallet, and the delegates it names itself" />
        </div>
      </Radio.Group>
      {value.kind === 'user' && (
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
