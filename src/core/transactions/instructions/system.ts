import type { Address } from '#core/solana/address.ts';
import { RECENT_BLOCKHASHES_SYSVAR, RENT_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import {
  brief,
  debit,
  destination,
  type InstructionFlag,
  present,
  type ReadingContext,
  role,
  typed,
} from './instruction-reading.ts';
import type { InstructionShape, ProgramShape } from './read-by-shape.ts';

const BLOCKHASHES = role('recent_blockhashes_sysvar', '', { constant: RECENT_BLOCKHASHES_SYSVAR });
const RENT = role('rent_sysvar', '', { constant: RENT_SYSVAR });
const inSol = (lamports: bigint) => `${formatSol(lamports)} SOL`;

const shapes: readonly (readonly [number, InstructionShape])[] = [
  [
    0,
    {
      name: 'CreateAccount',
      roles: [role('from', 'sw'), role('new_account', 'sw')],
      read(data, at, context) {
        const lamports = data.u64('Amount', 'lamports', inSol);
        const space = data.u64('Size in bytes', 'space');
        const owner = data.address('Owner program', 'owner');
        return {
          title: createTitle(lamports, space, at(1)),
          debits: present(debit(at(0), at(0), lamports, `new account ${at(1) ?? ''}`.trim())),
          destinations: present(destination(at(1), `new account with ${inSol(lamports)}`)),
          flags: [...ownAccountFlags(at(1), 'create', context), ...ownerFlags(owner, context)],
        };
      },
    },
  ],
  [
    1,
    {
      name: 'Assign',
      roles: [role('account', 'sw')],
      read(data, at) {
        const owner = data.address('New owner program', 'owner');
        return {
          title: `Hand ${brief(at(0))} over to the program ${brief(owner)}`,
          destinations: [{ address: owner, why: 'becomes the owner of an account' }],
          flags: [assignFlag('system/assign', at(0), owner)],
        };
      },
    },
  ],
  [
    2,
    {
      name: 'Transfer',
      roles: [role('from', 'sw'), role('to', 'w')],
      read(data, at) {
        const lamports = data.u64('Amount', 'lamports', inSol);
        return {
          title: `Send ${inSol(lamports)} to ${brief(at(1))}`,
          debits: present(debit(at(0), at(0), lamports, `sent to ${at(1) ?? ''}`.trim())),
          destinations: present(destination(at(1), `receives ${inSol(lamports)}`)),
        };
      },
    },
  ],
  [
    3,
    {
      name: 'CreateAccountWithSeed',
      roles: [role('from', 'sw'), role('new_account', 'w'), role('base', 's', { isOptional: true })],
      read(data, at, context) {
        data.address('Base', 'base');
        data.seed('Seed', 'seed');
        const lamports = data.u64('Amount', 'lamports', inSol);
        const space = data.u64('Size in bytes', 'space');
        const owner = data.address('Owner program', 'owner');
        return {
          title: createTitle(lamports, space, at(1)),
          debits: present(debit(at(0), at(0), lamports, `new account ${at(1) ?? ''}`.trim())),
          destinations: present(destination(at(1), `new account with ${inSol(lamports)}`)),
          flags: [...ownAccountFlags(at(1), 'create', context), ...ownerFlags(owner, context)],
        };
      },
    },
  ],
  [
    4,
    {
      name: 'AdvanceNonceAccount',
      roles: [role('nonce_account', 'w'), BLOCKHASHES, role('nonce_authority', 's')],
      read: (_data, at) => ({ title: `Use up the nonce of ${brief(at(0))}` }),
    },
  ],
  [
    5,
    {
      name: 'WithdrawNonceAccount',
      roles: [role('nonce_account', 'w'), role('to', 'w'), BLOCKHASHES, RENT, role('nonce_authority', 's')],
      read(data, at) {
        const lamports = data.u64('Amount', 'lamports', inSol);
        return {
          title: `Take ${inSol(lamports)} out of the nonce account ${brief(at(0))}`,
          debits: present(debit(at(0), at(4), lamports, `withdrawn to ${at(1) ?? ''}`.trim())),
          destinations: present(destination(at(1), `receives ${inSol(lamports)}`)),
          flags: [typed('nonce/withdraw', 'Takes SOL out of a nonce account; if it takes all, the nonce is gone')],
        };
      },
    },
  ],
  [
    6,
    {
      name: 'InitializeNonceAccount',
      roles: [role('nonce_account', 'w'), BLOCKHASHES, RENT],
      read(data, at) {
        const authority = data.address('Nonce authority', 'authority');
        return {
          title: `Make ${brief(at(0))} a nonce account of ${brief(authority)}`,
          destinations: [{ address: authority, why: 'controls the nonce account' }],
        };
      },
    },
  ],
  [
    7,
    {
      name: 'AuthorizeNonceAccount',
      roles: [role('nonce_account', 'w'), role('nonce_authority', 's')],
      read(data, at) {
        const authority = data.address('New nonce authority', 'new_authority');
        return {
          title: `Hand the nonce account ${brief(at(0))} over to ${brief(authority)}`,
          destinations: [{ address: authority, why: 'controls the nonce account from then on' }],
          flags: [typed('nonce/authorize', `${authority} will control the nonce account ${at(0) ?? ''}`.trim())],
        };
      },
    },
  ],
  [
    8,
    {
      name: 'Allocate',
      roles: [role('account', 'sw')],
      read(data, at, context) {
        const space = data.u64('Size in bytes', 'space');
        return {
          title: `Give ${brief(at(0))} ${space} bytes of data`,
          flags: ownAccountFlags(at(0), 'allocate', context),
        };
      },
    },
  ],
  [
    9,
    {
      name: 'AllocateWithSeed',
      roles: [role('account', 'w'), role('base', 's')],
      read(data, at, context) {
        data.address('Base', 'base');
        data.seed('Seed', 'seed');
        const space = data.u64('Size in bytes', 'space');
        const owner = data.address('Owner program', 'owner');
        return {
          title: `Give ${brief(at(0))} ${space} bytes of data`,
          flags: [...ownAccountFlags(at(0), 'allocate', context), ...ownerFlags(owner, context)],
        };
      },
    },
  ],
  [
    10,
    {
      name: 'AssignWithSeed',
      roles: [role('account', 'w'), role('base', 's')],
      read(data, at) {
        data.address('Base', 'base');
        data.seed('Seed', 'seed');
        const owner = data.address('New owner program', 'owner');
        return {
          title: `Hand ${brief(at(0))} over to the program ${brief(owner)}`,
          destinations: [{ address: owner, why: 'becomes the owner of an account' }],
          flags: [assignFlag('system/assign-with-seed', at(0), owner)],
        };
      },
    },
  ],
  [
    11,
    {
      name: 'TransferWithSeed',
      roles: [role('from', 'w'), role('base', 's'), role('to', 'w')],
      read(data, at) {
        const lamports = data.u64('Amount', 'lamports', inSol);
        data.seed('Seed', 'from_seed');
        data.address('Owner program of the source', 'from_owner');
        return {
          title: `Send ${inSol(lamports)} to ${brief(at(2))}`,
          debits: present(debit(at(0), at(1), lamports, `sent to ${at(2) ?? ''}`.trim())),
          destinations: present(destination(at(2), `receives ${inSol(lamports)}`)),
        };
      },
    },
  ],
  [
    12,
    {
      name: 'UpgradeNonceAccount',
      roles: [role('nonce_account', 'w')],
      read: (_data, at) => ({
        title: `Upgrade the nonce account ${brief(at(0))}`,
        flags: [typed('nonce/upgrade', 'Changes the form of a nonce account and with it its value')],
      }),
    },
  ],
];

/** The System program. Source: `solana-system-interface`, `SystemInstruction` in declaration order, bincode. */
export const systemProgram: ProgramShape = {
  name: 'System program',
  tagBytes: 4,
  instructions: new Map(shapes),
};

function createTitle(lamports: bigint, space: bigint, account: Address | undefined): string {
  return space === 0n
    ? `Create the account ${brief(account)} with ${inSol(lamports)}`
    : `Lock ${inSol(lamports)} for storage`;
}

function assignFlag(code: string, account: Address | undefined, owner: Address): InstructionFlag {
  return typed(code, `The program ${owner} will own ${account ?? 'an account'} and everything in it`);
}

function ownAccountFlags(
  account: Address | undefined,
  action: 'create' | 'allocate',
  { own }: ReadingContext,
): InstructionFlag[] {
  if (account === undefined || !own.has(account)) return [];
  return [typed(`system/${action}-own`, `Turns your account ${account} into a data account; it could no longer pay`)];
}

/** An account may be made for the programs this app reads; any other owner is somebody else's. */
function ownerFlags(owner: Address, { programs }: ReadingContext): InstructionFlag[] {
  const { coordinator, treasurer, authorizer } = programs;
  if ([SYSTEM_PROGRAM, TOKEN_PROGRAM, coordinator, treasurer, authorizer].includes(owner)) return [];
  return [
    typed('system/foreign-owner', `The account will belong to the program ${owner}, which this app does not know`),
  ];
}
