import type { Account } from '#core/ports.ts';
import { programDataAddress } from '#core/programs-deployed/loader-state.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { UPGRADEABLE_LOADER } from '#core/solana/program-ids.ts';

type Code = { slot: bigint; authority?: Address; elf: Uint8Array };

/** A program account of the upgradeable loader: u32 2, address of the data. Source: Solana SDK, `UpgradeableLoaderState::Program`. */
export function programAccount(program: Address): Account {
  const data = new Uint8Array(36);
  new DataView(data.buffer).setUint32(0, 2, true);
  data.set(addressToBytes(programDataAddress(program)), 4);
  return accountOf(program, data, true);
}

/**
 * The account of a program’s code: u32 3, u64 slot, option of the authority in a header of 45 bytes, then the ELF. Source: Solana
 * SDK, `UpgradeableLoaderState::ProgramData`.
 */
export function programDataAccount(program: Address, { slot, authority, elf }: Code): Account {
  const data = new Uint8Array(45 + elf.length);
  const view = new DataView(data.buffer);
  view.setUint32(0, 3, true);
  view.setBigUint64(4, slot, true);
  if (authority !== undefined) {
    view.setUint8(12, 1);
    data.set(addressToBytes(authority), 13);
  }
  data.set(elf, 45);
  return accountOf(programDataAddress(program), data, false);
}

function accountOf(address: Address, data: Uint8Array, executable: boolean): Account {
  return { address, lamports: 1n, owner: UPGRADEABLE_LOADER, executable, data, space: data.length };
}
