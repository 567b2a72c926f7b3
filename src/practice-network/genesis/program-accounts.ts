import type { ProgramIds } from '#core/layouts/programs.ts';
import { addressToBytes, parseAddress, type Address } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  UPGRADEABLE_LOADER,
} from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '../runtime/rent.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

const NATIVE_LOADER = parseAddress('NativeLoader1111111111111111111111111111111');
const BPF_LOADER_2 = parseAddress('BPFLoader2111111111111111111111111111111111');
const SYSVAR_OWNER = parseAddress('Sysvar1111111111111111111111111111111111111');

/** `UpgradeableLoaderState`: tag, and where a programdata account's code begins. Source: Solana SDK. */
const PROGRAM_TAG = 2;
const PROGRAM_DATA_TAG = 3;
const PROGRAM_DATA_HEADER_BYTES = 45;

/** A rent sysvar: 3,480 lamports per byte-year, exempt after 2 years, half of what is collected burnt. Source: Solana SDK. */
const RENT_SYSVAR_DATA = { lamportsPerByteYear: 3_480n, exemptionYears: 2, burnPercent: 50 };

/** Programs the engine brings along: clients must see them as deployed. */
export function nativeProgramAccounts(): [Address, StoredAccount][] {
  const builtin = (name: string) => existing(new TextEncoder().encode(name), NATIVE_LOADER, true);
  const deployed = existing(new Uint8Array(0), BPF_LOADER_2, true);
  return [
    [SYSTEM_PROGRAM, builtin('system_program')],
    [COMPUTE_BUDGET_PROGRAM, builtin('compute_budget_program')],
    [UPGRADEABLE_LOADER, builtin('solana_bpf_loader_upgradeable_program')],
    [TOKEN_PROGRAM, deployed],
    [TOKEN_2022_PROGRAM, deployed],
    [ASSOCIATED_TOKEN_PROGRAM, deployed],
    [LOOKUP_TABLE_PROGRAM, deployed],
    [MEMO_PROGRAM, deployed],
    [MEMO_V1_PROGRAM, deployed],
    [RENT_SYSVAR, existing(rentSysvar(), SYSVAR_OWNER, false)],
  ];
}

/** The three run programs, deployed as on a real cluster: a program account that points at its data. */
export function runProgramAccounts(programIds: ProgramIds): [Address, StoredAccount][] {
  return Object.entries(programIds).flatMap(([name, programId]): [Address, StoredAccount][] => {
    const { address: dataAddress } = findProgramAddress([addressToBytes(programId)], UPGRADEABLE_LOADER);
    const program = new Uint8Array(36);
    program[0] = PROGRAM_TAG;
    program.set(addressToBytes(dataAddress), 4);
    // No upgrade authority, deployed in slot 0; in place of code, a word to whoever looks at it.
    const note = new TextEncoder().encode(`practice network: the ${name} program is emulated, this is not its code`);
    const data = new Uint8Array(PROGRAM_DATA_HEADER_BYTES + note.length);
    data[0] = PROGRAM_DATA_TAG;
    data.set(note, PROGRAM_DATA_HEADER_BYTES);
    return [
      [programId, existing(program, UPGRADEABLE_LOADER, true)],
      [dataAddress, existing(data, UPGRADEABLE_LOADER, false)],
    ];
  });
}

function existing(data: Uint8Array, owner: Address, executable: boolean): StoredAccount {
  return { lamports: rentExemptMinimum(data.length), data, owner, executable };
}

function rentSysvar(): Uint8Array {
  const data = new Uint8Array(17);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, RENT_SYSVAR_DATA.lamportsPerByteYear, true);
  view.setFloat64(8, RENT_SYSVAR_DATA.exemptionYears, true);
  view.setUint8(16, RENT_SYSVAR_DATA.burnPercent);
  return data;
}
