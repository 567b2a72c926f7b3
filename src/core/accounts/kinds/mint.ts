import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountKind } from '../account-kind.ts';
import { readPackedFields, type PackedField } from '../packed-fields.ts';
import { nodeLine } from '../summary.ts';

/** Bytes of a classic SPL mint. Source: SPL Token, `Mint::LEN`. */
const MINT_BYTES = 82;

const FIELDS: readonly PackedField[] = [
  { name: 'mint_authority', leaf: { kind: 'pubkey' }, coption: true },
  { name: 'supply', leaf: { kind: 'u64' } },
  { name: 'decimals', leaf: { kind: 'u8' } },
  { name: 'is_initialized', leaf: { kind: 'bool' } },
  { name: 'freeze_authority', leaf: { kind: 'pubkey' }, coption: true },
];

/** A classic SPL token mint. Source: SPL Token, `state::Mint`. */
export const mint: AccountKind = {
  name: 'mint',

  recognise: ({ owner, data }) => owner === TOKEN_PROGRAM && data.length === MINT_BYTES,

  decode: (data) => readPackedFields(FIELDS, data),

  describe(data) {
    const fields = readPackedFields(FIELDS, data);
    return {
      title: 'Token mint',
      summary: [
        nodeLine('Supply, native units', fields, 'supply'),
        nodeLine('Decimals', fields, 'decimals'),
        nodeLine('Mint authority', fields, 'mint_authority'),
        nodeLine('Freeze authority', fields, 'freeze_authority'),
      ],
    };
  },
};
