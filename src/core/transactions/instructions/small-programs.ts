import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import type { Address } from '#core/solana/address.ts';
import { RENT_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { createFieldReader } from './field-reader.ts';
import {
  brief,
  debit,
  destination,
  type GivenAccount,
  type InstructionFlag,
  type InstructionReading,
  present,
  type ReadingContext,
  role,
  typed,
} from './instruction-reading.ts';
import { type AccountAt, type InstructionShape, type ProgramShape, readByShape, understood } from './read-by-shape.ts';
import { maxRentLamports, TOKEN_ACCOUNT_BYTES } from './rent-ceiling.ts';

/** Compute Budget. Source: Agave, `ComputeBudgetInstruction`. Tag 0 is out of use and the runtime refuses it. */
export const computeBudgetProgram: ProgramShape = {
  name: 'Compute Budget program',
  tagBytes: 1,
  instructions: new Map([
    setting(1, 'RequestHeapFrame', 'Heap in bytes', 'bytes', 'bytes of heap'),
    setting(2, 'SetComputeUnitLimit', 'Compute units', 'units', 'compute units'),
    [
      3,
      {
        name: 'SetComputeUnitPrice',
        roles: [],
        read(data) {
          const price = data.u64('Micro-lamports per compute unit', 'micro_lamports');
          return { title: `Bid ${price} micro-lamports per compute unit` };
        },
      },
    ],
    setting(4, 'SetLoadedAccountsDataSizeLimit', 'Loaded data in bytes', 'bytes', 'bytes of loaded accounts'),
  ]),
};

const CREATE_ROLES = [
  role('payer', 'sw'),
  role('associated_account', 'w'),
  role('owner'),
  role('mint'),
  role('system_program', '', { constant: SYSTEM_PROGRAM }),
  role('token_program', '', { constant: TOKEN_PROGRAM }),
  role('rent_sysvar', '', { constant: RENT_SYSVAR, isOptional: true }),
];

/** Associated Token Account program. Source: `spl-associated-token-account` 7, `AssociatedTokenAccountInstruction`. */
const associatedTokenShape: ProgramShape = {
  name: 'Associated Token Account program',
  tagBytes: 1,
  instructions: new Map([
    [0, { name: 'Create', roles: CREATE_ROLES, read: (_data, at) => createAssociated(at, '') }],
    [
      1,
      {
        name: 'CreateIdempotent',
        roles: CREATE_ROLES,
        read: (_data, at) => createAssociated(at, ', if it is missing'),
      },
    ],
    [
      2,
      {
        name: 'RecoverNested',
        roles: [
          role('nested_account', 'w'),
          role('nested_mint'),
          role('destination', 'w'),
          role('owner_account'),
          role('owner_mint'),
          role('wallet', 'sw'),
          role('token_program', '', { constant: TOKEN_PROGRAM }),
        ],
        read: (_data, at) => ({
          title: `Move all tokens of ${brief(at(0))} to ${brief(at(2))} and close it`,
          destinations: present(destination(at(2), 'receives all tokens of the closed account')),
          flags: derivedFlags(at(2), at(5), at(1)),
        }),
      },
    ],
  ]),
};

/** Reads an associated-token instruction. No data at all means `Create`. */
export function readAssociatedToken(
  data: Uint8Array,
  accounts: readonly GivenAccount[],
  context: ReadingContext,
): InstructionReading {
  return readByShape(associatedTokenShape, data.length === 0 ? Uint8Array.of(0) : data, accounts, context);
}

/** Reads a memo: the data is text, every account must sign it. */
export function readMemo(data: Uint8Array, context: ReadingContext): InstructionReading {
  const fields = createFieldReader('Memo program', data, 0, context.noteFor);
  const text = fields.restAsText('Text', 'text');
  return understood('Memo program', { name: 'Memo', roles: [role('signer', 's', { isRest: true })] }, fields.fields, {
    title: `Note “${text}”`,
  });
}

function setting(tag: number, name: string, label: string, path: string, unit: string): [number, InstructionShape] {
  return [tag, { name, roles: [], read: (data) => ({ title: `Allow ${data.u32(label, path)} ${unit}` }) }];
}

function createAssociated(at: AccountAt, condition: string) {
  const rent = debit(at(0), at(0), maxRentLamports(TOKEN_ACCOUNT_BYTES), 'rent of a token account');
  return {
    title: `Open the token account of ${brief(at(2))} for the mint ${brief(at(3))}${condition}`,
    debits: present(rent),
    destinations: present(destination(at(1), 'token account'), destination(at(2), 'owns the token account')),
    flags: derivedFlags(at(1), at(2), at(3)),
  };
}

function derivedFlags(
  account: Address | undefined,
  owner: Address | undefined,
  mint: Address | undefined,
): InstructionFlag[] {
  if (account === undefined || owner === undefined || mint === undefined) return [];
  if (associatedTokenAddress(owner, mint).address === account) return [];
  return [typed('accounts/derived-mismatch', `${account} is not the token account that ${owner} has for ${mint}`)];
}
