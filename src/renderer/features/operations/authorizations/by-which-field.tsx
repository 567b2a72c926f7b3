import { Radio, TextInput } from '@mantine/core';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Address } from '#core/solana/address.ts';
import { addressError } from '../address-error.ts';
import { addressOrNone } from './listing.ts';

/** By whose authorization a key comes in: everyone's, its own, or that of a user who named it a delegate. */
export type ByWhich = { readonly kind: 'anyone' | 'own' | 'other'; readonly address: string };

/** What a grantee that is known beforehand means for a key. */
export function byWhichOf(grantee: string | undefined, user: string): ByWhich {
  if (grantee === undefined || grantee === '' || grantee === SYSTEM_PROGRAM) return { kind: 'anyone', address: '' };
  return grantee === user || user === '' ? { kind: 'own', address: '' } : { kind: 'other', address: grantee };
}

/** The grantee to ask about; `anyone` is the system program. Nothing while its address is being typed. */
export function granteeOf({ kind, address }: ByWhich, user: Address): Address | undefined {
  if (kind === 'anyone') return SYSTEM_PROGRAM;
  return kind === 'own' ? user : addressOrNone(address);
}

/** Chooses by whose authorization a key comes in. */
export function ByWhichField({ value, onChange }: { value: ByWhich; onChange: (value: ByWhich) => void }) {
  return (
    <div className="stack">
      <Radio.Group
        label="By which authorization"
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind === 'own' || kind === 'other' ? kind : 'anyone' })}
      >
        <div className="stack" style={{ marginTop: 8 }}>
          <Radio value="anyone" label="Everyone’s" description="The one that lets any wallet in" />
          <Radio value="own" label="Its own" description="The join authority gave it to this key" />
          <Radio value="other" label="Another user’s" description="That user named this key a delegate" />
        </div>
      </Radio.Group>
      {value.kind === 'other' && (
        <TextInput
          label="Address of that user"
          description="The grantee; the client calls it AUTHORIZER"
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
