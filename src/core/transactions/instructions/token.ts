import { RENT_SYSVAR } from '#core/solana/program-ids.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { brief, destination, type Meaning, present, role, type TokenDebit, typed } from './instruction-reading.ts';
import type { FieldReader } from './field-reader.ts';
import type { AccountAt, InstructionShape, ProgramShape } from './read-by-shape.ts';

const RENT = role('rent_sysvar', '', { constant: RENT_SYSVAR });
const CO_SIGNERS = role('co_signer', 's', { isRest: true });
const AUTHORITY_TYPES = ['minting tokens', 'freezing accounts', 'owning the account', 'closing the account'];

type Move = { readonly amount: bigint; readonly decimals?: number; readonly text: string };

const shapes: readonly (readonly [number, InstructionShape])[] = [
  [0, initializeMint('InitializeMint', [role('mint', 'w'), RENT])],
  [
    1,
    {
      name: 'InitializeAccount',
      roles: [role('account', 'w'), role('mint'), role('owner'), RENT],
      read: (_data, at) => openAccount(at, at(2)),
    },
  ],
  [2, initializeMultisig('InitializeMultisig', [role('multisig', 'w'), RENT])],
  [
    3,
    {
      name: 'Transfer',
      roles: [role('source', 'w'), role('destination', 'w'), role('authority', 's'), CO_SIGNERS],
      read(data, at) {
        const move = readAmount(data);
        return {
          ...send(move, at, { to: 1, authority: 2 }),
          flags: [typed('token/transfer-unchecked', 'Sends tokens without naming their mint or decimals')],
        };
      },
    },
  ],
  [4, approve('Approve', false)],
  [
    5,
    {
      name: 'Revoke',
      roles: [role('source', 'w'), role('owner', 's'), CO_SIGNERS],
      read: (_data, at) => ({ title: `Withdraw the delegate’s rights over ${brief(at(0))}` }),
    },
  ],
  [
    6,
    {
      name: 'SetAuthority',
      roles: [role('account', 'w'), role('current_authority', 's'), CO_SIGNERS],
      read(data, at) {
        const kind = data.u8('Authority for', 'authority_type', (value) => AUTHORITY_TYPES[value]);
        const next = data.optionalAddress('New authority', 'new_authority');
        const what = AUTHORITY_TYPES[kind] ?? `authority ${kind}`;
        return {
          title: `Hand over ${what} of ${brief(at(0))} to ${next === undefined ? 'nobody' : brief(next)}`,
          destinations: present(destination(next, `gets the right of ${what}`)),
          flags: [typed('token/set-authority', `The right of ${what} of ${at(0) ?? 'an account'} changes hands`)],
        };
      },
    },
  ],
  [7, mintTo('MintTo', false)],
  [8, burn('Burn', false)],
  [
    9,
    {
      name: 'CloseAccount',
      roles: [role('account', 'w'), role('destination', 'w'), role('owner', 's'), CO_SIGNERS],
      read(_data, at, { own }) {
        const to = at(1);
        const isElsewhere = to === undefined || !own.has(to);
        return {
          title: `Close the token account ${brief(at(0))}`,
          destinations: present(destination(to, 'receives all SOL of the closed account')),
          flags: isElsewhere
            ? [typed('token/close-elsewhere', `The SOL of the closed account goes to ${to ?? 'an unnamed account'}`)]
            : [],
        };
      },
    },
  ],
  [10, freeze('FreezeAccount', 'Freeze')],
  [11, freeze('ThawAccount', 'Unfreeze')],
  [
    12,
    {
      name: 'TransferChecked',
      roles: [role('source', 'w'), role('mint'), role('destination', 'w'), role('authority', 's'), CO_SIGNERS],
      read: (data, at) => send(readCheckedAmount(data), at, { to: 2, authority: 3, mint: 1 }),
    },
  ],
  [13, approve('ApproveChecked', true)],
  [14, mintTo('MintToChecked', true)],
  [15, burn('BurnChecked', true)],
  [
    16,
    {
      name: 'InitializeAccount2',
      roles: [role('account', 'w'), role('mint'), RENT],
      read: (data, at) => openAccount(at, data.address('Owner', 'owner')),
    },
  ],
  [
    17,
    {
      name: 'SyncNative',
      roles: [role('account', 'w'), role('rent_sysvar', '', { constant: RENT_SYSVAR, isOptional: true })],
      read: (_data, at) => ({ title: `Count the SOL in ${brief(at(0))} as tokens` }),
    },
  ],
  [
    18,
    {
      name: 'InitializeAccount3',
      roles: [role('account', 'w'), role('mint')],
      read: (data, at) => openAccount(at, data.address('Owner', 'owner')),
    },
  ],
  [19, initializeMultisig('InitializeMultisig2', [role('multisig', 'w')])],
  [20, initializeMint('InitializeMint2', [role('mint', 'w')])],
  [
    21,
    {
      name: 'GetAccountDataSize',
      roles: [role('mint')],
      read: (_data, at) => ({ title: `Ask how large an account of the mint ${brief(at(0))} is` }),
    },
  ],
  [
    22,
    {
      name: 'InitializeImmutableOwner',
      roles: [role('account', 'w')],
      read: (_data, at) => ({ title: `Fix the owner of ${brief(at(0))} for good` }),
    },
  ],
  [
    23,
    {
      name: 'AmountToUiAmount',
      roles: [role('mint')],
      read(data) {
        const { text } = readAmount(data);
        return { title: `Ask how ${text} are displayed` };
      },
    },
  ],
  [
    24,
    {
      name: 'UiAmountToAmount',
      roles: [role('mint')],
      read: (data) => ({ title: `Ask how many native units “${data.restAsText('Amount', 'ui_amount')}” are` }),
    },
  ],
];

