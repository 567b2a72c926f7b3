import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountKind } from '../account-kind.ts';
import { readPackedFields, type PackedField } from '../packed-fields.ts';
import { nodeLine } from '../summary.ts';

/** Bytes of a classic SPL token account. Source: SPL Token, `Account::LEN`. */
const TOKEN_ACCOUNT_BYTES = 165;

const FIELDS: readonly PackedField[] = [
  { name: 'mint', leaf: { kind: 'pubkey' } },
  { name: 'owner', leaf: { kind: 'pubkey' } },
  { name: 'amount', leaf: { kind: 'u64' } },
  { name: 'delegate', leaf: { kind: 'pubkey' }, coption: true },
  { name: 'state', leaf: { kind: 'u8' } },
  { name: 'is_native', leaf: { kind: 'u64' }, coption: true },
  { name: 'delegated_amount', leaf: { kind: 'u64' } },
  { name: 'close_authority', leaf: { kind: 'pubkey' }, coption: true },
];

/** A classic SPL token account. Source: SPL Token, `state::Account`; state 0 uninitialized, 1 initialized, 2 frozen. */
export const tokenAccount: AccountKind = {
  name: 'token-account',

  recognise: ({ owner, data }) => owner === TOKEN_PROGRAM && data.length === TOKEN_ACCOUNT_BYTES,

  decode: (data) => readPackedFields(FIELDS, data),

  describe(data) {
    const fields = readPackedFields(FIELDS, data);
    const isFrozen = fields.some(({ name, value }) => name === 'state' && value === 2);
    return {
      title: isFrozen ? 'Token account, frozen' : 'Token account',
      summary: [
        nodeLine('Amount, native units', fields, 'amount'),
        nodeLine('Mint', fields, 'mint'),
        nodeLine('Owner', fields, 'owner'),
        nodeLine('Delegate', fields, 'delegate'),
      ],
    };
  },
};
