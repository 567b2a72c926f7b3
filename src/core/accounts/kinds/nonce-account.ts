import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { AppError } from '#core/errors/app-error.ts';
import { NONCE_ACCOUNT_BYTES } from '#core/nonces/nonce-account.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import type { AccountKind } from '../account-kind.ts';
import { readPackedFields, type PackedField } from '../packed-fields.ts';
import { nodeLine, textLine } from '../summary.ts';

const FIELDS: readonly PackedField[] = [
  { name: 'version', leaf: { kind: 'u32' } },
  { name: 'state', leaf: { kind: 'u32' } },
  { name: 'authority', leaf: { kind: 'pubkey' } },
  { name: 'durable_nonce', leaf: { kind: 'byteArray', length: 32 }, type: 'Hash' },
  { name: 'lamports_per_signature', leaf: { kind: 'u64' } },
];

/** A durable nonce account. Source: Solana SDK, `nonce::state::Versions`; version 0 legacy, 1 current. */
export const nonceAccount: AccountKind = {
  name: 'nonce-account',

  recognise: ({ owner, data }) => owner === SYSTEM_PROGRAM && data.length === NONCE_ACCOUNT_BYTES,

  decode,

  describe(data) {
    const fields = decode(data);
    if (fields.length === 2) return { title: 'Nonce account, not initialized', summary: [] };
    return {
      title: 'Nonce account',
      summary: [
        textLine('Layout', fields.some(({ name, value }) => name === 'version' && value === 0) ? 'legacy' : 'current'),
        nodeLine('Authority', fields, 'authority'),
        nodeLine('Nonce', fields, 'durable_nonce'),
        nodeLine('Lamports per signature', fields, 'lamports_per_signature'),
      ],
    };
  },
};

/** An uninitialized account has only version and state. */
function decode(data: Uint8Array): readonly FieldNode[] {
  const fields = readPackedFields(FIELDS, data);
  const [version, state] = fields.map(({ value }) => value);
  if ((version !== 0 && version !== 1) || (state !== 0 && state !== 1)) {
    throw new AppError('account/malformed', { kind: 'nonce account', reason: 'unknown version or state' });
  }
  return state === 1 ? fields : fields.slice(0, 2);
}