/** The classic SPL Token program. Source: `spl-token` 8, `TokenInstruction::unpack`. */
export const tokenProgram: ProgramShape = { name: 'Token program', tagBytes: 1, instructions: new Map(shapes) };

function readAmount(data: FieldReader): Move {
  const amount = data.u64('Amount in native units', 'amount');
  return { amount, text: `${amount} native units` };
}

function readCheckedAmount(data: FieldReader): Move {
  const amount = data.u64('Amount in native units', 'amount');
  const decimals = data.u8('Decimals', 'decimals');
  return { amount, decimals, text: `${formatDecimal(amount, decimals)} tokens` };
}

function send(
  { amount, decimals, text }: Move,
  at: AccountAt,
  places: { to: number; authority: number; mint?: number },
): Meaning {
  return {
    title: `Send ${text} to ${brief(at(places.to))}`,
    tokenDebits: tokenDebit(at, places, amount, decimals),
    destinations: present(destination(at(places.to), `receives ${text}`)),
  };
}

function tokenDebit(
  at: AccountAt,
  { authority, mint }: { authority: number; mint?: number },
  amount: bigint,
  decimals: number | undefined,
): TokenDebit[] {
  const account = at(0);
  const signer = at(authority);
  if (account === undefined || signer === undefined) return [];
  const mintAddress = mint === undefined ? undefined : at(mint);
  return [
    {
      account,
      authority: signer,
      amount,
      ...(decimals === undefined ? {} : { decimals }),
      ...(mintAddress === undefined ? {} : { mint: mintAddress }),
    },
  ];
}

function approve(name: string, isChecked: boolean): InstructionShape {
  const delegate = isChecked ? 2 : 1;
  return {
    name,
    roles: [
      role('source', 'w'),
      ...(isChecked ? [role('mint')] : []),
      role('delegate'),
      role('owner', 's'),
      CO_SIGNERS,
    ],
    read(data, at) {
      const { text } = isChecked ? readCheckedAmount(data) : readAmount(data);
      return {
        title: `Let ${brief(at(delegate))} spend ${text} of ${brief(at(0))}`,
        destinations: present(destination(at(delegate), `may spend ${text}`)),
        flags: [typed('token/approve', `${at(delegate) ?? 'Somebody'} may spend ${text} at any time from then on`)],
      };
    },
  };
}

function mintTo(name: string, isChecked: boolean): InstructionShape {
  return {
    name,
    roles: [role('mint', 'w'), role('account', 'w'), role('mint_authority', 's'), CO_SIGNERS],
    read(data, at) {
      const { text } = isChecked ? readCheckedAmount(data) : readAmount(data);
      return {
        title: `Mint ${text} to ${brief(at(1))}`,
        destinations: present(destination(at(1), `receives ${text}, newly minted`)),
      };
    },
  };
}

function burn(name: string, isChecked: boolean): InstructionShape {
  return {
    name,
    roles: [role('account', 'w'), role('mint', 'w'), role('authority', 's'), CO_SIGNERS],
    read(data, at) {
      const { amount, decimals, text } = isChecked ? readCheckedAmount(data) : readAmount(data);
      return {
        title: `Destroy ${text} of ${brief(at(0))}`,
        tokenDebits: tokenDebit(at, { authority: 2, mint: 1 }, amount, decimals),
        flags: [typed('token/burn', `${text} are destroyed for good`)],
      };
    },
  };
}

function freeze(name: string, verb: string): InstructionShape {
  return {
    name,
    roles: [role('account', 'w'), role('mint'), role('freeze_authority', 's'), CO_SIGNERS],
    read: (_data, at) => ({ title: `${verb} the token account ${brief(at(0))}` }),
  };
}

function openAccount(at: AccountAt, owner: ReturnType<AccountAt>): Meaning {
  return {
    title: `Open the token account ${brief(at(0))} for ${brief(owner)}`,
    destinations: present(destination(owner, 'owns the new token account')),
  };
}

function initializeMint(name: string, roles: InstructionShape['roles']): InstructionShape {
  return {
    name,
    roles,
    read(data, at) {
      const decimals = data.u8('Decimals', 'decimals');
      const authority = data.address('Mint authority', 'mint_authority');
      const freezer = data.optionalAddress('Freeze authority', 'freeze_authority');
      return {
        title: `Make ${brief(at(0))} a token with ${decimals} decimals`,
        destinations: present(destination(authority, 'may mint tokens'), destination(freezer, 'may freeze accounts')),
      };
    },
  };
}

function initializeMultisig(name: string, roles: InstructionShape['roles']): InstructionShape {
  return {
    name,
    roles: [...roles, role('member', '', { isRest: true })],
    read(data, at) {
      const needed = data.u8('Signatures needed', 'm');
      return { title: `Make ${brief(at(0))} an account that ${needed} members sign for` };
    },
  };
}
