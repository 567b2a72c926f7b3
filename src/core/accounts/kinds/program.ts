import type { AccountKind } from '../account-kind.ts';
import { readPackedFields, type PackedField } from '../packed-fields.ts';
import { nodeLine } from '../summary.ts';

/** Bytes of a program whose code lies in another account. Source: Solana SDK, `UpgradeableLoaderState::size_of_program`. */
const UPGRADEABLE_PROGRAM_BYTES = 36;

const FIELDS: readonly PackedField[] = [
  { name: 'loader_state', leaf: { kind: 'u32' } },
  { name: 'program_data', leaf: { kind: 'pubkey' } },
];

/** An executable account. One of the upgradeable loader names the account that holds its code. */
export const program: AccountKind = {
  name: 'program',

  recognise: ({ executable }) => executable,

  decode: (data) => (data.length === UPGRADEABLE_PROGRAM_BYTES ? readPackedFields(FIELDS, data) : []),

  describe(data) {
    if (data.length !== UPGRADEABLE_PROGRAM_BYTES) return { title: 'Program', summary: [] };
    return {
      title: 'Program, upgradeable',
      summary: [nodeLine('Code and upgrade authority in', readPackedFields(FIELDS, data), 'program_data')],
    };
  },
};
